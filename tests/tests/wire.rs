//! The HTTP messages: every operation as it is sent and read over real HTTP, and every sample of the description, read and written
//! by the generated types.

#[path = "wire/operations.rs"]
mod operations;
#[path = "wire/samples.rs"]
mod samples;
