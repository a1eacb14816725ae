//! Thousands of releases over a network and to a platform that fail at random: none is made twice, and none that was made is
//! told as refused.

mod faults;
mod network;
mod proxy;
mod report;
