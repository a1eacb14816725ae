//! One run of the generator, from the bytes of a document to the text of a client, as `cargo xtask generate` does it.

use std::time::{Duration, Instant};

use releasepack_codegen::{Document, Generation, Stage, Strictness, bundle, generate_observed};

/// A part of a run, and how long it took.
pub(crate) type Lap = (&'static str, Duration);

/// Makes a client; `enter` is called at the beginning of each part, often more than once.
pub(crate) fn run(text: &[u8], mut enter: impl FnMut(&'static str)) -> Generation {
    enter("parse");
    let document = Document::parse("scale.json", text).expect("a made document is JSON");
    enter("bundle");
    let value = document.value().clone();
    let bundle = bundle(document, value, |path| {
        Err(format!("{path} is not part of it"))
    })
    .expect("a made document stands alone");
    enter(Stage::ALL[0].name());
    let mut observe = |progress: releasepack_codegen::Progress| enter(progress.stage.name());
    generate_observed(&bundle, Strictness::Strict, &mut observe)
        .expect("a made document holds nothing that cannot be expressed")
}

/// Does one run and says how long each part of it took, in the order of the parts. What a part leaves for the end, such as
/// freeing its memory, counts for the last.
pub(crate) fn timed(text: &[u8]) -> Vec<Lap> {
    let mut laps: Vec<Lap> = Vec::new();
    let mut since = Instant::now();
    let generation = run(text, |part| {
        let now = Instant::now();
        if let Some((_, took)) = laps.last_mut() {
            *took += now - since;
        }
        since = now;
        if laps.last().is_none_or(|(last, _)| *last != part) {
            laps.push((part, Duration::ZERO));
        }
    });
    if let Some((_, took)) = laps.last_mut() {
        *took += since.elapsed();
    }
    drop(generation);
    laps
}
