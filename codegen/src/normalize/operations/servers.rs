//! Removes the servers of paths and operations: a client has one base address, which its user gives.
//!
//! A warning is reported if such a server is not one of the document's: then the operations need another address.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::grammar::Kind;
use crate::openapi::walk::each;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "servers",
    "removes the servers of paths and operations",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    let known: HashSet<String> = urls(document.get("servers")).collect();
    for kind in [Kind::PathItem, Kind::Operation] {
        each(document, kind, |place, node| {
            remove(log, place, node, &known);
        });
    }
}

fn remove(log: &mut Log, place: &Pointer, node: &mut Map<String, Value>, known: &HashSet<String>) {
    let Some(servers) = node.shift_remove("servers") else {
        return;
    };
    let place = place.join("servers");
    let own: Vec<String> = urls(Some(&servers)).collect();
    let is_other = !own.is_empty() && own.iter().all(|url| !known.contains(url));
    if is_other {
        let message = format!("these operations have their own server, `{}`", own[0]);
        let help = "use a second client with this address for these operations";
        log.warn(Code::OPERATION_SERVER, &place, message, help);
    } else {
        log.change(&place, "removed: it is one of the servers of the document");
    }
}

fn urls(servers: Option<&Value>) -> impl Iterator<Item = String> {
    let servers = servers.and_then(Value::as_array).into_iter().flatten();
    servers
        .filter_map(|server| server.get("url")?.as_str())
        .map(|url| url.trim_end_matches('/').to_owned())
}
