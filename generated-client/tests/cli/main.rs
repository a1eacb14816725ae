//! The command `releasepack` as its users run it: the binary, with the sandbox in place of the vendor.

mod codes;
mod examples;
mod formats;
mod journal;
mod page;
mod program;
mod serving;
mod settings;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod terminal;
