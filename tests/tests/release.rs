//! Releasing over real HTTP: the requests, the checks before them, and the ends of a wait.

#[path = "release/blocking.rs"]
mod blocking;
#[path = "release/load.rs"]
mod load;
#[path = "release/making.rs"]
mod making;
#[path = "release/reconciling.rs"]
mod reconciling;
#[path = "release/rules.rs"]
mod rules;
#[path = "release/waiting.rs"]
mod waiting;
