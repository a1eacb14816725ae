//! The sandbox over plain HTTP: its promises to users who test with it.

#[path = "sandbox/access.rs"]
mod access;
#[path = "sandbox/behaviour.rs"]
mod behaviour;
#[path = "sandbox/faults.rs"]
mod faults;
#[path = "sandbox/wire.rs"]
mod wire;
