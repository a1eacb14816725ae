//! Examples and defaults are valid for their schemas.

use serde_json::Value;

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::media_types::essence;
use crate::openapi::place::Place;
use crate::openapi::read::walk;
use crate::openapi::reference;
use crate::openapi::reference::resolver::step;
use crate::pointer::Pointer;
use crate::validate::{Direction, Validator};

pub(super) fn check(report: &mut Report) {
    let document = report.document;
    let mut check = Check {
        validator: Validator::new(document),
        report,
    };
    let (whole, root) = (Holds::One(Kind::Document), Pointer::root());
    check.walk(document, whole, &root, Direction::Either);
}

struct Check<'r, 'd> {
    report: &'r mut Report<'d>,
    validator: Validator<'d>,
}

impl<'d> Check<'_, 'd> {
    /// Checks the examples of a part of the document. Parts that are sent in one direction are walked separately.
    fn walk(&mut self, value: &'d Value, holds: Holds, begin: &Pointer, direction: Direction) {
        let mut bodies = Vec::new();
        walk(value, holds, begin, &mut |holds, place, node| {
            let Holds::One(kind) = holds else {
                return true;
            };
            let turn = match kind {
                Kind::RequestBody | Kind::Parameter => Direction::Request,
                Kind::Response => Direction::Response,
                // In a callback, the server sends the request.
                Kind::Callback => Direction::Either,
                _ => direction,
            };
            if turn != direction {
                bodies.push((node, holds, place.pointer(), turn));
                return false;
            }
            self.node(kind, node, place, direction);
            true
        });
        for (node, holds, place, direction) in bodies {
            self.walk(node, holds, &place, direction);
        }
    }

    fn node(&mut self, kind: Kind, node: &'d Value, place: &Place, direction: Direction) {
        match kind {
            Kind::Schema => {
                for name in ["default", "example"] {
                    self.value(node, node.get(name), place, name, direction);
                }
                if let Some(Value::Array(values)) = node.get("examples") {
                    for (at, value) in values.iter().enumerate() {
                        let place = place.pointer().join("examples").index(at);
                        self.compare(node, value, &place, false, direction);
                    }
                }
            }
            Kind::Parameter | Kind::Header => self.examples(node, place, direction),
            Kind::MediaType if is_json_like(place) => self.examples(node, place, direction),
            _ => {}
        }
    }

    /// `example` and `examples` beside a `schema`.
    fn examples(&mut self, node: &'d Value, place: &Place, direction: Direction) {
        let Some(schema) = node.get("schema") else {
            return;
        };
        self.value(schema, node.get("example"), place, "example", direction);
        let Some(Value::Object(examples)) = node.get("examples") else {
            return;
        };
        for (name, example) in examples {
            let mut at = place.pointer().join("examples").join(name);
            let mut example = example;
            if let Some(text) = reference::of(example) {
                match step(self.report.document, text) {
                    Ok(target) => (at, example) = target,
                    Err(_) => continue,
                }
            }
            if let Some(value) = example.get("value") {
                self.compare(schema, value, &at.join("value"), false, direction);
            }
        }
    }

    fn value(
        &mut self,
        schema: &'d Value,
        value: Option<&Value>,
        place: &Place,
        name: &str,
        direction: Direction,
    ) {
        if let Some(value) = value {
            let place = place.pointer().join(name);
            self.compare(schema, value, &place, name == "default", direction);
        }
    }

    fn compare(
        &mut self,
        schema: &'d Value,
        value: &Value,
        place: &Pointer,
        is_default: bool,
        direction: Direction,
    ) {
        let was_exhausted = self.validator.is_exhausted();
        let problems = self.validator.check(schema, value, direction);
        if self.validator.is_exhausted() && !was_exhausted {
            let message =
                "examples and defaults after this one are not checked: it would take too long";
            let help = "slice the document, and check the slices";
            self.report
                .note(Code::EXAMPLE_MISMATCH, place.clone(), message, help);
        }
        let (code, name, help) = if is_default {
            (
                Code::DEFAULT_MISMATCH,
                "default",
                "correct the default or the schema: they contradict each other",
            )
        } else {
            (
                Code::EXAMPLE_MISMATCH,
                "example",
                "correct the one that is wrong; if the schema is wrong, clients will reject what the server sends",
            )
        };
        for problem in problems {
            let message = format!("the {name} is not valid for its schema: {}", problem.text());
            let place = place.append(&problem.place);
            self.report.warn(code, place, message, help);
        }
    }
}

/// Whether examples have the form of JSON. Other media types have their own text forms.
fn is_json_like(place: &Place) -> bool {
    place.pointer().last().is_some_and(|media_type| {
        let essence = essence(&media_type);
        essence == "*/*" || essence == "application/json" || essence.ends_with("+json")
    })
}
