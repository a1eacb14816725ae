//! Finds the node that a `$ref` means, as vendors write it.

use serde_json::Value;

use super::of;
use super::resolver::{Endless, MAX_HOPS, follow, node_at};
use super::uri::pointer_in;
use crate::diagnostic::Code;
use crate::openapi::grammar::{Holds, Kind};
use crate::pointer::Pointer;

/// What a reference leads to.
pub(crate) struct Target<'d> {
    pub(crate) place: Pointer,
    pub(crate) value: &'d Value,
    /// It stands where OpenAPI has no nodes, so no pass has seen it.
    pub(crate) is_hidden: bool,
}

/// Why a reference leads nowhere.
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) help: &'static str,
    /// The place it names, if it names one.
    pub(crate) target: Option<Pointer>,
    /// The shared node that holds the faulty reference, unless it is the one that was asked for.
    pub(crate) at: Option<Pointer>,
}

/// Finds the node that a reference to a node of a kind leads to, through further references.
pub(crate) fn find<'d>(
    document: &'d Value,
    reference: &str,
    kind: Kind,
) -> Result<Target<'d>, Fault> {
    let mut target = step(document, reference, kind)?;
    let mut fault = None;
    let end = follow(target.place.clone(), |_| {
        // A path item may have members beside its `$ref`; whoever asks for it merges them.
        let further = of(target.value).filter(|_| kind != Kind::PathItem)?;
        match step(document, further, kind) {
            Ok(next) => target = next,
            Err(inner) => {
                let at = Some(target.place.clone());
                fault = Some(Fault { at, ..inner });
                return None;
            }
        }
        Some(target.place.clone())
    });
    if let Some(fault) = fault {
        return Err(fault);
    }
    let Err(endless) = end else {
        return Ok(target);
    };
    let noun = kind.name();
    let (code, message, help) = match endless {
        Endless::Loop => (
            Code::REFERENCE_LOOP,
            format!("`{reference}` is a loop of references without a {noun}"),
            "replace one of the references in the loop by the node itself",
        ),
        Endless::TooLong => (
            Code::NESTING_TOO_DEEP,
            format!("more than {MAX_HOPS} references lie between `{reference}` and a {noun}"),
            "refer directly to the node",
        ),
    };
    Err(Fault {
        code,
        message,
        help,
        target: None,
        at: None,
    })
}

/// One step: the node that a reference names.
fn step<'d>(document: &'d Value, reference: &str, kind: Kind) -> Result<Target<'d>, Fault> {
    let Some(target) = search(document, reference, kind) else {
        return Err(dangling(reference, kind));
    };
    let (fits, is_hidden) = match standing(&target.place) {
        Standing::Node(found) => {
            let is_header = (kind, found) == (Kind::Header, Kind::Parameter);
            (is_header || found == kind, false)
        }
        Standing::Between => (false, false),
        Standing::Data => (looks_like(kind, target.value), true),
    };
    if fits && target.value.is_object() {
        Ok(Target {
            is_hidden,
            ..target
        })
    } else {
        Err(mistaken(reference, kind, target.place))
    }
}

/// What OpenAPI has at a place.
enum Standing {
    Node(Kind),
    /// A map or a list of nodes.
    Between,
    /// Examples, extensions, and whatever OpenAPI does not know.
    Data,
}

fn standing(place: &Pointer) -> Standing {
    let mut holds = Holds::One(Kind::Document);
    for token in place.tokens() {
        holds = match holds {
            Holds::One(kind) => kind.member(&token).unwrap_or(Holds::Data),
            Holds::List(kind) | Holds::Map(kind) => Holds::One(kind),
            _ => return Standing::Data,
        };
    }
    match holds {
        Holds::One(kind) => Standing::Node(kind),
        Holds::List(_) | Holds::Map(_) => Standing::Between,
        _ => Standing::Data,
    }
}

/// Whether a value that could be anything has the members that a node of a kind must have.
fn looks_like(kind: Kind, value: &Value) -> bool {
    let mut required = kind.members().filter(|member| member.is_required);
    required.all(|member| value.get(member.name).is_some())
}

fn mistaken(reference: &str, kind: Kind, target: Pointer) -> Fault {
    let noun = kind.name();
    Fault {
        code: Code::MISTAKEN_REFERENCE,
        message: format!("`{reference}` is not a {noun}"),
        help: "refer to a node of the kind that is expected here",
        target: Some(target),
        at: None,
    }
}

fn dangling(reference: &str, kind: Kind) -> Fault {
    let noun = kind.name();
    let (message, help) = match reference.split_once('#') {
        Some(("", _)) => (
            format!("`{reference}` does not exist"),
            "correct the name, or add the missing component",
        ),
        _ if reference.contains(['/', '.']) => (
            format!("`{reference}` refers to another file, which was not given"),
            "give the files that belong to the document, or put the node into its components",
        ),
        _ => (
            format!("`{reference}` is not a {noun} of this document"),
            "write the complete reference, e.g. `#/components/parameters/Limit`",
        ),
    };
    Fault {
        code: Code::DANGLING_REFERENCE,
        message,
        help,
        target: pointer_in(reference),
        at: None,
    }
}

/// Looks where a reference points, and where its author is likely to have meant.
fn search<'d>(document: &'d Value, reference: &str, kind: Kind) -> Option<Target<'d>> {
    let section = kind.section()?;
    if let Some(place) = pointer_in(reference) {
        return walk(document, &place)
            .or_else(|| walk(document, &moved_since_swagger(&place, section)?))
            .or_else(|| unescaped_path(document, &place));
    }
    // A name alone, or a reference without its `#`.
    let bare = reference.trim_start_matches("./");
    let place = if bare.starts_with("components/") || bare.starts_with("/components/") {
        Pointer::parse(&format!("/{}", bare.trim_start_matches('/')))?
    } else if bare.contains(['/', '#']) {
        return None;
    } else {
        Pointer::from_tokens(["components", section, bare])
    };
    walk(document, &place)
}

fn walk<'d>(document: &'d Value, place: &Pointer) -> Option<Target<'d>> {
    let (place, value) = node_at(document, place)?;
    let is_hidden = false;
    Some(Target {
        place,
        value,
        is_hidden,
    })
}

/// Swagger 2.0 kept parameters and responses at the top.
fn moved_since_swagger(place: &Pointer, section: &str) -> Option<Pointer> {
    let tokens: Vec<String> = place.tokens().collect();
    match &tokens[..] {
        [at, name] if at == section => Some(Pointer::from_tokens(["components", section, name])),
        _ => None,
    }
}

/// `#/paths//pets/{id}/get`: a path whose slashes are not escaped.
fn unescaped_path<'d>(document: &'d Value, place: &Pointer) -> Option<Target<'d>> {
    let rest = place.as_str().strip_prefix("/paths/")?;
    let paths = document.get("paths")?.as_object()?;
    let path = paths
        .keys()
        .filter(|path| {
            rest.strip_prefix(path.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
        .max_by_key(|path| path.len())?;
    let item = Pointer::from_tokens(["paths", path]);
    walk(
        document,
        &item.append(&Pointer::parse(&rest[path.len()..])?),
    )
}
