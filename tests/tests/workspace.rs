//! The whole workspace: promises of its members to each other and to their users.

#[path = "workspace/codes.rs"]
mod codes;
#[path = "workspace/consumer.rs"]
mod consumer;
#[path = "workspace/layers.rs"]
mod layers;
#[path = "workspace/promises.rs"]
mod promises;
