//! The sandbox, seen over plain HTTP: what it promises to those who test against it.

#[path = "sandbox/access.rs"]
mod access;
#[path = "sandbox/behaviour.rs"]
mod behaviour;
#[path = "sandbox/faults.rs"]
mod faults;
#[path = "sandbox/wire.rs"]
mod wire;
