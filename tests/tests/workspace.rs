//! The whole workspace: promises of its members to each other and to their users.

#[path = "workspace/codes.rs"]
mod codes;
#[path = "workspace/consumer.rs"]
mod consumer;
#[path = "workspace/external.rs"]
mod external;
#[path = "workspace/faults.rs"]
mod faults;
#[path = "workspace/layers.rs"]
mod layers;
#[path = "workspace/promises.rs"]
mod promises;
#[path = "workspace/readme.rs"]
mod readme;
#[path = "workspace/recipes.rs"]
mod recipes;
