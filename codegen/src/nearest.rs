//! Finds the name that somebody may have meant: of all known names, the one most similar to an unknown name.

/// How many candidates are compared with one name. A document can have many thousands.
const MAX_CANDIDATES: usize = 5_000;

/// Longer names are not compared: the time grows with the product of both lengths.
const MAX_LENGTH: usize = 100;

/// The least similarity of two names, from 0 to 1.
const MIN_SIMILARITY: f64 = 0.6;

/// A shorter name is the beginning of too many candidates.
const MIN_PREFIX: usize = 4;

/// How many names of one document get a suggestion. After correcting these, the user runs the command again anyway.
const MAX_SUGGESTIONS: usize = 50;

/// The candidate that is most similar to a name; `None` if no candidate is similar enough. Case, `_`, `-`, `.` and spaces are
/// ignored, because people often confuse them.
pub(crate) fn nearest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let plain = simplify(name)?;
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates.into_iter().take(MAX_CANDIDATES) {
        let Some(other) = simplify(candidate) else {
            continue;
        };
        // A name that is much longer or shorter cannot be similar.
        let (short, long) = (plain.len().min(other.len()), plain.len().max(other.len()));
        if short * 2 < long {
            continue;
        }
        let mut similarity = strsim::normalized_damerau_levenshtein(&plain, &other);
        // People often leave out the end of a long name.
        if plain.len() >= MIN_PREFIX && other.starts_with(&plain) {
            similarity += 0.3;
        }
        if similarity >= MIN_SIMILARITY && best.is_none_or(|(most, _)| similarity > most) {
            best = Some((similarity, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Finds suggestions for a limited number of names, because a document can have any number of mistakes.
pub(crate) struct Suggestions {
    left: usize,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self {
            left: MAX_SUGGESTIONS,
        }
    }
}

impl Suggestions {
    /// Like [`nearest`], but gives `None` after [`MAX_SUGGESTIONS`] calls.
    pub(crate) fn nearest<'c>(
        &mut self,
        name: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        self.left = self.left.checked_sub(1)?;
        nearest(name, candidates)
    }
}

fn simplify(name: &str) -> Option<String> {
    (name.len() <= MAX_LENGTH).then(|| {
        let letters = name.chars().filter(|it| !"_-. ".contains(*it));
        letters.flat_map(char::to_lowercase).collect()
    })
}
