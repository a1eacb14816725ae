//! The behaviour of the sandbox, tested over plain HTTP.

#[path = "sandbox/access.rs"]
mod access;
#[path = "sandbox/behaviour.rs"]
mod behaviour;
#[path = "sandbox/faults.rs"]
mod faults;
#[path = "sandbox/vendor.rs"]
mod vendor;
#[path = "sandbox/wire.rs"]
mod wire;
