//! What it costs to read and write types as data, beside types for which `serde` derives the code.
//!
//! ```console
//! $ cargo bench -p releasepack-tests --bench data            # criterion's statistics, then the table: one minute
//! $ cargo bench -p releasepack-tests --bench data -- table   # the table alone
//! ```
//!
//! The table has ratios: 1.00 is the cost of derived code. Nothing is asserted, as machines differ. Where other work runs
//! on the machine, instructions tell more than time: `valgrind --tool=callgrind BENCH once flat "read leniently"`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::runtime::data::{Blank, Node, Notes, from_json, to_json};

mod derived;
mod ours;
#[path = "../../tests/data/runtime.rs"]
mod runtime;
mod samples;

/// What is measured, one after the other, of one document.
struct Case {
    name: &'static str,
    ways: [Way; 5],
}

/// A way to read or write the document, and its name.
type Way = (&'static str, Box<dyn Fn()>);

const DERIVED: usize = 0;
const WRITE_DERIVED: usize = 3;

fn main() {
    let cases = [
        case::<ours::Flat, derived::Flat>("flat", samples::flat()),
        case::<ours::Nested, derived::Nested>("nested", samples::nested()),
        case::<ours::Numbers, derived::Numbers>("numbers", samples::numbers()),
    ];
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [once, name, way, ..] = arguments.as_slice()
        && once == "once"
    {
        repeat(&cases, name, way);
        return;
    }
    if !arguments.iter().any(|argument| argument == "table") {
        let mut criterion = Criterion::default().without_plots().configure_from_args();
        for case in &cases {
            let mut group = criterion.benchmark_group(case.name);
            for (way, run) in &case.ways {
                group.bench_function(*way, |bencher| bencher.iter(run));
            }
            group.finish();
        }
        criterion.final_summary();
    }
    // `cargo bench` says so; `cargo test --benches` only wants to see that each benchmark works.
    if arguments.iter().any(|argument| argument == "--bench") {
        table(&cases);
    }
}

fn case<O, D>(name: &'static str, text: String) -> Case
where
    O: Blank + Node + Serialize + DeserializeOwned + 'static,
    D: Serialize + DeserializeOwned + 'static,
{
    let text: &'static [u8] = text.leak().as_bytes();
    let ours: O = serde_json::from_slice(text).expect("the sample is valid");
    let derived: D = serde_json::from_slice(text).expect("the sample is valid");
    assert_eq!(
        to_json(&ours).ok(),
        serde_json::to_vec(&derived).ok(),
        "both write the same"
    );
    Case {
        name,
        ways: [
            (
                "read derived",
                Box::new(move || drop(black_box(serde_json::from_slice::<D>(text)))),
            ),
            (
                "read strictly",
                Box::new(move || drop(black_box(serde_json::from_slice::<O>(text)))),
            ),
            (
                "read leniently",
                Box::new(move || drop(black_box(from_json::<O>(text, &mut Notes::default())))),
            ),
            (
                "write derived",
                Box::new(move || drop(black_box(serde_json::to_vec(&derived)))),
            ),
            ("write", Box::new(move || drop(black_box(to_json(&ours))))),
        ],
    }
}

/// Runs one way a thousand times, for tools that count instructions.
fn repeat(cases: &[Case], name: &str, way: &str) {
    let case = cases.iter().find(|case| case.name == name);
    let ways = case.into_iter().flat_map(|case| &case.ways);
    for (_, run) in ways.filter(|(known, _)| *known == way) {
        (0..1_000).for_each(|_| run());
    }
}

fn table(cases: &[Case]) {
    println!(
        "{:10}{:>16}{:>16}{:>12}{:>16}",
        "", "read strictly", "read leniently", "write", "allocations"
    );
    for case in cases {
        let times = fastest(case);
        let ratio = |way: usize, base: usize| times[way].as_secs_f64() / times[base].as_secs_f64();
        let allocations = |way: usize| allocation_counter::measure(&case.ways[way].1).count_total;
        println!(
            "{:10}{:>16.2}{:>16.2}{:>12.2}{:>16}",
            case.name,
            ratio(1, DERIVED),
            ratio(2, DERIVED),
            ratio(4, WRITE_DERIVED),
            format!("{} of {}", allocations(2), allocations(DERIVED)),
        );
    }
}

/// The fastest of many runs of each way. They take turns, so that what disturbs one disturbs all.
fn fastest(case: &Case) -> [Duration; 5] {
    let mut fastest = [Duration::MAX; 5];
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(5) {
        for (best, (_, run)) in fastest.iter_mut().zip(&case.ways) {
            let start = Instant::now();
            (0..20).for_each(|_| run());
            *best = start.elapsed().min(*best);
        }
    }
    fastest
}
