//! From schemas to Rust types: `progenitor` decides them, and this is the only module that names it.
//!
//! progenitor is not shown the document: it stops, or panics, on operations with several bodies or responses, on names that
//! collide, and on defaults and patterns that it cannot take. It is shown what decides on types and nothing else (see
//! [`question`]), and its type space is read, not its code (see [`answer`]).

mod answer;
mod engine;
mod question;

use crate::model::Model;
use question::Question;

/// Decides the Rust type of every part of a model.
///
/// # Errors
///
/// Why progenitor stopped. No document is known on which it does.
pub(crate) fn decide(model: &Model) -> Result<(), String> {
    let question = Question::of(model);
    let answers = engine::run(question.document)?;
    for (typed, place) in question.parts {
        let ty = place.in_answers(&answers);
        typed.decide(ty.ok_or_else(|| format!("progenitor left out `{}`", typed.place))?);
    }
    Ok(())
}
