//! Parameters in the body and in forms become request bodies.

use serde_json::{Map, Value, json};

use super::Conversion;
use super::collections::Collection;
use super::operations::Parameter;
use super::parameters::SCHEMA_KEYWORDS;
use super::strings::Entry;
use crate::diagnostic::brief;
use crate::openapi::media_types::MediaKind;
use crate::pointer::Pointer;

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

impl Conversion<'_, '_> {
    /// The request body for a parameter in the body.
    pub(super) fn body(
        &mut self,
        from: &Pointer,
        to: &Pointer,
        members: &Map<String, Value>,
        consumes: &[Entry],
    ) -> Value {
        self.places.add(from, to);
        let mut body = Map::new();
        for (name, value) in members {
            let is_of_schema = SCHEMA_KEYWORDS.contains(&name.as_str());
            if !is_of_schema && !matches!(name.as_str(), "name" | "in" | "schema") {
                body.insert(name.clone(), value.clone());
            }
        }
        let content = self.content(from, &to.join("content"), members, consumes);
        body.insert("content".to_owned(), content);
        Value::Object(body)
    }

    /// The media types that a body can have, each with the schema of the node at `from`.
    pub(super) fn content(
        &mut self,
        from: &Pointer,
        to: &Pointer,
        members: &Map<String, Value>,
        media_types: &[Entry],
    ) -> Value {
        self.places.made(from, to);
        let mut content = Map::new();
        let usual = usual_media_type(from, members);
        let media_types = match media_types {
            [] => std::slice::from_ref(&usual),
            media_types => media_types,
        };
        let at = from.join("schema");
        let schema = match members.get("schema") {
            Some(schema) => Some(self.schema(&at, schema)),
            None => self.schema_in_body(from, members),
        };
        for Entry { text, place } in media_types {
            let to = to.join(text);
            self.places.made(place, &to);
            let mut media_type = Map::new();
            if let Some(schema) = &schema {
                self.places.add(&at, &to.join("schema"));
                media_type.insert("schema".to_owned(), schema.clone());
            }
            content.insert(text.clone(), media_type.into());
        }
        Value::Object(content)
    }

    /// The schema of a body that has its keywords in the parameter, as other parameters do.
    fn schema_in_body(&mut self, from: &Pointer, members: &Map<String, Value>) -> Option<Value> {
        let keywords = members.iter();
        let keywords = keywords.filter(|(name, _)| SCHEMA_KEYWORDS.contains(&name.as_str()));
        let schema: Map<String, Value> = keywords
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if schema.is_empty() {
            return None;
        }
        let what = "the schema is made from the members of the parameter: a body has a `schema`";
        self.log.change(from, what);
        Some(self.schema(from, &schema.into()))
    }

    /// The request body for the parameters of a form.
    pub(super) fn form(
        &mut self,
        operation: &Pointer,
        fields: &[Parameter<'_>],
        consumes: &[Entry],
    ) -> Value {
        let to = operation.join("requestBody");
        // The form is where its list is: each of its fields is also the place of a schema.
        let list = fields.first().and_then(|field| field.listed.parent());
        let first = &list.unwrap_or_else(|| operation.clone());
        self.places.made(first, &to);
        let content_place = to.join("content");
        self.places.made(first, &content_place);
        let mut content = Map::new();
        for Entry { text, place } in self.form_media_types(first, fields, consumes) {
            let to = content_place.join(&text);
            self.places.made(&place, &to);
            let media_type = self.fields(first, &to, fields);
            content.insert(text, media_type);
        }
        let is_required = fields.iter().any(Parameter::is_required);
        self.styled_parts.push(to);
        json!({"required": is_required, "content": content})
    }

    /// The media types of a form. A file needs parts.
    fn form_media_types(
        &mut self,
        first: &Pointer,
        fields: &[Parameter<'_>],
        consumes: &[Entry],
    ) -> Vec<Entry> {
        let file = fields.iter().find(|field| field.is_file());
        let is_form = |entry: &&Entry| match MediaKind::of(&entry.text) {
            Some(MediaKind::Multipart) => true,
            Some(MediaKind::Form) => file.is_none(),
            _ => false,
        };
        let forms: Vec<Entry> = consumes.iter().filter(is_form).cloned().collect();
        if !forms.is_empty() {
            return forms;
        }
        let text = if file.is_some() { MULTIPART } else { FORM };
        let place = match consumes.first() {
            Some(entry) => {
                let what = format!(
                    "a form cannot be sent as `{}`: it is sent as `{text}`",
                    brief(&entry.text)
                );
                self.log
                    .change(file.map_or(first, |file| &file.place), what);
                entry.place.clone()
            }
            None => first.clone(),
        };
        let text = text.to_owned();
        vec![Entry { text, place }]
    }

    /// The schema of a form, and the encodings of its arrays.
    fn fields(&mut self, first: &Pointer, to: &Pointer, fields: &[Parameter<'_>]) -> Value {
        let (schema, encoding) = (to.join("schema"), to.join("encoding"));
        self.places.made(first, &schema);
        self.places.made(first, &encoding);
        self.places.made(first, &schema.join("properties"));
        let (mut properties, mut required) = (Map::new(), Vec::new());
        let mut encodings = Map::new();
        for field in fields {
            let (name, from) = (field.name(), &field.place);
            let to = schema.join("properties").join(name);
            self.places.add(from, &to);
            let members = field.members;
            self.extensions(&mut members.clone(), from);
            let collection = self.collection(from, members, "formData");
            let property = match members.get("schema") {
                Some(schema) => Some(self.schema(&from.join("schema"), schema)),
                None => self.schema_of(from, &to, members, collection),
            };
            let mut property = property.unwrap_or_else(|| json!({"type": "string"}));
            if let (Some(property), Some(text)) =
                (property.as_object_mut(), members.get("description"))
            {
                property.insert("description".to_owned(), text.clone());
            }
            properties.insert(name.to_owned(), property);
            if field.is_required() {
                let at = schema.join("required").index(required.len());
                self.places.made(&from.join("required"), &at);
                required.push(Value::from(name));
            }
            // Both kinds of forms send the elements of an array one by one if they have no style.
            if let Collection::Styled(style, false) = collection {
                self.places
                    .made(&from.join("collectionFormat"), &encoding.join(name));
                encodings.insert(name.to_owned(), json!({"style": style, "explode": false}));
            }
        }
        let mut schema = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            schema["required"] = Value::Array(required);
        }
        let mut media_type = json!({ "schema": schema });
        if !encodings.is_empty() {
            media_type["encoding"] = encodings.into();
        }
        media_type
    }
}

/// The media type of a body for which the document has none: Swagger 2.0 does not say it, and its tools send and expect JSON.
fn usual_media_type(from: &Pointer, members: &Map<String, Value>) -> Entry {
    let schema = members.get("schema");
    let is_file = schema
        .and_then(|schema| schema.get("type"))
        .is_some_and(|ty| ty == "file");
    let text = if is_file {
        "application/octet-stream"
    } else {
        "application/json"
    };
    Entry {
        text: text.to_owned(),
        place: from.clone(),
    }
}
