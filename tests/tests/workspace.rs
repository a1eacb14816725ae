//! The workspace as a whole: what its members promise each other and those who depend on them.

#[path = "workspace/codes.rs"]
mod codes;
#[path = "workspace/consumer.rs"]
mod consumer;
