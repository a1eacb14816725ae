//! A thousand releases to a platform that fails at random: none is made twice, and none that was made is told as refused.
//!
//! It is a program of its own because it measures its memory.

mod faults;
#[allow(dead_code, reason = "the soak over a network uses all of it")]
mod report;
