//! The behaviour of generated clients.

mod bodies;
mod digits;
mod equal_types;
mod examples;
mod inheritance;
mod instances;
mod parameter_styles;
mod reading;
mod recorder;
mod responses;
mod round_trip;
mod structure;
mod swagger;
mod tags;
mod unions;
mod values;
mod versions;
mod wire;
