//! One run in a process of its own, as users have it: nothing is warm, and no earlier run has left its mark in the memory.
//!
//! The process is this program again. It gets the document on its standard input, so that it holds what the generator
//! holds and nothing that making the document took, and prints what the run cost.

use std::env;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::{run, usage};

/// Set for the processes that do one run.
const CHILD: &str = "RELEASEPACK_BENCH_ONE_RUN";

/// What one run cost.
#[derive(Debug)]
pub(crate) struct Costs {
    /// The parts of the run, in their order.
    pub(crate) laps: Vec<(String, Duration)>,
    /// The most memory that it held, in bytes, if the system reports it.
    pub(crate) peak: Option<u64>,
    /// How long it had a processor, if the system reports it.
    pub(crate) busy: Option<Duration>,
}

impl Costs {
    /// The smaller of two measurements of the same, part by part.
    pub(crate) fn least(mut self, other: Self) -> Self {
        for ((_, own), (_, others)) in self.laps.iter_mut().zip(other.laps) {
            *own = others.min(*own);
        }
        self.peak = [self.peak, other.peak].into_iter().flatten().min();
        self.busy = [self.busy, other.busy].into_iter().flatten().min();
        self
    }

    pub(crate) fn total(&self) -> Duration {
        self.laps.iter().map(|(_, took)| *took).sum()
    }
}

/// Whether this process is to do one run and nothing else.
pub(crate) fn is_child() -> bool {
    env::var_os(CHILD).is_some()
}

/// Does the run.
pub(crate) fn serve() {
    let mut text = Vec::new();
    io::stdin()
        .read_to_end(&mut text)
        .expect("the parent writes the document");
    let laps = run::timed(&text).into_iter();
    let laps: Vec<Value> = laps
        .map(|(part, took)| json!([part, nanos(took)]))
        .collect();
    let busy = usage::busy().map(nanos);
    println!(
        "{}",
        json!({"laps": laps, "peak": usage::peak(), "busy": busy})
    );
}

/// A run in nanoseconds, which fit in 64 bits for five hundred years.
fn nanos(took: Duration) -> u64 {
    u64::try_from(took.as_nanos()).unwrap_or(u64::MAX)
}

/// Starts a process, has it do the run, and waits for it.
pub(crate) fn measure(text: &str) -> Costs {
    let program = env::current_exe().expect("a running program is a file");
    let mut child = Command::new(program)
        .env(CHILD, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a program that runs can be started");
    let mut input = child.stdin.take().expect("it was asked for");
    input
        .write_all(text.as_bytes())
        .expect("the child reads all of it before it does anything else");
    drop(input);
    let output = child.wait_with_output().expect("a child can be waited for");
    assert!(output.status.success(), "the run failed: {}", output.status);
    let costs: Value = serde_json::from_slice(&output.stdout).expect("the child prints JSON");
    let laps = costs["laps"].as_array().into_iter().flatten();
    let lap = |lap: &Value| {
        let (part, took) = (lap[0].as_str()?, lap[1].as_u64()?);
        Some((part.to_owned(), Duration::from_nanos(took)))
    };
    Costs {
        laps: laps.filter_map(lap).collect(),
        peak: costs["peak"].as_u64(),
        busy: costs["busy"].as_u64().map(Duration::from_nanos),
    }
}
