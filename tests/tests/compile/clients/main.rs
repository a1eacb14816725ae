//! The behaviour of generated clients.

mod answers;
mod bodies;
mod examples;
mod parameter_styles;
mod recorder;
mod round_trip;
mod structure;
mod unions;
mod values;
