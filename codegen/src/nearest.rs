//! What somebody may have meant: the name that is most like one that is not there.

/// Names that are compared with one word; a document can have many thousands.
const MOST: usize = 5_000;

/// Longer names are not compared: the time grows with their product.
const LONGEST: usize = 100;

/// How alike two names must be, from 0 to 1.
const ALIKE: f64 = 0.6;

/// A shorter word is the beginning of too many names.
const SHORTEST_BEGINNING: usize = 4;

/// Words of one document for which a name is looked for. Who has mended these will run the command again.
const WORDS: usize = 50;

/// The candidate most like a word; `None` when none is much like it. Case and what parts words count
/// for nothing: they are what people mistake.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let plain = simplify(word)?;
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates.into_iter().take(MOST) {
        let Some(other) = simplify(candidate) else {
            continue;
        };
        // One that is much longer cannot be like it.
        let (short, long) = (plain.len().min(other.len()), plain.len().max(other.len()));
        if short * 2 < long {
            continue;
        }
        let mut likeness = strsim::normalized_damerau_levenshtein(&plain, &other);
        // People leave off the ends of long names.
        if plain.len() >= SHORTEST_BEGINNING && other.starts_with(&plain) {
            likeness += 0.3;
        }
        if likeness >= ALIKE && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Looks for names while there is time for it: a document can hold any number of mistakes.
pub(crate) struct Suggestions {
    left: usize,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { left: WORDS }
    }
}

impl Suggestions {
    /// As [`nearest`], for the first words only.
    pub(crate) fn nearest<'c>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        self.left = self.left.checked_sub(1)?;
        nearest(word, candidates)
    }
}

fn simplify(word: &str) -> Option<String> {
    (word.len() <= LONGEST).then(|| {
        let letters = word.chars().filter(|it| !"_-. ".contains(*it));
        letters.flat_map(char::to_lowercase).collect()
    })
}
