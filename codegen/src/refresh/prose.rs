//! The prose of a document: every text that explains something and has no effect on a client.

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::openapi::Version;
use crate::openapi::grammar::Holds;
use crate::openapi::read;
use crate::pointer::Pointer;

/// The members that hold prose, of all kinds of objects.
const MEMBERS: [&str; 2] = ["summary", "description"];

/// A text of a document.
pub(super) struct Prose<'d> {
    /// The place of the member that holds the text.
    pub(super) pointer: Pointer,
    pub(super) text: &'d str,
    /// Whether the document is not valid without the member.
    pub(super) is_required: bool,
}

/// Every text of a document that is not empty. A property that is called `description` is not prose; neither is data, such as
/// the value of an example.
pub(super) fn find(document: &Value) -> Vec<Prose<'_>> {
    let version = Version::of(document).ok();
    let mut found = Vec::new();
    read::nodes(document, |kind, place, node| {
        for name in MEMBERS {
            let mut members = kind.members().filter(|it| it.name == name);
            if let Some(member) = members.next()
                && member.holds == Holds::Text
                && let Some(text) = node.get(name).and_then(Value::as_str)
                && !text.trim().is_empty()
            {
                found.push(Prose {
                    pointer: place.pointer().join(name),
                    text,
                    is_required: version.is_some_and(|version| member.is_required_in(version)),
                });
            }
        }
    });
    found
}

/// The JSON path of a node, as a person writes the target of an action: `$.paths['/pets'].get.parameters[?@.name == 'id']`.
pub(super) fn target(document: &Value, place: &Pointer) -> String {
    let mut path = "$".to_owned();
    let mut node = Some(document);
    for token in place.tokens() {
        let holder = node;
        node = holder.and_then(|it| Pointer::root().join(&token).get(it));
        let step = if holder.is_some_and(Value::is_array) {
            match holder.and_then(|elements| own_name(elements, node?)) {
                Some(name) => format!("[?@.name == {}]", quoted(name)),
                None => format!("[{token}]"),
            }
        } else if is_identifier(&token) {
            format!(".{token}")
        } else {
            format!("[{}]", quoted(&token))
        };
        path.push_str(&step);
    }
    path
}

/// The name of an element of an array, if no other element has it. So the path stays the same if the order changes.
fn own_name<'v>(elements: &Value, element: &'v Value) -> Option<&'v str> {
    let name = element.get("name")?.as_str()?;
    let has_name = |it: &&Value| it.get("name").and_then(Value::as_str) == Some(name);
    let all = elements.as_array()?.iter();
    (all.filter(has_name).count() == 1).then_some(name)
}

/// The place that a path selects, if it selects one.
pub(super) fn place(document: &Value, path: &str) -> Option<Pointer> {
    let path = JsonPath::parse(path).ok()?;
    let nodes = path.query_located(document);
    let node = nodes.exactly_one().ok()?;
    Pointer::parse(&node.location().to_json_pointer())
}

fn is_identifier(name: &str) -> bool {
    let is_start = |it: char| it.is_ascii_alphabetic() || it == '_';
    name.starts_with(is_start) && name.chars().all(|it| is_start(it) || it.is_ascii_digit())
}

fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\\', "\\\\").replace('\'', "\\'"))
}
