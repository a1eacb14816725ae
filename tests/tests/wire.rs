//! The wire format: the request and the response of every operation over real HTTP, and every sample of the API
//! description decoded and encoded by the generated types.

#[path = "wire/complete.rs"]
mod complete;
#[path = "wire/operations.rs"]
mod operations;
#[path = "wire/samples.rs"]
mod samples;
