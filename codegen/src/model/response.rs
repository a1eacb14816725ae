//! Responses: for which statuses, and what they hold.

use serde_json::{Value, json};

use super::body::{Media, media};
use super::names::{self, Scope};
use super::operation::Reader;
use super::{Typed, text};
use crate::pointer::Pointer;

/// One response.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) statuses: Statuses,
    /// What it is called among the responses of its side.
    pub(crate) variant: String,
    /// `None` if it has no body.
    pub(crate) content: Option<(Media, Typed)>,
    /// The media type that is asked for.
    pub(crate) media_type: String,
    pub(crate) prose: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Statuses {
    One(u16),
    /// `2XX` is `Range(2)`.
    Range(u16),
    Default,
}

impl Reader<'_> {
    /// The responses: successes and errors.
    pub(super) fn responses(&self) -> (Vec<Response>, Vec<Response>) {
        let place = self.place.join("responses");
        let mut success = Vec::new();
        let mut errors = Vec::new();
        let mut fallback = None;
        for (key, node) in self.node["responses"].as_object().into_iter().flatten() {
            let Some(statuses) = Statuses::read(key) else {
                continue;
            };
            let response = Response::read(node, statuses, &place.join(key));
            match statuses {
                Statuses::One(200..300) | Statuses::Range(2) => success.push(response),
                Statuses::Default => fallback = Some(response),
                _ => errors.push(response),
            }
        }
        success.sort_by_key(|response| response.statuses);
        errors.sort_by_key(|response| response.statuses);
        if let Some(response) = fallback {
            // An operation that declares no success at all means its default for both.
            if success.is_empty() {
                success.push(Response {
                    statuses: Statuses::Default,
                    variant: String::new(),
                    content: response.content.clone(),
                    media_type: response.media_type.clone(),
                    prose: response.prose.clone(),
                });
            }
            errors.push(response);
        } else if success.is_empty() {
            // Only errors are described: what comes of a success is handed on as it is.
            success.push(Response {
                statuses: Statuses::Range(2),
                variant: String::new(),
                content: Some((
                    Media::Binary,
                    Typed::new(place.clone(), json!({"type": "string", "format": "binary"})),
                )),
                media_type: "*/*".to_owned(),
                prose: String::new(),
            });
        }
        for side in [&mut success, &mut errors] {
            let mut scope = Scope::default();
            for response in side {
                response.variant = scope.claim(&names::response_variant(response.statuses));
            }
        }
        (success, errors)
    }
}

impl Statuses {
    fn read(key: &str) -> Option<Self> {
        if key == "default" {
            return Some(Self::Default);
        }
        if let Some(series) = key.strip_suffix("XX") {
            return series.parse().ok().map(Self::Range);
        }
        key.parse().ok().map(Self::One)
    }
}

impl Response {
    fn read(node: &Value, statuses: Statuses, place: &Pointer) -> Self {
        let content = node["content"]
            .as_object()
            .and_then(|content| content.iter().next());
        let media_type = content
            .map(|(media_type, _)| media_type.clone())
            .unwrap_or_default();
        let content = content.map(|(media_type, content)| {
            let schema = content["schema"].clone();
            let place = place.join("content").join(media_type).join("schema");
            let media = match media(media_type, &schema) {
                Media::Form => Media::Text,
                Media::Multipart => Media::Binary,
                other => other,
            };
            (media, Typed::new(place, schema))
        });
        Self {
            statuses,
            variant: String::new(),
            content,
            media_type,
            prose: text(node, "description"),
        }
    }
}
