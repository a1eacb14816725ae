//! Each `$ref` leads to a part of the document that may stand in its place.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::Suggestions;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::read;
use crate::openapi::reference::anchors;
use crate::openapi::reference::resolver::{Fault, step};
use crate::pointer::Pointer;

pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    let mut suggestions = Suggestions::default();
    let mut anchors = HashSet::new();
    anchors::each(document, |name, _| {
        anchors.insert(name);
    });
    // Chains of references, to find those that close.
    let mut next = HashMap::new();
    let (whole, root) = (Holds::One(Kind::Document), Pointer::root());
    read::walk(document, whole, &root, &mut |holds, place, node| {
        if let Holds::One(Kind::Discriminator) = holds {
            mapping(document, node, &place.pointer(), &mut suggestions, found);
        }
        let (Some(_), Some(text)) = (holds.kind(), node.get("$ref")) else {
            return true;
        };
        let here = place.pointer().join("$ref");
        let Value::String(text) = text else {
            // A property may be called `$ref`.
            if matches!(holds, Holds::One(_)) {
                let message = "`$ref` is not a string";
                let help = "write a reference, e.g. `#/components/schemas/Pet`";
                found.push(Diagnostic::error(Code::DANGLING_REFERENCE, here, message).help(help));
            }
            return true;
        };
        if anchors.contains(text.as_str()) {
            return true;
        }
        match follow(document, text, &mut suggestions) {
            Ok(target) => {
                if let Some(fault) = mistaken(holds, text, &target, &here) {
                    found.push(fault);
                }
                let is_lone = node.as_object().is_some_and(|members| members.len() == 1);
                if is_lone || !matches!(holds, Holds::One(Kind::Schema)) {
                    next.insert(place.pointer(), target);
                }
            }
            Err(help) => {
                let message = format!("`{text}` does not exist");
                found.push(Diagnostic::error(Code::DANGLING_REFERENCE, here, message).help(help));
            }
        }
        true
    });
    loops(&next, found);
}

/// Where a reference leads; otherwise what to do about it.
fn follow(document: &Value, text: &str, suggestions: &mut Suggestions) -> Result<Pointer, String> {
    const MEND: &str = "correct the reference, or add the missing node";
    let target = match step(document, text) {
        Ok((target, _)) if target.as_str().is_empty() => {
            let help = "a part of a document cannot refer to the whole document: name a component";
            return Err(help.to_owned());
        }
        Ok((target, _)) => return Ok(target),
        Err(Fault::Missing(target)) => target,
        Err(Fault::Elsewhere) => {
            let help = "refer to a node of the document, or bundle the file with it";
            return Err(help.to_owned());
        }
        Err(Fault::NotAPointer) => {
            let help = "write `#/` and the path of the node, e.g. `#/components/schemas/Pet`";
            return Err(help.to_owned());
        }
    };
    let (Some(parent), Some(name)) = (target.parent(), target.last()) else {
        return Err(MEND.to_owned());
    };
    let near = parent
        .get(document)
        .and_then(Value::as_object)
        .and_then(|siblings| suggestions.nearest(&name, siblings.keys().map(String::as_str)));
    if let Some(near) = near {
        return Err(format!("did you mean `#{}`?", parent.join(near)));
    }
    // `#/definitions/Pet` and `#/Pet` are what other kinds of documents write.
    let moved = Pointer::from_tokens(["components", "schemas", &name]);
    if moved.get(document).is_some() {
        return Err(format!("did you mean `#{moved}`?"));
    }
    Err(MEND.to_owned())
}

/// A reference to a component of another kind.
fn mistaken(holds: Holds, text: &str, target: &Pointer, here: &Pointer) -> Option<Diagnostic> {
    let Holds::One(kind) = holds else { return None };
    let mut tokens = target.tokens();
    if tokens.next()? != "components" {
        return None;
    }
    let (section, _name) = (tokens.next()?, tokens.next()?);
    if tokens.next().is_some() {
        return None;
    }
    let expected = kind.section().unwrap_or_default();
    (section != expected).then(|| {
        let name = kind.name();
        let message = format!("`{text}` is one of the {section}, but a {name} is required here");
        let help = if expected.is_empty() {
            format!("write the {name} here")
        } else {
            format!("refer to a component in `#/components/{expected}`")
        };
        Diagnostic::error(Code::MISTAKEN_REFERENCE, here.clone(), message).help(help)
    })
}

/// A discriminator's mapping names schemas or refers to them.
fn mapping(
    document: &Value,
    node: &Value,
    place: &Pointer,
    suggestions: &mut Suggestions,
    found: &mut Vec<Diagnostic>,
) {
    let Some(Value::Object(mapping)) = node.get("mapping") else {
        return;
    };
    for (value, target) in mapping {
        let Value::String(text) = target else {
            continue;
        };
        let by_name = Pointer::from_tokens(["components", "schemas", text]);
        if by_name.get(document).is_some() {
            continue;
        }
        let text = if text.contains('#') {
            text.clone()
        } else {
            format!("#{by_name}")
        };
        if let Err(help) = follow(document, &text, suggestions) {
            let here = place.join("mapping").join(value);
            let message =
                format!("the discriminator maps `{value}` to `{text}`, which does not exist");
            found.push(Diagnostic::warning(Code::DANGLING_REFERENCE, here, message).help(help));
        }
    }
}

/// References that lead to one another, and to nothing else. Each loop is told once, at its first reference.
fn loops(next: &HashMap<Pointer, Pointer>, found: &mut Vec<Diagnostic>) {
    let mut begins: Vec<&Pointer> = next.keys().collect();
    begins.sort();
    let mut seen: HashMap<&Pointer, usize> = HashMap::new();
    for (round, begin) in begins.into_iter().enumerate() {
        let mut at = begin;
        while !seen.contains_key(at) {
            seen.insert(at, round);
            let Some(further) = next.get(at) else { break };
            at = further;
        }
        if seen.get(at) == Some(&round) && next.contains_key(at) {
            let message = format!("`#{at}` is part of a loop of references without a definition");
            let help = "replace one of the references by a definition";
            let fault = Diagnostic::error(Code::REFERENCE_LOOP, at.join("$ref"), message);
            found.push(fault.help(help));
        }
    }
}
