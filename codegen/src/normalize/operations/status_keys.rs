//! Repairs the keys of `responses`: afterwards each is a status code (`404`), a range (`4XX`) or `default`.

use serde_json::{Map, Value};

use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::grammar::Kind;
use crate::openapi::walk::each;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new("status-keys", "repairs the keys of responses", apply);

fn apply(document: &mut Value, log: &mut Log) {
    each(document, Kind::Responses, |place, node| {
        responses(log, place, node);
    });
}

fn responses(log: &mut Log, place: &Pointer, responses: &mut Map<String, Value>) {
    if responses.keys().all(|key| is_valid(key)) {
        return;
    }
    let mut repaired = Map::new();
    let written: Vec<String> = responses
        .keys()
        .filter(|key| is_valid(key))
        .cloned()
        .collect();
    for (key, response) in std::mem::take(responses) {
        let key_place = place.join(&key);
        if is_valid(&key) {
            repaired.insert(key, response);
        } else if !key.starts_with("x-") {
            let meant = meant(&key);
            if meant.is_empty() {
                let message = format!("`{key}` is not a valid status code");
                let help = "write a status code (`404`), a range (`4XX`) or `default`";
                log.leave_out(Code::INVALID_STATUS, &key_place, message, help);
            }
            for status in meant {
                if written.contains(&status) || repaired.contains_key(&status) {
                    let what = format!("removed: there is another response `{status}`");
                    log.change(&key_place, what);
                    continue;
                }
                log.change(&key_place, format!("renamed to `{status}`"));
                log.moved(&key_place, &place.join(&status));
                repaired.insert(status, response.clone());
            }
        }
    }
    *responses = repaired;
}

fn is_valid(key: &str) -> bool {
    key == "default"
        || matches!(key.as_bytes(), [b'1'..=b'5', b'X', b'X'])
        || matches!(key.as_bytes(), [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'])
}

/// The status codes that an invalid key means; empty if that is not clear.
fn meant(key: &str) -> Vec<String> {
    let text = key.trim().to_ascii_lowercase();
    if matches!(text.as_str(), "default" | "*" | "other" | "others" | "any") {
        return vec!["default".to_owned()];
    }
    let parts: Vec<&str> = text.split([',', '/', '|', ' ']).map(str::trim).collect();
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    let mut statuses = Vec::new();
    for part in parts {
        match one(part) {
            Some(status) if !statuses.contains(&status) => statuses.push(status),
            Some(_) => {}
            // `404 not found`: words after the status code explain it.
            None if statuses.is_empty() => return Vec::new(),
            None => break,
        }
    }
    statuses
}

fn one(text: &str) -> Option<String> {
    if is_valid(text) {
        return Some(text.to_owned());
    }
    let text = text.trim_start_matches("http").trim_end_matches(".0");
    if is_valid(text) {
        return Some(text.to_owned());
    }
    // `2xx`, `20x`, `4**`, `5__`, `400-499`.
    let (begin, end) = text.split_once('-').unwrap_or((text, text));
    if begin.len() != 3 || end.len() != 3 || begin.get(..1) != end.get(..1) {
        return None;
    }
    let is_range = |text: &str| {
        text.bytes()
            .skip(1)
            .all(|it| it.is_ascii_digit() || b"x*_".contains(&it))
    };
    let class = begin.chars().next().filter(|it| ('1'..='5').contains(it))?;
    (is_range(begin) && is_range(end)).then(|| format!("{class}XX"))
}
