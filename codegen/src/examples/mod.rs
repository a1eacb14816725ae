//! What a response of each operation may look like: the examples of the document, or else small values made from the schemas.

mod sampler;

use serde_json::Value;

use crate::model::{Media, Model, Operation, Response, Statuses};
use crate::openapi::media_types::essence;
use crate::pointer::Pointer;
use sampler::Sampler;

/// The usual response of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    pub(crate) status: u16,
    /// The media types that it may have, each with a body; none for a response without a body.
    pub(crate) contents: Vec<Content>,
}

/// A body of one media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) media_type: String,
    /// `None` if there is no example, and no value that is small enough can be made.
    pub(crate) body: Option<String>,
}

/// The example of each operation of a model, in its order. `document` is the normalized document.
pub(crate) fn examples(model: &Model, document: &Value) -> Vec<Example> {
    let mut sampler = Sampler::new(document);
    let operations = model.operations.iter();
    operations.map(|it| example(it, &mut sampler)).collect()
}

fn example(operation: &Operation, sampler: &mut Sampler) -> Example {
    // The successes are sorted by status.
    let Some(response) = operation.success.first() else {
        return Example {
            status: 200,
            contents: Vec::new(),
        };
    };
    let status = match response.statuses {
        Statuses::One(status) => status,
        Statuses::Range(series) => series * 100,
        Statuses::Default => 200,
    };
    let contents = if matches!(status, 204 | 205) {
        Vec::new()
    } else {
        contents(response, sampler)
    };
    Example { status, contents }
}

fn contents(response: &Response, sampler: &mut Sampler) -> Vec<Content> {
    let mut contents = Vec::new();
    if let Some((media, typed)) = &response.content {
        let media_type = concrete(&response.media_type, *media);
        let body = body(*media, &typed.place, sampler);
        let is_events = essence(&media_type) == EVENTS;
        let event = body.clone().map(|body| record(EVENTS, &body));
        contents.push(Content {
            body: if is_events { event.clone() } else { body },
            media_type,
        });
        if response.is_event_stream && !is_events {
            contents.push(Content {
                media_type: EVENTS.to_owned(),
                body: event,
            });
        }
    }
    if let Some((media_type, typed)) = &response.items {
        let item = sampler.of_media_type(&typed.place);
        let body = item.map(|item| record(media_type, &item.to_string()));
        let media_type = media_type.clone();
        contents.retain(|content| content.media_type != media_type);
        contents.push(Content { media_type, body });
    }
    contents
}

/// The body of a response whose schema is at a place.
fn body(media: Media, schema: &Pointer, sampler: &mut Sampler) -> Option<String> {
    match (media, sampler.of_media_type(schema)) {
        (Media::Json, value) => value.map(|value| value.to_string()),
        (_, Some(Value::String(text))) => Some(text),
        (_, None) => Some("text".to_owned()),
        (_, Some(value)) => Some(value.to_string()),
    }
}

const EVENTS: &str = "text/event-stream";

/// One value in a sequence of values.
fn record(media_type: &str, value: &str) -> String {
    match essence(media_type).as_str() {
        EVENTS => value
            .lines()
            .map(|line| format!("data: {line}\n"))
            .chain(["\n".to_owned()])
            .collect(),
        "application/json-seq" => format!("\u{1e}{value}\n"),
        _ => format!("{value}\n"),
    }
}

/// A media type that a response can have: the description may have a range.
fn concrete(media_type: &str, media: Media) -> String {
    if !media_type.contains('*') {
        return media_type.to_owned();
    }
    match media {
        Media::Json => "application/json",
        Media::Text => "text/plain",
        _ => "application/octet-stream",
    }
    .to_owned()
}
