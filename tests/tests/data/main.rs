//! `runtime::data` on types as the generator writes them. The module is compiled into this binary, as into a generated crate.

mod formats;
mod lenient;
mod memory;
mod mutation;
mod runtime;
#[allow(unreachable_pub, reason = "in a generated crate the types are public")]
mod samples;
mod strict;
mod tags;
mod traps;
mod unions;
