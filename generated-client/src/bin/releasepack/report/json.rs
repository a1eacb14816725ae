//! The JSON lines. They are stable: members and events may be added, but are not renamed or removed.
//!
//! The documentation of the crate describes them.

use std::collections::BTreeMap;
use std::fmt::Display;

use jiff::civil::Date;
use releasepack_client::release::{Accepted, Plan, State, Status};
use serde::Serialize;

use crate::end::End;
use crate::reconcile::Answer;

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Line<'a> {
    Plan {
        pack: &'a str,
        components: Vec<Planned<'a>>,
        left_out: Vec<LeftOut<'a>>,
        complete: bool,
        changed: bool,
        /// The request body as text, byte for byte.
        body: &'a str,
    },
    Accepted {
        pack: &'a str,
        request_id: &'a str,
        attempts: u32,
        from_journal: bool,
    },
    Status {
        request_id: &'a str,
        state: &'static str,
        percent: Option<u8>,
        release_on: Option<Date>,
        text: String,
    },
    Interrupted {
        request_id: &'a str,
        error: String,
    },
    Reconciled {
        pack: &'a str,
        result: &'static str,
        why: Option<&'a str>,
        request_id: Option<&'a str>,
    },
    Sandbox {
        settings: BTreeMap<&'a str, &'a str>,
    },
    End {
        exit_code: u8,
        outcome: &'static str,
        message: Option<&'a str>,
        request_id: Option<&'a str>,
        next: &'a [String],
    },
}

#[derive(Serialize)]
struct Planned<'a> {
    id: &'a str,
    name: Option<&'a str>,
    before: Option<&'a str>,
    after: &'a str,
    changed: bool,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    id: &'a str,
    name: Option<&'a str>,
    current_version: Option<&'a str>,
    pending_version: Option<&'a str>,
}

impl Line<'_> {
    fn text(&self) -> String {
        // It can always be written: it has no maps with keys that are not strings, and no numbers that JSON lacks.
        serde_json::to_string(self).unwrap_or_default()
    }
}

pub(super) fn plan(plan: &Plan) -> String {
    let components = plan.components.iter().map(|it| Planned {
        id: &it.id,
        name: it.name.as_deref(),
        before: it.before.as_deref(),
        after: &it.after,
        changed: it.is_changed(),
    });
    let left_out = plan.left_out.iter().map(|it| LeftOut {
        id: &it.id,
        name: it.name.as_deref(),
        current_version: it.current_version.as_deref(),
        pending_version: it.pending_version.as_deref(),
    });
    let line = Line::Plan {
        pack: &plan.pack_id,
        components: components.collect(),
        left_out: left_out.collect(),
        complete: plan.is_complete(),
        changed: plan.is_changed(),
        body: &plan.body,
    };
    line.text()
}

pub(super) fn accepted(pack: &str, accepted: &Accepted) -> String {
    let line = Line::Accepted {
        pack,
        request_id: accepted.request_id(),
        attempts: accepted.attempts(),
        from_journal: false,
    };
    line.text()
}

pub(super) fn accepted_before(pack: &str, request_id: &str) -> String {
    let line = Line::Accepted {
        pack,
        request_id,
        attempts: 0,
        from_journal: true,
    };
    line.text()
}

pub(super) fn status(request_id: &str, status: &Status) -> String {
    let line = Line::Status {
        request_id,
        state: state(status.state()),
        percent: status.percent(),
        release_on: status.release_on(),
        text: status.to_string(),
    };
    line.text()
}

pub(super) fn interrupted(request_id: &str, error: &dyn Display) -> String {
    let error = error.to_string();
    Line::Interrupted { request_id, error }.text()
}

pub(super) fn reconciled(pack: &str, answer: &Answer, request_id: Option<&str>) -> String {
    let why = match answer {
        Answer::CannotTell(why) => Some(why.as_str()),
        Answer::Made | Answer::NotMade => None,
    };
    let line = Line::Reconciled {
        pack,
        result: answer.word(),
        why,
        request_id,
    };
    line.text()
}

pub(super) fn sandbox(settings: &[(&str, &str)]) -> String {
    let settings = settings.iter().copied().collect();
    Line::Sandbox { settings }.text()
}

pub(super) fn end(end: &End) -> String {
    let line = Line::End {
        exit_code: end.code,
        outcome: end.outcome,
        message: end.message.as_deref(),
        request_id: end.request_id.as_deref(),
        next: &end.next,
    };
    line.text()
}

/// The word for a state.
fn state(state: &State) -> &'static str {
    match state {
        State::InProgress => "in_progress",
        State::Scheduled => "scheduled",
        State::Released => "released",
        State::Failed => "failed",
        _ => "unknown",
    }
}
