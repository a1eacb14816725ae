//! Answers: for which statuses, and what they hold.

use serde_json::{Value, json};

use super::body::{Media, media};
use super::operation::Reader;
use super::{Typed, text};
use crate::Pointer;

/// One answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) statuses: Statuses,
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
    /// The answers: successes and errors.
    pub(super) fn replies(&self) -> (Vec<Reply>, Vec<Reply>) {
        let place = self.place.join("responses");
        let mut success = Vec::new();
        let mut errors = Vec::new();
        let mut fallback = None;
        for (key, node) in self.node["responses"].as_object().into_iter().flatten() {
            let Some(statuses) = Statuses::read(key) else {
                continue;
            };
            let reply = Reply::read(node, statuses, &place.join(key));
            match statuses {
                Statuses::One(200..300) | Statuses::Range(2) => success.push(reply),
                Statuses::Default => fallback = Some(reply),
                _ => errors.push(reply),
            }
        }
        success.sort_by_key(|reply| reply.statuses);
        errors.sort_by_key(|reply| reply.statuses);
        if let Some(reply) = fallback {
            // An operation that declares no success at all means its default for both.
            if success.is_empty() {
                success.push(Reply {
                    statuses: Statuses::Default,
                    content: reply.content.clone(),
                    media_type: reply.media_type.clone(),
                    prose: reply.prose.clone(),
                });
            }
            errors.push(reply);
        } else if success.is_empty() {
            // Only errors are described: what comes of a success is handed on as it is.
            success.push(Reply {
                statuses: Statuses::Range(2),
                content: Some((
                    Media::Binary,
                    Typed {
                        place: place.clone(),
                        schema: json!({"type": "string", "format": "binary"}),
                    },
                )),
                media_type: "*/*".to_owned(),
                prose: String::new(),
            });
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

impl Reply {
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
            (media, Typed { place, schema })
        });
        Self {
            statuses,
            content,
            media_type,
            prose: text(node, "description"),
        }
    }
}
