//! Thousands of releases over a network that fails at random: none is made twice, and none that was made is told as refused.

mod network;
mod proxy;
#[path = "../soak/report.rs"]
mod report;
