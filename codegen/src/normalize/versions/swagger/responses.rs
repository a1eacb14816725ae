//! Responses get their media types from `produces`.

use serde_json::{Map, Value};

use super::Conversion;
use super::strings::{Entry, are_equal};
use crate::openapi::media_types::essence;
use crate::openapi::reference;
use crate::pointer::Pointer;

impl<'a> Conversion<'a, '_> {
    /// The responses of an operation. `produces` is `None` if it has no media types of its own.
    pub(super) fn responses(
        &mut self,
        from: &Pointer,
        responses: &'a Value,
        produces: Option<&[Entry]>,
    ) -> Value {
        let Value::Object(members) = responses else {
            return responses.clone();
        };
        let mut converted = Map::new();
        for (status, node) in members {
            let place = from.join(status);
            let node = if status.starts_with("x-") {
                node.clone()
            } else {
                self.used_response(&place, node, produces)
            };
            converted.insert(status.clone(), node);
        }
        Value::Object(converted)
    }

    fn used_response(
        &mut self,
        place: &Pointer,
        node: &'a Value,
        produces: Option<&[Entry]>,
    ) -> Value {
        let usual = self.produces.clone();
        if reference::of(node).is_none() {
            return self.response(place, place, node, produces.unwrap_or(&usual));
        }
        let (from, target) = self.resolved(place, node);
        let is_shared = from.as_str().starts_with("/responses/");
        if from == *place || (is_shared && produces.is_none_or(|own| are_equal(own, &usual))) {
            return node.clone();
        }
        if from.as_str().starts_with("/paths/") && produces.is_none() {
            return node.clone();
        }
        // The media types of this operation are others, so it needs a response of its own.
        self.places.made(&from, place);
        self.response(&from, place, target, produces.unwrap_or(&usual))
    }

    pub(super) fn shared_response(&mut self, from: &Pointer, to: &Pointer, node: &Value) -> Value {
        let produces = self.produces.clone();
        self.response(from, to, node, &produces)
    }

    fn response(
        &mut self,
        from: &Pointer,
        to: &Pointer,
        node: &Value,
        produces: &[Entry],
    ) -> Value {
        let Value::Object(members) = node else {
            return node.clone();
        };
        if members.contains_key("$ref") {
            return node.clone();
        }
        let mut response = Map::new();
        for (name, value) in members {
            match name.as_str() {
                "schema" => {
                    let content = self.content(from, &to.join("content"), members, produces);
                    response.insert("content".to_owned(), content);
                }
                "headers" => {
                    let (from, to) = (from.join(name), to.join(name));
                    response.insert(name.clone(), self.headers(&from, &to, value));
                }
                "examples" => {}
                _ => {
                    response.insert(name.clone(), value.clone());
                }
            }
        }
        if let Some(Value::Object(examples)) = members.get("examples") {
            self.examples(from, to, examples, &mut response);
        }
        Value::Object(response)
    }

    fn headers(&mut self, from: &Pointer, to: &Pointer, headers: &Value) -> Value {
        let Value::Object(members) = headers else {
            return headers.clone();
        };
        let mut converted = Map::new();
        for (name, header) in members {
            let header = match header {
                Value::Object(members) => self.parameter(&from.join(name), &to.join(name), members),
                other => other.clone(),
            };
            converted.insert(name.clone(), header);
        }
        Value::Object(converted)
    }

    /// Puts examples to the media types of the response.
    fn examples(
        &mut self,
        from: &Pointer,
        to: &Pointer,
        examples: &Map<String, Value>,
        response: &mut Map<String, Value>,
    ) {
        let mut content = response.get_mut("content").and_then(Value::as_object_mut);
        for (media_type, example) in examples {
            let from = from.join("examples").join(media_type);
            let offers = content.iter_mut().flat_map(|content| content.iter_mut());
            // Parameters such as `charset` do not matter.
            let same = offers.filter(|(offer, _)| essence(offer) == essence(media_type));
            let same = same.filter_map(|(offer, node)| Some((offer, node.as_object_mut()?)));
            if let Some((offer, node)) = same.min_by_key(|(offer, _)| *offer != media_type) {
                let to = to.join("content").join(offer).join("example");
                self.places.add(&from, &to);
                node.insert("example".to_owned(), example.clone());
            } else if !media_type.starts_with("x-") {
                let what = "removed: the response has no body of this media type";
                self.log.change(&from, what);
            }
        }
    }
}
