//! Responses: their statuses and their bodies.

use std::fmt;

use openapiv3::{ReferenceOr, StatusCode};

use super::body::{Media, media, typed};
use super::names;
use super::operation::Reader;
use super::{Node, Typed};
use crate::normalize::operations::media_types::ITEMS;
use crate::pointer::Pointer;

/// One response.
#[derive(Debug)]
pub(crate) struct Response<'d> {
    pub(crate) statuses: Statuses,
    /// Its variant, if the operation has several successes (or errors).
    pub(crate) variant: String,
    /// `None` if it has no body.
    pub(crate) content: Option<(Media, Typed<'d>)>,
    /// The media type that the client accepts.
    pub(crate) media_type: String,
    /// Whether it may be an event stream.
    pub(crate) is_event_stream: bool,
    /// If it may be of a sequential media type, this and an item.
    pub(crate) items: Option<(String, Typed<'d>)>,
    /// Whether it declares the header `Link`.
    pub(crate) has_link: bool,
    pub(crate) prose: String,
}

impl<'d> Response<'d> {
    /// The parts that have a Rust type: the body, and an item of it.
    pub(crate) fn typed(&self) -> impl Iterator<Item = &Typed<'d>> {
        let body = self.content.iter().map(|(_, typed)| typed);
        body.chain(self.items.iter().map(|(_, typed)| typed))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Statuses {
    One(u16),
    /// `2XX` is `Range(2)`.
    Range(u16),
    Default,
}

impl<'d> Reader<'_, 'd> {
    /// The responses: successes and errors.
    pub(super) fn responses(&self) -> (Vec<Response<'d>>, Vec<Response<'d>>) {
        let place = self.place.join("responses");
        let (mut success, mut errors) = (Vec::new(), Vec::new());
        for (key, node) in &self.node.responses.responses {
            let response = self.response(node, Statuses::from(key), &place.join(&key.to_string()));
            match response.statuses {
                Statuses::One(200..300) | Statuses::Range(2) => success.push(response),
                _ => errors.push(response),
            }
        }
        let fallback = self.node.responses.default.as_ref();
        let fallback =
            fallback.map(|node| self.response(node, Statuses::Default, &place.join("default")));
        success.sort_by_key(|response| response.statuses);
        errors.sort_by_key(|response| response.statuses);
        if let Some(response) = fallback {
            // If an operation declares no success, its default is for successes too.
            if success.is_empty() {
                success.push(Response {
                    statuses: Statuses::Default,
                    variant: String::new(),
                    content: response.content.clone(),
                    media_type: response.media_type.clone(),
                    is_event_stream: response.is_event_stream,
                    items: response.items.clone(),
                    has_link: response.has_link,
                    prose: response.prose.clone(),
                });
            }
            errors.push(response);
        } else if success.is_empty() {
            // Only errors are described: the body of a success is returned as bytes.
            success.push(Response {
                statuses: Statuses::Range(2),
                variant: String::new(),
                content: Some((Media::Binary, Typed::new(place.clone(), Node::File))),
                media_type: "*/*".to_owned(),
                is_event_stream: false,
                items: None,
                has_link: false,
                prose: String::new(),
            });
        }
        for response in success.iter_mut().chain(&mut errors) {
            response.variant = names::response_variant(response.statuses);
        }
        (success, errors)
    }

    fn response(
        &self,
        node: &'d ReferenceOr<openapiv3::Response>,
        statuses: Statuses,
        place: &Pointer,
    ) -> Response<'d> {
        let node = node.as_item();
        let content = node.and_then(|node| node.content.iter().next());
        let body = content.map(|(media_type, content)| {
            let typed = typed(content, &place.join("content").join(media_type));
            let media = match media(media_type, typed.node) {
                Media::Form => Media::Text,
                Media::Multipart => Media::Binary,
                other => other,
            };
            (media, typed)
        });
        let content_place = place.join("content");
        let mut contents = node.into_iter().flat_map(|node| &node.content);
        let items = contents.find_map(|(key, content)| {
            let media_type = key.strip_suffix(ITEMS)?;
            let typed = typed(content, &content_place.join(key));
            Some((media_type.to_owned(), typed))
        });
        let mut headers = node.into_iter().flat_map(|node| node.extensions.keys());
        let has_link = headers.any(|name| name.eq_ignore_ascii_case("link"));
        Response {
            statuses,
            items,
            has_link,
            is_event_stream: self.form.facts.of(&content_place).is_event_stream,
            variant: String::new(),
            content: body,
            media_type: content.map_or_else(String::new, |(media_type, _)| media_type.clone()),
            prose: node.map_or_else(String::new, |node| node.description.clone()),
        }
    }
}

impl fmt::Display for Statuses {
    /// As the key in the document: `200`, `2XX`, `default`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(status) => write!(f, "{status}"),
            Self::Range(series) => write!(f, "{series}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

impl From<&StatusCode> for Statuses {
    fn from(key: &StatusCode) -> Self {
        match key {
            StatusCode::Code(status) => Self::One(*status),
            StatusCode::Range(series) => Self::Range(*series),
        }
    }
}
