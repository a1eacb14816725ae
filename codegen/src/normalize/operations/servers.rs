//! Takes the servers from paths and operations: a client has one base address, which its user gives.
//!
//! When such a server is not one of the document's, the calls may need another address: that is warned of.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::normalize::Work;
use crate::openapi::nodes::METHODS;
use crate::{Code, Pointer};

pub(crate) fn apply(work: &mut Work) {
    let known: HashSet<String> = urls(work.document.get("servers")).collect();
    let Some(mut paths) = work.document.get_mut("paths").map(Value::take) else {
        return;
    };
    let root = Pointer::root().join("paths");
    for (path, item) in paths.as_object_mut().into_iter().flatten() {
        let Some(item) = item.as_object_mut() else {
            continue;
        };
        let place = root.join(path);
        take(work, &place, item, &known);
        for method in METHODS {
            if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) {
                take(work, &place.join(method), operation, &known);
            }
        }
    }
    work.document["paths"] = paths;
}

fn take(work: &mut Work, place: &Pointer, node: &mut Map<String, Value>, known: &HashSet<String>) {
    let Some(servers) = node.shift_remove("servers") else {
        return;
    };
    let place = place.join("servers");
    let own: Vec<String> = urls(Some(&servers)).collect();
    let is_other = !own.is_empty() && own.iter().all(|url| !known.contains(url));
    if is_other {
        let message = format!("the calls here have a server of their own, `{}`", own[0]);
        let help = "give its address to a client that is used for these calls";
        work.warn(Code::OPERATION_SERVER, &place, message, help);
    } else {
        work.changed(&place, "left out: the servers of the document serve it");
    }
}

fn urls(servers: Option<&Value>) -> impl Iterator<Item = String> {
    let servers = servers.and_then(Value::as_array).into_iter().flatten();
    servers
        .filter_map(|server| server.get("url")?.as_str())
        .map(|url| url.trim_end_matches('/').to_owned())
}
