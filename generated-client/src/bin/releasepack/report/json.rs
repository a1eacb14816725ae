//! The JSON lines. They are stable: members and events may be added, but are not renamed or removed.

use std::fmt::Display;

use releasepack_client::release::{Accepted, Plan, State, Status};
use serde_json::{Value, json};

use crate::end::End;
use crate::reconcile::Answer;

pub(super) fn plan(plan: &Plan) -> String {
    let components = plan.components.iter().map(|it| {
        json!({
            "id": it.id,
            "name": it.name,
            "before": it.before,
            "after": it.after,
            "changed": it.is_changed(),
        })
    });
    let left_out = plan.left_out.iter().map(|it| {
        json!({
            "id": it.id,
            "name": it.name,
            "current_version": it.current_version,
            "pending_version": it.pending_version,
        })
    });
    let body: Value = serde_json::from_str(&plan.body).unwrap_or_default();
    line(&json!({
        "event": "plan",
        "pack": plan.pack_id,
        "components": components.collect::<Vec<_>>(),
        "left_out": left_out.collect::<Vec<_>>(),
        "complete": plan.is_complete(),
        "changed": plan.is_changed(),
        "body": body,
    }))
}

pub(super) fn accepted(pack: &str, accepted: &Accepted) -> String {
    line(&json!({
        "event": "accepted",
        "pack": pack,
        "request_id": accepted.request_id(),
        "attempts": accepted.attempts(),
        "from_journal": false,
    }))
}

pub(super) fn accepted_before(pack: &str, request_id: &str) -> String {
    line(&json!({
        "event": "accepted",
        "pack": pack,
        "request_id": request_id,
        "attempts": 0,
        "from_journal": true,
    }))
}

pub(super) fn status(request_id: &str, status: &Status) -> String {
    line(&json!({
        "event": "status",
        "request_id": request_id,
        "state": state(status.state()),
        "percent": status.percent(),
        "release_on": status.release_on(),
        "text": status.to_string(),
    }))
}

pub(super) fn interrupted(request_id: &str, error: &dyn Display) -> String {
    line(&json!({
        "event": "interrupted",
        "request_id": request_id,
        "error": error.to_string(),
    }))
}

pub(super) fn reconciled(pack: &str, answer: &Answer, request_id: Option<&str>) -> String {
    let why = match answer {
        Answer::CannotTell(why) => Some(why),
        Answer::Made | Answer::NotMade => None,
    };
    line(&json!({
        "event": "reconciled",
        "pack": pack,
        "result": answer.word(),
        "why": why,
        "request_id": request_id,
    }))
}

pub(super) fn sandbox(settings: &[(&str, &str)]) -> String {
    let mut object = json!({ "event": "sandbox" });
    for (name, value) in settings {
        object[*name] = (*value).into();
    }
    line(&object)
}

pub(super) fn end(end: &End) -> String {
    line(&json!({
        "event": "end",
        "exit_code": end.code,
        "outcome": end.outcome,
        "message": end.message,
        "request_id": end.request_id,
        "next": end.next,
    }))
}

/// The word for a state.
pub(crate) fn state(state: &State) -> &'static str {
    match state {
        State::InProgress => "in_progress",
        State::Scheduled => "scheduled",
        State::Released => "released",
        State::Failed => "failed",
        _ => "unknown",
    }
}

fn line(value: &Value) -> String {
    value.to_string()
}
