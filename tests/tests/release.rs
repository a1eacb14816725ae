//! Releasing over real HTTP: what is sent, what is refused before, how a wait ends.

#[path = "release/blocking.rs"]
mod blocking;
#[path = "release/making.rs"]
mod making;
#[path = "release/rules.rs"]
mod rules;
#[path = "release/waiting.rs"]
mod waiting;
