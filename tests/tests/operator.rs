//! What an operator needs: events, errors that say enough, exit codes, the guard, drift, cassettes.

#[path = "operator/cassettes.rs"]
mod cassettes;
#[path = "operator/drift.rs"]
mod drift;
#[path = "operator/ends.rs"]
mod ends;
#[path = "operator/events.rs"]
mod events;
#[path = "operator/exit_codes.rs"]
mod exit_codes;
#[path = "operator/guard.rs"]
mod guard;
#[path = "operator/source.rs"]
mod source;
#[path = "operator/support.rs"]
mod support;
