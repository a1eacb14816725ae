//! What the lines of a journal say of each attempt.

use jiff::civil::Date;
use releasepack_client::release::Pack;

use super::line::{Event, Line};
use crate::arguments::Component;

/// An attempt to release a pack, or to move a release.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) pack: String,
    pub(crate) on: Option<Date>,
    pub(crate) components: Vec<Component>,
    pub(crate) before: Pack,
    pub(crate) request_id: Option<String>,
    pub(crate) standing: Standing,
}

/// What is known of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It may have been made: the process was killed, or the outcome is unknown.
    Open,
    /// It was made, and its end was not seen.
    Accepted,
    /// It was not made, or its end was seen.
    Closed,
}

/// The attempts in a journal, and the numbers of the lines that cannot be read.
pub(super) fn attempts(text: &[u8]) -> (Vec<Attempt>, Vec<usize>) {
    let mut attempts: Vec<Attempt> = Vec::new();
    let mut unread = Vec::new();
    for (number, text) in text.split(|byte| *byte == b'\n').enumerate() {
        if text.trim_ascii().is_empty() {
            continue;
        }
        let Ok(line) = serde_json::from_slice::<Line>(text) else {
            // A line that was torn when the process was killed says nothing: what was to follow it was not done.
            unread.push(number + 1);
            continue;
        };
        let known = attempts.iter_mut().find(|it| it.id == line.attempt);
        match (known, line.event) {
            (
                None,
                Event::Asked {
                    url,
                    pack,
                    on,
                    components,
                    before,
                    ..
                },
            ) => attempts.push(Attempt {
                id: line.attempt,
                url,
                pack,
                on,
                components,
                before: *before,
                request_id: None,
                standing: Standing::Open,
            }),
            (Some(attempt), event) => attempt.learn(event),
            (None, _) => {}
        }
    }
    (attempts, unread)
}

impl Attempt {
    /// Whether it is a release of the same components of the same pack at the same time.
    pub(crate) fn is_same(
        &self,
        url: &str,
        pack: &str,
        components: &[Component],
        on: Option<Date>,
    ) -> bool {
        self.url == url && self.pack == pack && self.components == components && self.on == on
    }

    fn learn(&mut self, event: Event) {
        match event {
            Event::Accepted { request_id } => {
                self.request_id = Some(request_id);
                self.standing = Standing::Accepted;
            }
            Event::Unknown { request_id, .. } => {
                self.request_id = request_id.or(self.request_id.take());
                self.standing = Standing::Open;
            }
            // A scheduled release has not ended yet.
            Event::Ended { state, .. } if state == "scheduled" => {}
            Event::Refused { .. } | Event::Ended { .. } => self.standing = Standing::Closed,
            Event::Reconciled { result, request_id } => {
                self.request_id = request_id.or(self.request_id.take());
                self.standing = match (result.as_str(), &self.request_id) {
                    ("made", Some(_)) => Standing::Accepted,
                    ("made" | "not_made", _) => Standing::Closed,
                    _ => Standing::Open,
                };
            }
            Event::Asked { .. } | Event::Other => {}
        }
    }
}
