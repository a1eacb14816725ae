//! How a parameter, a header or a part is written: styles, reserved characters and empty values belong to a location.

use serde_json::Value;

use super::Report;
use super::parameters::list;
use crate::diagnostic::{Code, brief};
use crate::openapi::Version;
use crate::openapi::grammar::Kind;
use crate::openapi::methods::is_token;
use crate::openapi::reference::resolver::resolved;
use crate::pointer::Pointer;

const IN_PATH: &[&str] = &["simple", "label", "matrix"];
const IN_QUERY: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];
const IN_HEADER: &[&str] = &["simple"];
const IN_COOKIE: &[&str] = &["form"];
/// OpenAPI 3.2 has the style `cookie`.
const IN_COOKIE_3_2: &[&str] = &["form", "cookie"];

/// The styles of a location; `None` if it has none.
fn styles(location: &str, version: Version) -> Option<&'static [&'static str]> {
    Some(match location {
        "path" => IN_PATH,
        "query" => IN_QUERY,
        "header" => IN_HEADER,
        "cookie" if version >= Version::V3_2 => IN_COOKIE_3_2,
        "cookie" => IN_COOKIE,
        _ => return None,
    })
}

pub(super) fn check(report: &mut Report) {
    report.each(Kind::Parameter, |report, place, parameter| {
        let Some(location) = text(parameter, "in") else {
            return;
        };
        let (place, version) = (place.pointer(), report.version);
        check_name(report, &place, parameter, location);
        if location == "querystring" {
            return check_query_string(report, &place, parameter);
        }
        let what = format!("a {location} parameter");
        check_written(report, &place, parameter, &what, styles(location, version));
        if location != "query" {
            check_empty_value(report, &place, parameter, &what);
        }
        let is_reserved_allowed = match location {
            "query" => true,
            "path" => version >= Version::V3_2,
            "cookie" => version >= Version::V3_2 && text(parameter, "style") != Some("cookie"),
            _ => false,
        };
        if !is_reserved_allowed {
            check_reserved(report, &place, parameter, &what);
        }
    });
    report.each(Kind::Header, |report, place, header| {
        let place = place.pointer();
        check_written(report, &place, header, "a header", Some(IN_HEADER));
        check_empty_value(report, &place, header, "a header");
        check_reserved(report, &place, header, "a header");
    });
    report.each(Kind::Encoding, |report, place, encoding| {
        check_style(report, &place.pointer(), encoding, "a part", IN_QUERY);
    });
    check_header_names(report);
    check_query_strings(report);
}

/// The name of a header is a token (RFC 9110), and a path parameter is a variable of a template.
fn check_name(report: &mut Report, place: &Pointer, parameter: &Value, location: &str) {
    let Some(name) = text(parameter, "name") else {
        return;
    };
    if location == "header" && !is_token(name) {
        invalid_header(report, place.join("name"), name);
    }
    if location == "path" && name.contains(['{', '}']) {
        let message = format!("`{}` is not a valid name of a path parameter", brief(name));
        let help = "write the name without braces, as it is between the braces of the path";
        report.warn(Code::INVALID_VALUE, place.join("name"), message, help);
    }
}

fn invalid_header(report: &mut Report, place: Pointer, name: &str) {
    let message = format!("`{}` is not a valid name of a header", brief(name));
    let help = "use letters, digits and `-` only";
    report.warn(Code::INVALID_VALUE, place, message, help);
}

/// The names of headers are keys of `headers`.
fn check_header_names(report: &mut Report) {
    for kind in [Kind::Response, Kind::Encoding] {
        report.each(kind, |report, place, node| {
            let headers = node.get("headers").and_then(Value::as_object);
            for name in headers.into_iter().flat_map(|headers| headers.keys()) {
                if !is_token(name) {
                    let place = place.pointer().join("headers").join(name);
                    invalid_header(report, place, name);
                }
            }
        });
    }
}

/// A style is one of the location, and beside a `schema`: a media type says by itself how a value is written.
fn check_written(
    report: &mut Report,
    place: &Pointer,
    node: &Value,
    what: &str,
    styles: Option<&[&str]>,
) {
    if node.get("content").is_some() {
        for name in ["style", "explode", "allowReserved"] {
            if node.get(name).is_some() {
                let message = format!("`{name}` and `content` exclude each other");
                let help = "remove it: the media type says how the value is written";
                let place = place.join(name);
                report.warn(Code::CONFLICTING_MEMBERS, place, message, help);
            }
        }
    } else if let Some(styles) = styles {
        check_style(report, place, node, what, styles);
    }
}

fn check_style(report: &mut Report, place: &Pointer, node: &Value, what: &str, styles: &[&str]) {
    if let Some(style) = text(node, "style").filter(|style| !styles.contains(style)) {
        let message = format!("`{}` is not a style of {what}", brief(style));
        let help = format!("the styles are {}", list(styles));
        report.warn(Code::INVALID_VALUE, place.join("style"), message, help);
    }
}

fn check_empty_value(report: &mut Report, place: &Pointer, node: &Value, what: &str) {
    if node.get("allowEmptyValue").is_some() {
        let message = format!("{what} cannot have `allowEmptyValue`");
        let help = "remove it: it is for parameters of the query";
        let place = place.join("allowEmptyValue");
        report.warn(Code::INVALID_VALUE, place, message, help);
    }
}

fn check_reserved(report: &mut Report, place: &Pointer, node: &Value, what: &str) {
    if node.get("allowReserved").is_some() && node.get("content").is_none() {
        let message = format!("{what} cannot have `allowReserved`");
        let help = "remove it: the value is not percent-encoded, or always whole";
        let place = place.join("allowReserved");
        report.warn(Code::INVALID_VALUE, place, message, help);
    }
}

/// A query string is a value of a media type.
fn check_query_string(report: &mut Report, place: &Pointer, parameter: &Value) {
    for name in ["schema", "style", "explode", "allowReserved"] {
        if parameter.get(name).is_some() {
            let message = format!("a parameter with `in: querystring` cannot have `{name}`");
            let help = "describe the query string with `content`";
            let place = place.join(name);
            report.warn(Code::CONFLICTING_MEMBERS, place, message, help);
        }
    }
}

/// An operation has one query string, and no query parameters beside it; its own parameters count together with those of its path.
fn check_query_strings(report: &mut Report) {
    report.each(Kind::PathItem, |report, place, item| {
        check_list(report, &place.pointer(), item, &[]);
        let shared: Vec<&Value> = parameters(item).collect();
        let operations = item.as_object().into_iter().flatten();
        for (name, operation) in operations.filter(|(name, _)| Kind::PathItem.is_other(name)) {
            check_list(report, &place.pointer().join(name), operation, &shared);
        }
    });
}

fn parameters(holder: &Value) -> impl Iterator<Item = &Value> {
    let list = holder.get("parameters").and_then(Value::as_array);
    list.into_iter().flatten()
}

fn check_list(report: &mut Report, place: &Pointer, holder: &Value, shared: &[&Value]) {
    let document = report.document;
    let location = |parameter| text(resolved(document, parameter)?, "in");
    let shared = || shared.iter().filter_map(|parameter| location(parameter));
    let mut has_query = shared().any(|it| it == "query");
    let mut has_string = shared().any(|it| it == "querystring");
    for (index, parameter) in parameters(holder).enumerate() {
        let location = location(parameter);
        let message = match location {
            Some("querystring") if has_string => "there is a query string already",
            Some("querystring") if has_query => {
                "there are query parameters beside the query string"
            }
            Some("query") if has_string => "there is a query string beside the query parameter",
            _ => "",
        };
        if !message.is_empty() {
            let help = "describe the query with one parameter `in: querystring`, or with parameters `in: query`";
            let place = place.join("parameters").index(index);
            report.warn(Code::CONFLICTING_MEMBERS, place, message, help);
        }
        has_query |= location == Some("query");
        has_string |= location == Some("querystring");
    }
}

fn text<'v>(node: &'v Value, name: &str) -> Option<&'v str> {
    node.get(name).and_then(Value::as_str)
}
