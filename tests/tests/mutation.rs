//! Documents that were damaged at random: whatever they hold, there is an answer, and nothing is lost in silence.
//!
//! The damage depends on the seed alone. A failure names the seed, which [`mutator::mutate`] turns into the same document
//! again; see `REPLAY`.

mod mutation {
    pub(crate) mod corpus;
    pub(crate) mod mutator;
    pub(crate) mod promises;
}

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use mutation::corpus::Corpus;
use mutation::{mutator, promises};
use releasepack_codegen::Document;

/// How many damaged documents are made.
const COUNT: u64 = 10_000;

/// The seed of one document that failed, to look at it alone.
const REPLAY: Option<u64> = None;

/// Something that is done with a document; what it says is how a promise was broken.
type Stage = fn(&Document) -> Result<(), String>;

/// What is done with each document. Every stage that is added here sees all of them.
const STAGES: &[(&str, Stage)] = &[("normalize", promises::normalization)];

#[test]
fn damaged_documents_become_code_or_diagnostics() {
    let corpus = Corpus::read();
    let threads = thread::available_parallelism().map_or(2, usize::from) as u64;
    let failures: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let corpus = &corpus;
                let run = move || {
                    let seeds = (worker..COUNT).step_by(threads.try_into().expect("few threads"));
                    let seeds = seeds.filter(|seed| REPLAY.is_none_or(|only| only == *seed));
                    seeds
                        .filter_map(|seed| check(corpus, seed))
                        .take(3)
                        .collect::<Vec<_>>()
                };
                // Damage nests deeper than documents do.
                let builder = thread::Builder::new().stack_size(16 * 1024 * 1024);
                builder
                    .spawn_scoped(scope, run)
                    .expect("a thread can be made")
            })
            .collect();
        let failures = workers
            .into_iter()
            .map(|worker| worker.join().expect("it does not panic"));
        failures.flatten().collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// What is wrong with the answer to one damaged document.
fn check(corpus: &Corpus, seed: u64) -> Option<String> {
    let (text, damage) = mutator::mutate(corpus, seed);
    let document = match Document::parse("damaged.json", text.as_bytes()) {
        Ok(document) => document,
        Err(faults) => {
            return faults
                .is_empty()
                .then(|| format!("seed {seed}: refused in silence\n{damage}"));
        }
    };
    STAGES.iter().find_map(|(name, stage)| {
        let fault = match catch_unwind(AssertUnwindSafe(|| stage(&document))) {
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
