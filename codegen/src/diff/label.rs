//! Names places of a document as people would: `Pet.owner.name`, `GET /pets 200[].name`.

use serde_json::Value;

use crate::openapi::methods;
use crate::pointer::Pointer;

/// Names a place of the author's document.
pub(super) fn of(document: &Value, place: &Pointer) -> String {
    let tokens: Vec<String> = place.tokens().collect();
    let (mut text, rest) = begin(document, &tokens);
    let mut rest = rest.iter();
    while let Some(token) = rest.next() {
        match token.as_str() {
            "properties" | "patternProperties" | "$defs" | "definitions" => {
                if let Some(name) = rest.next() {
                    text.push('.');
                    text.push_str(name);
                }
            }
            "items" => text.push_str("[]"),
            "prefixItems" => {
                let index = rest.next().map_or("", String::as_str);
                text.extend(["[", index, "]"]);
            }
            "additionalProperties" => text.push_str("{}"),
            // The parts of a composition are the same value.
            "allOf" | "oneOf" | "anyOf" => {
                rest.next();
            }
            "schema" => {}
            other => {
                text.push('/');
                text.push_str(other);
            }
        }
    }
    text
}

/// The component or the part of an operation that a place is in, and the tokens below it.
fn begin<'t>(document: &Value, tokens: &'t [String]) -> (String, &'t [String]) {
    // A parameter has the name that is sent.
    let parameter = |place: &[String]| -> String {
        let node = Pointer::from_tokens(place).get(document);
        let name = node.and_then(|node| node.get("name")?.as_str());
        let index = place.last().map_or("", String::as_str);
        format!("parameter {}", name.unwrap_or(index))
    };
    match tokens {
        [first, name, rest @ ..] if first == "definitions" => (name.clone(), rest),
        [first, kind, name, rest @ ..] if first == "components" => {
            let rest = match (kind.as_str(), rest) {
                ("schemas", rest) => rest,
                (_, rest) => below_content(rest),
            };
            (name.clone(), rest)
        }
        [first, path, method, rest @ ..] if first == "paths" && methods::is_method(method) => {
            let operation = format!("{} {path}", methods::sent(method));
            match rest {
                [part, rest @ ..] if part == "requestBody" => {
                    (format!("{operation} request"), below_content(rest))
                }
                [part, status, rest @ ..] if part == "responses" => {
                    (format!("{operation} {status}"), below_content(rest))
                }
                [part, _, rest @ ..] if part == "parameters" => (
                    format!("{operation} {}", parameter(&tokens[..5])),
                    below_content(rest),
                ),
                rest => (operation, rest),
            }
        }
        [first, path, part, _, rest @ ..] if first == "paths" && part == "parameters" => (
            format!("{path} {}", parameter(&tokens[..4])),
            below_content(rest),
        ),
        [first, path, rest @ ..] if first == "paths" => (path.clone(), rest),
        tokens => (String::new(), tokens),
    }
}

/// Without the media type.
fn below_content(tokens: &[String]) -> &[String] {
    match tokens {
        [content, _, rest @ ..] if content == "content" => rest,
        rest => rest,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_have_the_names_of_components_and_operations() {
        let document = json!({"paths": {"/pets": {"get": {"parameters": [{"name": "limit"}]}}}});
        let of = |text: &str| of(&document, &Pointer::parse(text).unwrap());
        assert_eq!(
            of("/components/schemas/Pet/properties/owner/properties/name"),
            "Pet.owner.name"
        );
        assert_eq!(of("/components/schemas/Pets/items/oneOf/1"), "Pets[]");
        assert_eq!(
            of(
                "/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema/properties/age"
            ),
            "GET /pets/{id} 200.age"
        );
        assert_eq!(
            of("/paths/~1pets/post/requestBody/content/application~1json/schema"),
            "POST /pets request"
        );
        assert_eq!(
            of("/paths/~1pets/get/parameters/0/schema/items"),
            "GET /pets parameter limit[]"
        );
        assert_eq!(of("/definitions/Pet/allOf/0/properties/name"), "Pet.name");
    }
}
