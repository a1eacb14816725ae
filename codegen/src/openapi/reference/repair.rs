//! Finds the node that a `$ref` means, also where vendors write references that OpenAPI does not allow.

use serde_json::Value;

use super::of;
use super::resolver::{Endless, MAX_HOPS, follow, node_at};
use super::uri::pointer_in;
use crate::diagnostic::Code;
use crate::openapi::Version;
use crate::openapi::grammar::{Holds, Kind};
use crate::pointer::Pointer;

/// The target of a reference.
pub(crate) struct Target<'d> {
    pub(crate) place: Pointer,
    pub(crate) value: &'d Value,
    /// Whether OpenAPI defines no node at its place, so that no pass has seen it.
    pub(crate) is_hidden: bool,
}

/// Why a reference has no target.
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) help: &'static str,
    /// The place that the reference names, if it names one.
    pub(crate) target: Option<Pointer>,
    /// The shared node that has the faulty reference, if it is not the reference that was given.
    pub(crate) at: Option<Pointer>,
}

/// Finds the target of a reference, which must be of a kind. Follows further references.
pub(crate) fn find<'d>(
    document: &'d Value,
    reference: &str,
    kind: Kind,
) -> Result<Target<'d>, Fault> {
    let mut target = step(document, reference, kind)?;
    let mut fault = None;
    let end = follow(target.place.clone(), |_| {
        // A path item may have members next to its `$ref`; the caller merges them.
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
    let noun = kind.with_article();
    let (code, message, help) = match endless {
        Endless::Loop => (
            Code::REFERENCE_LOOP,
            format!("`{reference}` is a loop of references without {noun}"),
            "replace one of the references in the loop by the node itself",
        ),
        Endless::TooLong => (
            Code::NESTING_TOO_DEEP,
            format!("more than {MAX_HOPS} references lie between `{reference}` and {noun}"),
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
    let (fits, is_hidden) = match Holds::at(Kind::Document, &target.place) {
        Holds::One(Kind::Parameter) if kind == Kind::Header => (true, false),
        Holds::One(found) => (found == kind, false),
        Holds::List(_) | Holds::Map(_) => (false, false),
        _ => (looks_like(kind, target.value), true),
    };
    if !fits || !target.value.is_object() {
        return Err(Fault {
            code: Code::MISTAKEN_REFERENCE,
            message: format!("`{reference}` is not {}", kind.with_article()),
            help: "refer to a node of the kind that is expected here",
            target: Some(target.place),
            at: None,
        });
    }
    Ok(Target {
        is_hidden,
        ..target
    })
}

/// Whether a value has the members that a node of this kind must have.
fn looks_like(kind: Kind, value: &Value) -> bool {
    let mut required = kind
        .members()
        .filter(|member| member.is_required_in(Version::V3_0));
    required.all(|member| value.get(member.name).is_some())
}

fn dangling(reference: &str, kind: Kind) -> Fault {
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
            format!(
                "`{reference}` is not {} of this document",
                kind.with_article()
            ),
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

/// Looks at the place that a reference names, and at the places that its author probably meant.
fn search<'d>(document: &'d Value, reference: &str, kind: Kind) -> Option<Target<'d>> {
    let section = kind.section()?;
    if let Some(place) = pointer_in(reference) {
        return walk(document, &place)
            .or_else(|| walk(document, &moved_since_swagger(&place, section)?))
            .or_else(|| unescaped_path(document, &place));
    }
    // A name alone, or a reference without `#`.
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

/// Swagger 2.0 has parameters and responses at the top level.
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
