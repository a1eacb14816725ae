//! Takes the servers from paths and operations: a client has one base address, which its user gives.
//!
//! When such a server is not one of the document's, the calls may need another address: that is warned of.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::nodes::METHODS;
use crate::{Code, Pointer};

pub(crate) const PASS: Pass = Pass::new(
    "servers",
    "takes the servers from paths and operations",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    let known: HashSet<String> = urls(document.get("servers")).collect();
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let root = Pointer::root().join("paths");
    for (path, item) in paths.into_iter().flatten() {
        let Some(item) = item.as_object_mut() else {
            continue;
        };
        let place = root.join(path);
        take(log, &place, item, &known);
        for method in METHODS {
            if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) {
                take(log, &place.join(method), operation, &known);
            }
        }
    }
}

fn take(log: &mut Log, place: &Pointer, node: &mut Map<String, Value>, known: &HashSet<String>) {
    let Some(servers) = node.shift_remove("servers") else {
        return;
    };
    let place = place.join("servers");
    let own: Vec<String> = urls(Some(&servers)).collect();
    let is_other = !own.is_empty() && own.iter().all(|url| !known.contains(url));
    if is_other {
        let message = format!("the calls here have a server of their own, `{}`", own[0]);
        let help = "give its address to a client that is used for these calls";
        log.warn(Code::OPERATION_SERVER, &place, message, help);
    } else {
        log.change(&place, "left out: the servers of the document serve it");
    }
}

fn urls(servers: Option<&Value>) -> impl Iterator<Item = String> {
    let servers = servers.and_then(Value::as_array).into_iter().flatten();
    servers
        .filter_map(|server| server.get("url")?.as_str())
        .map(|url| url.trim_end_matches('/').to_owned())
}
