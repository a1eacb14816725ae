//! What a run of the generator costs, from 10 to 3,000 operations: time, stage by stage and by operation, and memory.
//!
//! ```console
//! $ cargo bench -p releasepack-codegen              # the table, then criterion's statistics: three minutes
//! $ cargo bench -p releasepack-codegen -- table     # the table alone: half a minute
//! $ cargo bench -p releasepack-codegen -- /400      # criterion alone, of one size
//! $ cargo bench -p releasepack-codegen -- document 400   # writes such a document to standard output, and measures nothing
//! ```
//!
//! The table is about the run that users wait for: each row is made by processes of their own that do one run, cold, and
//! end. Criterion repeats runs in one warm process, which separates small differences from noise. Nothing is asserted, as
//! machines differ; `tests/tests/scale.rs` holds what can be held without a clock. `peers.sh` measures other generators beside ours.

#![forbid(unsafe_code)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};

#[path = "scale/documents.rs"]
mod documents;
#[path = "scale/process.rs"]
mod process;
#[path = "scale/run.rs"]
mod run;
#[path = "scale/table.rs"]
mod table;
#[path = "scale/usage.rs"]
mod usage;

/// Sizes of documents, in operations.
const SIZES: [usize; 6] = [10, 40, 100, 400, 1_000, 3_000];

fn main() {
    if process::is_child() {
        process::serve();
        return;
    }
    if let Some(size) = wanted_document() {
        print!("{}", documents::publish(size).text);
        return;
    }
    if wants_table() {
        let rows: Vec<table::Row> = SIZES.iter().map(|size| row(*size)).collect();
        println!("{}", table::render(&rows));
    }
    let mut criterion = Criterion::default().without_plots().configure_from_args();
    whole_runs(&mut criterion);
    criterion.final_summary();
}

/// `cargo bench` says so; `cargo test --benches` does not, and only wants to see that each benchmark works.
fn is_measured() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// If nothing else is asked for than the table. Criterion takes `table` for the name of a benchmark, and has none of that name.
fn wants_table() -> bool {
    let mut arguments = std::env::args().skip(1);
    is_measured() && arguments.all(|argument| argument == "--bench" || argument == "table")
}

/// How many operations the document is to have that is asked for instead of a measurement.
fn wanted_document() -> Option<usize> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "document");
    arguments.nth(1)?.parse().ok()
}

/// What a run with a document of a size costs: the least of three, as whatever else goes on adds to a run and takes nothing
/// away.
fn row(size: usize) -> table::Row {
    let document = documents::publish(size);
    let costs = (0..3).map(|_| process::measure(&document.text));
    let costs = costs.reduce(process::Costs::least);
    table::Row {
        operations: document.operations,
        schemas: document.schemas,
        costs: costs.expect("three runs are more than none"),
    }
}

/// From the bytes of a document to the text of the client.
fn whole_runs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("document to client");
    group.sampling_mode(SamplingMode::Flat);
    group.sample_size(10);
    group.warm_up_time(Duration::from_millis(500));
    // Ten runs of a large document take longer, which criterion warns of and then does.
    group.measurement_time(Duration::from_secs(3));
    let sizes = SIZES.into_iter();
    for size in sizes.filter(|size| is_measured() || *size <= 100) {
        let document = documents::publish(size);
        let elements = u64::try_from(document.operations).expect("a size fits in 64 bits");
        group.throughput(Throughput::Elements(elements));
        group.bench_with_input(
            BenchmarkId::from_parameter(size),
            &document.text,
            |bencher, text| {
                bencher.iter(|| run::run(black_box(text.as_bytes()), |_| {}));
            },
        );
    }
    group.finish();
}
