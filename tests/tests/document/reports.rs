//! Text reports: short enough to read, for every document.

use releasepack_codegen::{Code, Diagnostic, Document, Pointer, Style, render, to_report_json};

fn misfit(at: usize) -> Diagnostic {
    let place = Pointer::root().join("x").index(at);
    Diagnostic::error(Code::MALFORMED_NODE, place, "this is not a number")
}

#[test]
fn a_report_shows_the_first_hundred_of_a_code_and_counts_the_rest() {
    let text = format!("{{\"x\": [{}0]}}", "0, ".repeat(999));
    let document = Document::parse("api.json", text.as_bytes()).expect("a document");
    let mut diagnostics: Vec<_> = (0..1000).map(misfit).collect();
    diagnostics.push(Diagnostic::note(
        Code::MALFORMED_NODE,
        Pointer::root(),
        "this is fine",
    ));
    let diagnostics = document.place_all(diagnostics);
    let report = render(&diagnostics, |_| Some(&text), Style::Plain);
    assert_eq!(report.matches("this is not a number").count(), 100);
    assert!(report.contains("this is fine"));
    assert!(report.ends_with("error[malformed-node]: … and 900 more of this code\n\n"));
    // The JSON report has all of them.
    assert_eq!(to_report_json(&diagnostics)["errors"], 1000);
}

#[test]
fn a_place_on_a_long_line_is_shown_with_the_text_around_it() {
    let text = format!("{{\"ä\": [{}1]}}", "\"ö\", ".repeat(100_000));
    let document = Document::parse("api.json", text.as_bytes()).expect("a document");
    let last = Pointer::root().join("ä").index(100_000);
    let fault = document.place(Diagnostic::error(Code::WRONG_TYPE, last, "a number"));
    let report = render(&[fault], |_| Some(&text), Style::Plain);
    let line = format!("1 | …{}1]}}\n", "\"ö\", ".repeat(12));
    assert!(
        report.contains("api.json:1:500008") && report.contains(&line),
        "{report}"
    );
}

#[test]
fn messages_quote_only_the_beginning_of_a_long_text() {
    let long = "a\n".repeat(1_000_000);
    let message = format!("`{long}` and `{long}` contradict");
    let fault = Diagnostic::error(Code::WRONG_TYPE, Pointer::root().join(&long), message);
    let fault = fault.help(format!("did you mean `{long}`?"));
    assert!(fault.message.starts_with("`a a ") && fault.message.ends_with("…` contradict"));
    assert!(fault.message.len() < 500 && fault.help.as_ref().is_some_and(|it| it.len() < 300));
    assert!(render(&[fault], |_| None, Style::Plain).len() < 2_000);
}

#[test]
fn warnings_that_differ_only_in_their_places_are_shown_once() {
    let text = format!("{{\"x\": [{}0]}}", "0, ".repeat(999));
    let document = Document::parse("api.json", text.as_bytes()).expect("a document");
    let place = |at| Pointer::root().join("x").index(at);
    let warning = |at| Diagnostic::warning(Code::MALFORMED_NODE, place(at), "this is not used");
    let mut diagnostics: Vec<_> = (0..400).map(warning).collect();
    diagnostics.push(warning(400).help("but with other advice"));
    diagnostics.extend([misfit(500), misfit(501)]);
    let diagnostics = document.place_all(diagnostics);
    let report = render(&diagnostics, |_| Some(&text), Style::Plain);
    assert_eq!(report.matches("this is not used").count(), 2);
    assert!(
        report.contains(
            "= note: and 399 more like it: api.json:1:11, api.json:1:14, api.json:1:17, …\n"
        ),
        "{report}"
    );
    // Each error must be corrected, and a script gets all.
    assert_eq!(report.matches("this is not a number").count(), 2);
    assert_eq!(to_report_json(&diagnostics)["warnings"], 401);
}
