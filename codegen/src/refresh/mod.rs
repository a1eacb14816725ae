//! Makes a fragment of a vendor's newer document: slices it, and replaces the vendor's prose by our wording.
//!
//! The prose of a vendor belongs to the vendor, and changes often without a change of the API. So the fragment contains what the
//! vendor publishes, except for prose. An overlay has our wording of it, and this module finds what that overlay does not cover.

mod prose;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::digest::digest;
use crate::overlay::{Overlay, apply_each};
use crate::pointer::Pointer;
use crate::slice::{Selection, slice};
use prose::Prose;

/// What to do with a text that the overlay does not replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unworded {
    /// It is an error.
    Reject,
    /// The text is left out, with a warning. A text that OpenAPI requires becomes empty.
    LeaveOut,
}

/// The result of the last refresh.
#[derive(Clone, Copy, Debug)]
pub struct Before<'b> {
    /// The fragment.
    pub fragment: &'b Value,
    /// The digests of the vendor's texts: [`Refreshed::prose`].
    pub prose: &'b BTreeMap<String, String>,
}

/// The result of [`refresh`].
#[derive(Clone, Debug)]
pub struct Refreshed {
    /// The sliced document with our wording.
    pub fragment: Value,
    /// How many operations it has.
    pub operations: usize,
    /// The first digits of the digest of each text of the vendor, by its JSON path in the slice. The next refresh gets them.
    pub prose: BTreeMap<String, String>,
    /// With pointers of the whole document, or already placed in the overlay.
    pub warnings: Vec<Diagnostic>,
}

/// Slices the operations with these ids out of a vendor's document, and replaces its prose with the overlay `wording`.
///
/// `before` is the result of the last refresh, if there was one. With it, a text that the vendor has changed since then is a
/// warning.
///
/// # Errors
///
/// An id that no operation has; a text that no action replaces, unless it is to be left out; an action that does not fit the
/// document. An action that matches nothing or changes nothing is only a warning: a text that the vendor removed does no harm.
///
/// ```
/// use releasepack_codegen::{Overlay, Unworded, refresh};
/// use serde_json::json;
///
/// let whole = json!({
///     "openapi": "3.0.3",
///     "info": {"title": "Pets", "version": "1"},
///     "paths": {"/pets": {"get": {"operationId": "listPets", "summary": "The vendor's words", "responses": {}}}},
/// });
/// let wording = Overlay::parse("prose.yaml", b"
/// overlay: 1.0.0
/// info: {title: Our wording, version: '1'}
/// actions:
///   - target: $.paths['/pets'].get
///     update: {summary: Lists all pets}
/// ").unwrap();
///
/// let refreshed = refresh(&whole, &["listPets".to_owned()], &wording, None, Unworded::Reject).unwrap();
/// assert_eq!(refreshed.fragment["paths"]["/pets"]["get"]["summary"], "Lists all pets");
/// ```
pub fn refresh(
    whole: &Value,
    operations: &[String],
    wording: &Overlay,
    before: Option<Before<'_>>,
    unworded: Unworded,
) -> Result<Refreshed, Vec<Diagnostic>> {
    let selection = Selection {
        operations: operations.to_vec(),
        ..Selection::default()
    };
    let slice = slice(whole, &selection)?;
    let published = slice.document;
    let (mut fragment, _, mut faults) = apply_each(published.clone(), wording);
    for fault in &mut faults {
        if let Code::OVERLAY_ACTION_WITHOUT_MATCH | Code::OVERLAY_ACTION_WITHOUT_EFFECT = fault.code
        {
            fault.severity = Severity::Warning;
        }
    }
    let texts = prose::find(&published);
    for text in &texts {
        if text.pointer.get(&fragment).and_then(Value::as_str) == Some(text.text) {
            faults.push(without_wording(whole, &published, text, wording, unworded));
            leave_out(&mut fragment, text);
        }
    }
    let prose = texts
        .iter()
        .map(|it| {
            let mut short = digest(it.text.as_bytes());
            short.truncate("sha256:".len() + 16);
            (prose::target(&published, &it.pointer), short)
        })
        .collect();
    if let Some(before) = before {
        let changed = changed(whole, &published, before, &prose, wording);
        // A text without our wording is reported as that.
        let is_other = |it: &Diagnostic| faults.iter().all(|fault| fault.pointer != it.pointer);
        let changed: Vec<_> = changed.into_iter().filter(is_other).collect();
        faults.extend(changed);
    }
    if faults.iter().any(|it| it.severity == Severity::Error) {
        return Err(faults);
    }
    faults.extend(slice.warnings);
    Ok(Refreshed {
        fragment,
        operations: slice.operations,
        prose,
        warnings: faults,
    })
}

fn without_wording(
    whole: &Value,
    published: &Value,
    text: &Prose<'_>,
    wording: &Overlay,
    unworded: Unworded,
) -> Diagnostic {
    let place = original(whole, published, &text.pointer);
    let member = text.pointer.last().unwrap_or_default();
    let file = wording.document().name();
    let holder = text.pointer.parent().unwrap_or_default();
    let target = prose::target(published, &holder);
    let help =
        format!("add an action to {file}: `target: {target}` with `update: {{{member}: …}}`");
    match unworded {
        Unworded::Reject => {
            let message = format!("no action of {file} replaces this {member} of the vendor");
            Diagnostic::error(Code::PROSE_WITHOUT_WORDING, place, message).help(help)
        }
        Unworded::LeaveOut => {
            let message = format!(
                "this {member} of the vendor was left out: no action of {file} replaces it"
            );
            Diagnostic::warning(Code::PROSE_WITHOUT_WORDING, place, message).help(help)
        }
    }
}

fn leave_out(fragment: &mut Value, text: &Prose<'_>) {
    let (Some(holder), Some(member)) = (text.pointer.parent(), text.pointer.last()) else {
        return;
    };
    if let Some(Value::Object(members)) = holder.get_mut(fragment) {
        if text.is_required {
            members.insert(member, Value::from(""));
        } else {
            members.shift_remove(&member);
        }
    }
}

/// The texts that are not as the last refresh saw them. A text whose node is gone, or new, is a change of the API, which shows
/// without this.
fn changed(
    whole: &Value,
    published: &Value,
    last: Before<'_>,
    now: &BTreeMap<String, String>,
    wording: &Overlay,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let paths: BTreeSet<_> = last.prose.keys().chain(now.keys()).collect();
    for path in paths {
        let (before, after) = (last.prose.get(path), now.get(path));
        if before == after {
            continue;
        }
        // The node that has, or had, the text.
        let member = if path.ends_with(".summary") {
            "summary"
        } else {
            "description"
        };
        let holder = path.strip_suffix(&format!(".{member}")).unwrap_or(path);
        let node = prose::place(published, holder);
        let is_new = || prose::place(last.fragment, holder).is_none();
        let (verb, place) = match (after, node) {
            (Some(_), Some(_)) if before.is_none() && is_new() => continue,
            (Some(_), Some(node)) if before.is_none() => ("added", node.join(member)),
            (Some(_), Some(node)) => ("changed", node.join(member)),
            (None, Some(node)) => ("removed", node),
            (_, None) => continue,
        };
        let message = format!("the vendor {verb} this text (`{member}`) since the last refresh");
        let place = original(whole, published, &place);
        let help = format!(
            "compare our wording in {}: the meaning may be another",
            wording.document().name()
        );
        found.push(Diagnostic::warning(Code::PROSE_CHANGED, place, message).help(help));
    }
    found
}

/// Every text of a document, by its JSON path: each `description` and `summary` that is not empty. A property with such a name,
/// or the value of an example, is not a text.
pub fn texts(document: &Value) -> BTreeMap<String, &str> {
    let texts = prose::find(document).into_iter();
    let texts = texts.map(|it| (prose::target(document, &it.pointer), it.text));
    texts.collect()
}

/// The place in the whole document of a node of the slice. Only tags have moved.
fn original(whole: &Value, published: &Value, place: &Pointer) -> Pointer {
    let tags = Pointer::root().join("tags");
    let Some(inside) = place.below(&tags) else {
        return place.clone();
    };
    let mut tokens = inside.tokens();
    let index = tokens.next().unwrap_or_default();
    let name = tags
        .join(&index)
        .get(published)
        .and_then(|it| it.get("name"));
    let all = whole.get("tags").and_then(Value::as_array);
    let at = all.and_then(|all| all.iter().position(|tag| tag.get("name") == name));
    let tag = at.map_or(tags.join(&index), |at| tags.index(at));
    tokens.fold(tag, |place, token| place.join(&token))
}
