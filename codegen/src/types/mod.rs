//! From schemas to Rust types: `progenitor` decides them, and this is the only module that names it.
//!
//! progenitor does not get the whole document, because it stops or panics on operations with several bodies or responses, on
//! names that collide, and on defaults and patterns that it does not support. It gets only what decides types (see
//! [`question`]). The types are read from its type space and not from its code (see [`answer`]).

mod answer;
mod engine;
mod question;

use crate::model::Model;
use question::Question;

/// Decides the Rust type of every part of a model.
///
/// # Errors
///
/// The reason why progenitor stopped. No document is known on which it stops.
pub(crate) fn decide(model: &Model) -> Result<(), String> {
    let question = Question::of(model);
    let answers = engine::run(question.document)?;
    for (typed, place) in question.parts {
        let ty = place.in_answers(&answers);
        typed.decide(ty.ok_or_else(|| format!("progenitor left out `{}`", typed.place))?);
    }
    Ok(())
}
