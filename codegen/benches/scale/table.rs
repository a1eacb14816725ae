//! What the runs cost, as a table, and what to think of it.

use std::fmt::Write;
use std::time::Duration;

use crate::process::Costs;

/// What a run with a document of 400 operations and 900 schemas may cost.
const BOUND_OPERATIONS: usize = 400;
const BOUND_TIME: Duration = Duration::from_secs(1);
const BOUND_PEAK: u64 = 300_000_000;

/// The sizes whose costs by operation are compared. Below the smaller one, what every run costs is most of the cost.
const LINEAR: (usize, usize) = (100, 3_000);

/// A document, and what a run with it cost.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) operations: usize,
    pub(crate) schemas: usize,
    pub(crate) costs: Costs,
}

impl Row {
    /// Microseconds by operation.
    fn each(&self, took: Duration) -> f64 {
        micros(took) / count(self.operations)
    }
}

/// The table, a row a document, and the verdict below it.
pub(crate) fn render(rows: &[Row]) -> String {
    let mut text = String::from(
        "Time in ms of a cold run in a process of its own; of each part, the least of three runs. If \"CPU\" is far below\n\
         \"total\", the machine was busy with something else.\n\n",
    );
    let Some(first) = rows.first() else {
        return text;
    };
    let parts: Vec<&str> = first
        .costs
        .laps
        .iter()
        .map(|(part, _)| part.as_str())
        .collect();
    let mut titles = vec!["operations", "schemas"];
    titles.extend(&parts);
    titles.extend(["total", "us/operation", "CPU", "peak MB"]);
    let mut cells: Vec<Vec<String>> = vec![titles.into_iter().map(str::to_owned).collect()];
    cells.extend(rows.iter().map(line));
    let pair = (find(rows, LINEAR.0), find(rows, LINEAR.1));
    if let (Some(few), Some(many)) = pair {
        cells.push(growth(few, many));
    }
    align(&mut text, &cells);
    text.push('\n');
    if let Some(row) = find(rows, BOUND_OPERATIONS) {
        bounds(&mut text, row);
    }
    if let (Some(few), Some(many)) = pair {
        let growth = many.each(many.costs.total()) / few.each(few.costs.total());
        let _ = writeln!(
            text,
            "linear: an operation among {} costs {growth:.2} times what one among {} costs; 1.00 is linear, {:.0} quadratic",
            many.operations,
            few.operations,
            count(many.operations) / count(few.operations),
        );
    }
    text
}

fn find(rows: &[Row], operations: usize) -> Option<&Row> {
    rows.iter().find(|row| row.operations == operations)
}

fn line(row: &Row) -> Vec<String> {
    let total = row.costs.total();
    let mut cells = vec![row.operations.to_string(), row.schemas.to_string()];
    cells.extend(row.costs.laps.iter().map(|(_, took)| millis(*took)));
    cells.extend([
        millis(total),
        format!("{:.0}", row.each(total)),
        or_unknown(row.costs.busy.map(millis)),
        megabytes(row.costs.peak),
    ]);
    cells
}

/// How often the cost of an operation among few goes into that of one among many, part by part.
fn growth(few: &Row, many: &Row) -> Vec<String> {
    let times = |few_took, many_took| format!("x{:.2}", many.each(many_took) / few.each(few_took));
    let mut cells = vec![
        format!("{}:{}", many.operations, few.operations),
        "by operation".to_owned(),
    ];
    let laps = few.costs.laps.iter().zip(&many.costs.laps);
    cells.extend(laps.map(|((_, few), (_, many))| times(*few, *many)));
    cells.extend([times(few.costs.total(), many.costs.total()), String::new()]);
    let busy = few.costs.busy.zip(many.costs.busy);
    cells.push(or_unknown(busy.map(|(few, many)| times(few, many))));
    cells
}

fn bounds(text: &mut String, row: &Row) {
    let total = row.costs.total();
    let verdict = |holds: bool| if holds { "holds" } else { "DOES NOT HOLD" };
    let _ = writeln!(
        text,
        "bound on time: {} ms ({} ms of CPU) for {} operations and {} schemas, of {}: {}",
        millis(total),
        or_unknown(row.costs.busy.map(millis)),
        row.operations,
        row.schemas,
        millis(BOUND_TIME),
        verdict(total < BOUND_TIME),
    );
    let holds = row
        .costs
        .peak
        .map_or("not known", |peak| verdict(peak < BOUND_PEAK));
    let (peak, most) = (megabytes(row.costs.peak), megabytes(Some(BOUND_PEAK)));
    let _ = writeln!(text, "bound on memory: {peak} MB, of {most}: {holds}");
}

/// Columns as wide as their widest cell, with numbers to the right.
fn align(text: &mut String, lines: &[Vec<String>]) {
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(String::len).max().unwrap_or(0)
    };
    for line in lines {
        for (column, cell) in line.iter().enumerate() {
            let _ = write!(text, "{cell:>width$}  ", width = width(column));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
}

fn micros(took: Duration) -> f64 {
    took.as_secs_f64() * 1e6
}

fn millis(took: Duration) -> String {
    format!("{:.1}", took.as_secs_f64() * 1e3)
}

fn megabytes(bytes: Option<u64>) -> String {
    or_unknown(bytes.map(|bytes| (bytes / 1_000_000).to_string()))
}

fn or_unknown(cell: Option<String>) -> String {
    cell.unwrap_or_else(|| "n/a".to_owned())
}

/// A number of operations; what a float cannot hold exactly is far beyond any document.
fn count(operations: usize) -> f64 {
    f64::from(u32::try_from(operations).unwrap_or(u32::MAX))
}
