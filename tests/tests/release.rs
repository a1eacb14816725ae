//! Releases over real HTTP: requests, refusals before a request, and the end of a wait.

#[path = "release/blocking.rs"]
mod blocking;
#[path = "release/making.rs"]
mod making;
#[path = "release/rules.rs"]
mod rules;
#[path = "release/waiting.rs"]
mod waiting;
