//! Each `$ref` refers to a node of the document that is allowed at its place.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::reference::anchors;
use crate::openapi::reference::resolver::{Fault, step};
use crate::pointer::Pointer;

pub(super) fn check(report: &mut Report) {
    let mut anchors = HashSet::new();
    anchors::each(report.document, |name, _| {
        anchors.insert(name);
    });
    // From each node that is only a reference to its target.
    let mut next = HashMap::new();
    report.walk(|report, holds, place, node| {
        if let Holds::One(Kind::Discriminator) = holds {
            check_mapping(report, node, &place.pointer());
        }
        let (Some(_), Some(text)) = (holds.kind(), node.get("$ref")) else {
            return true;
        };
        let here = place.pointer().join("$ref");
        let Value::String(text) = text else {
            // In a map, `$ref` may be a name, for example of a property.
            if matches!(holds, Holds::One(_)) {
                let help = "write a reference, e.g. `#/components/schemas/Pet`";
                report.error(
                    Code::DANGLING_REFERENCE,
                    here,
                    "`$ref` is not a string",
                    help,
                );
            }
            return true;
        };
        if anchors.contains(text.as_str()) {
            return true;
        }
        match find_target(report, text) {
            Ok(target) => {
                check_kind(report, holds, text, &target, here);
                let is_lone = node.as_object().is_some_and(|members| members.len() == 1);
                if is_lone || !is_schema(holds) {
                    next.insert(place.pointer(), target);
                }
            }
            Err(help) => {
                let message = format!("`{text}` does not exist");
                report.error(Code::DANGLING_REFERENCE, here, message, help);
            }
        }
        true
    });
    check_loops(report, &next);
}

fn is_schema(holds: Holds) -> bool {
    matches!(holds, Holds::One(Kind::Schema | Kind::SwaggerSchema))
}

/// The place that a reference refers to, or help if there is nothing.
fn find_target(report: &mut Report, text: &str) -> Result<Pointer, String> {
    const CORRECT: &str = "correct the reference, or add the missing node";
    let help = match step(report.document, text) {
        Ok((target, _)) if !target.as_str().is_empty() => return Ok(target),
        Ok(_) => "a part of a document cannot refer to the whole document: name a component",
        Err(Fault::Missing(target)) => {
            return Err(nearest_node(report, &target).unwrap_or(CORRECT.to_owned()));
        }
        Err(Fault::Elsewhere) => "refer to a node of the document, or bundle the file with it",
        Err(Fault::NotAPointer) => {
            "write `#/` and the path of the node, e.g. `#/components/schemas/Pet`"
        }
    };
    Err(help.to_owned())
}

/// Suggests a node whose place resembles one where there is none.
fn nearest_node(report: &mut Report, target: &Pointer) -> Option<String> {
    let (parent, name) = (target.parent()?, target.last()?);
    let siblings = parent.get(report.document).and_then(Value::as_object);
    let near = siblings.and_then(|siblings| {
        let names = siblings.keys().map(String::as_str);
        Some(parent.join(report.suggestions.nearest(&name, names)?))
    });
    // Other kinds of documents write `#/definitions/Pet` or `#/Pet`.
    let component = || {
        let place = Kind::root(report.document).schemas().join(&name);
        place.get(report.document).is_some().then_some(place)
    };
    Some(format!("did you mean `#{}`?", near.or_else(component)?))
}

/// Reports a reference to a component of the wrong kind.
fn check_kind(report: &mut Report, holds: Holds, text: &str, target: &Pointer, here: Pointer) {
    let (Holds::One(kind), Some(parent)) = (holds, target.parent()) else {
        return;
    };
    let mut homes = Kind::root(report.document).homes();
    let Some((_, section)) = homes.find(|(home, _)| *home == parent) else {
        return;
    };
    let section = section.name;
    let expected = kind.home();
    if expected.as_ref() == Some(&parent) {
        return;
    }
    let name = kind.name();
    let message = format!("`{text}` is one of the {section}, but a {name} is required here");
    let help = match expected {
        Some(home) => format!("refer to a component in `#{home}`"),
        None => format!("write the {name} here"),
    };
    report.error(Code::MISTAKEN_REFERENCE, here, message, help);
}

/// Reports the entries of a discriminator's mapping that name no schema, neither by name nor by reference.
fn check_mapping(report: &mut Report, node: &Value, place: &Pointer) {
    let mapping = node.get("mapping").and_then(Value::as_object);
    let mapped = place.join("mapping");
    let entries = mapping.into_iter().flatten();
    let entries = entries.map(|(value, target)| (format!("`{value}`"), target, mapped.join(value)));
    let default = node.get("defaultMapping");
    let default = default.map(|target| {
        (
            "other values".to_owned(),
            target,
            place.join("defaultMapping"),
        )
    });
    for (values, target, here) in entries.chain(default) {
        let Some(text) = target.as_str() else {
            continue;
        };
        let by_name = Pointer::from_tokens(["components", "schemas", text]);
        if by_name.get(report.document).is_some() {
            continue;
        }
        let text = if text.contains('#') {
            text.to_owned()
        } else {
            format!("#{by_name}")
        };
        if let Err(help) = find_target(report, &text) {
            let message =
                format!("the discriminator maps {values} to `{text}`, which does not exist");
            report.warn(Code::DANGLING_REFERENCE, here, message, help);
        }
    }
}

/// Reports each loop of references once, at its first reference.
fn check_loops(report: &mut Report, next: &HashMap<Pointer, Pointer>) {
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
            report.error(Code::REFERENCE_LOOP, at.join("$ref"), message, help);
        }
    }
}
