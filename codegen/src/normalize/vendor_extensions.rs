//! Removes the extensions of vendors (`x-…`) from every node that can have them.
//!
//! They say nothing about the API to a client, so they must not change what is generated: two schemas that differ in an
//! extension alone are equal. The removal is not reported. Names that begin with `x-` stay: those of properties, headers,
//! components and security schemes, and those in data.
//!
//! The pass runs once no reference leads into an extension any more.

use serde_json::Value;

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::grammar::{Holds, Kind};

pub(crate) const PASS: Pass = Pass::new(
    "vendor-extensions",
    "removes vendor extensions without reporting them: clients do not need them",
    |document, _: &mut Log| remove(Holds::One(Kind::Document), document),
);

fn remove(holds: Holds, value: &mut Value) {
    match (holds, value) {
        (Holds::One(kind), Value::Object(members)) => {
            members.retain(|name, _| !is_extension(kind, name));
            for (name, member) in members {
                if let Some(holds) = kind.member(name) {
                    remove(holds, member);
                }
            }
        }
        (Holds::List(kind), Value::Array(elements)) => {
            for element in elements {
                remove(Holds::One(kind), element);
            }
        }
        (Holds::Map(kind), Value::Object(members)) => {
            for (_, member) in members {
                remove(Holds::One(kind), member);
            }
        }
        _ => {}
    }
}

fn is_extension(kind: Kind, name: &str) -> bool {
    name.starts_with("x-")
        // Its members are the names of security schemes.
        && kind != Kind::SecurityRequirement
        // The pass `nullable` reads it.
        && !(kind == Kind::Schema && name == "x-nullable")
}
