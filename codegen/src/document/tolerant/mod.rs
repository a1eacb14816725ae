//! Repairs YAML that common readers accept, although the specification does not allow it.
//!
//! libyaml, js-yaml and `PyYAML` are more tolerant than the parser that we use, and people write what their own reader takes. This
//! module looks at a text that the parser has refused. It knows where quoted strings, flow collections, block scalars and plain
//! scalars begin and end, and nothing else. It only adds spaces, and only where a space has no meaning: at the beginning of a line
//! inside a flow collection or a quoted string, and before a `#` that follows a quote or a bracket. Thus the value of the text does
//! not change, and each place in the repaired text has one in the original.

mod scanner;

use super::Fault;
use scanner::Scanner;

/// A repaired text.
pub(super) struct Repaired {
    pub(super) text: String,
    /// One warning for each scalar or collection that was repaired, at its place in the original text.
    pub(super) faults: Vec<Fault>,
    added: Added,
}

/// The places where spaces were added.
#[derive(Default)]
struct Added(Vec<Addition>);

struct Addition {
    /// The byte of the original text before which the spaces are.
    original: usize,
    /// The byte of the repaired text that follows the spaces.
    repaired: usize,
}

impl Repaired {
    /// The byte of the original text for a byte of the repaired one.
    pub(super) fn original(&self, repaired: usize) -> usize {
        let next = (self.added.0).partition_point(|it| it.original_is_before(repaired));
        match next.checked_sub(1).map(|last| &self.added.0[last]) {
            Some(last) => last.original + repaired.saturating_sub(last.repaired),
            None => match self.added.0.first() {
                Some(first) => repaired.min(first.original),
                None => repaired,
            },
        }
    }
}

impl Addition {
    fn original_is_before(&self, repaired: usize) -> bool {
        self.repaired <= repaired
    }
}

/// Repairs a text; `None` if there is nothing that this module can repair.
pub(super) fn repair(text: &str) -> Option<Repaired> {
    let mut scanner = Scanner::read(text);
    if scanner.added.0.is_empty() || scanner.is_open {
        return None;
    }
    scanner.out.push_str(&text[scanner.copied..]);
    Some(Repaired {
        text: scanner.out,
        faults: scanner.faults,
        added: scanner.added,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_of_a_repaired_text_has_one_in_the_original() {
        let text = "a:\n  b: 'one\n\ntwo'#c\n  d: {\n  e: 'f'\n  }\n  g: h\n";
        let repaired = repair(text).unwrap();
        let expected = "a:\n  b: 'one\n\n   two' #c\n  d: {\n   e: 'f'\n   }\n  g: h\n";
        assert_eq!(repaired.text, expected);
        for part in ["a:", "b:", "two", "#c", "d:", "e:", "f", "}", "g:", "h\n"] {
            let place = repaired.original(repaired.text.find(part).unwrap());
            assert_eq!(Some(place), text.find(part), "{part}");
        }
        assert_eq!(repaired.original(repaired.text.len()), text.len());
        let places: Vec<usize> = repaired.faults.iter().map(|fault| fault.offset).collect();
        let expected = ["two", "#c", "e:"].map(|part| text.find(part).unwrap());
        assert_eq!(places, expected);
    }

    #[test]
    fn only_spaces_without_a_meaning_are_added() {
        for text in [
            "a: |\n 'x\n {\nb: it's\n  'x\nc: d # 'e\nf: x#y\n",
            "- a: >\n    [\n- 'b'\n- - |\n   '\n  - c\n",
            "a: {b: it's, c: 'd'}\n",
            "--- 'a'\n...\n",
        ] {
            assert!(repair(text).is_none(), "{text}");
        }
    }
}
