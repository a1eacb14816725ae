//! Documents that are damaged at random: each gives a result, and nothing is left out silently.
//!
//! The damage depends only on the seed. A failure names its seed, and [`mutator::mutate`] makes the same document from it again;
//! see `REPLAY`.

mod mutation {
    pub(crate) mod code;
    pub(crate) mod corpus;
    pub(crate) mod damaged;
    pub(crate) mod mutator;
    pub(crate) mod promises;
}

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use mutation::corpus::Corpus;
use mutation::damaged::Damaged;
use mutation::{code, mutator, promises};
use releasepack_codegen::Document;

/// How many damaged documents are made.
const COUNT: u64 = 10_000;

/// The seed of one document that failed, to look at it alone.
const REPLAY: Option<u64> = None;

/// How many failures are shown.
const MAX_FAILURES: usize = 5;

/// How long one document may take, on a machine that is busy with other work.
const PATIENCE: Duration = Duration::from_secs(60);

/// Damaged documents can be nested deeper than others.
const STACK: usize = 16 * 1024 * 1024;

/// A stage that is run with a document. An error describes the promise that was broken.
type Stage = fn(&Damaged) -> Result<(), String>;

/// The stages that are run with every document.
const STAGES: &[(&str, Stage)] = &[
    ("normalize", promises::normalization),
    ("generate", code::generation),
];

/// A message of a worker: it begins with a document, or it has a result.
enum Report {
    Begun(u64),
    Done(u64, Option<String>),
}

#[test]
fn damaged_documents_become_code_or_diagnostics() {
    let corpus = Arc::new(Corpus::read());
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let (sender, reports) = mpsc::channel();
    for worker in 0..workers {
        let (corpus, sender) = (Arc::clone(&corpus), sender.clone());
        let run = move || {
            for seed in (0..COUNT).skip(worker).step_by(workers) {
                if REPLAY.is_none_or(|only| only == seed) {
                    let is_heard = sender.send(Report::Begun(seed)).is_ok()
                        && sender
                            .send(Report::Done(seed, check(&corpus, seed)))
                            .is_ok();
                    if !is_heard {
                        return;
                    }
                }
            }
        };
        // The workers are not joined: one that does not end is reported.
        thread::Builder::new()
            .stack_size(STACK)
            .spawn(run)
            .expect("a thread can be made");
    }
    drop(sender);

    let (mut begun, mut failures) = (BTreeSet::new(), Vec::new());
    while failures.len() < MAX_FAILURES {
        match reports.recv_timeout(PATIENCE) {
            Ok(Report::Begun(seed)) => {
                begun.insert(seed);
            }
            Ok(Report::Done(seed, failure)) => {
                begun.remove(&seed);
                failures.extend(failure);
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                let seeds: Vec<_> = begun.iter().collect();
                failures.push(format!("no result within {PATIENCE:?}: seeds {seeds:?}"));
                break;
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn documents_in_the_manner_of_vendors_keep_the_promises_too() {
    let mut failures = Vec::new();
    for document in Corpus::vendors() {
        let document = Damaged::from(document);
        for (name, stage) in STAGES {
            let fault = stage(&document).err();
            let describe = |fault| format!("{}, {name}: {fault}", document.document.name());
            failures.extend(fault.map(describe));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// The broken promises for one damaged document.
fn check(corpus: &Corpus, seed: u64) -> Option<String> {
    let (text, damage) = mutator::mutate(corpus, seed);
    let damaged = match Document::parse("damaged.json", text.as_bytes()) {
        Ok(document) => Damaged::from(document),
        Err(faults) => {
            return faults
                .is_empty()
                .then(|| format!("seed {seed}: refused in silence\n{damage}"));
        }
    };
    STAGES.iter().find_map(|(name, stage)| {
        let fault = match catch_unwind(AssertUnwindSafe(|| stage(&damaged))) {
            Ok(Ok(())) => return None,
            Ok(Err(fault)) => fault,
            Err(panic) => {
                let message = panic.downcast_ref::<String>().cloned();
                let message = message.or_else(|| Some((*panic.downcast_ref::<&str>()?).to_owned()));
                format!("it panics: {}", message.unwrap_or_default())
            }
        };
        Some(format!("seed {seed}, {name}: {fault}\n{damage}"))
    })
}
