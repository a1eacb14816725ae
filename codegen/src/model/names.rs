//! Turns the names of documents into Rust identifiers: in the case that Rust uses, never a keyword, each only once.

use std::collections::{HashMap, HashSet};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use super::response::Statuses;

/// The identifiers of one scope. Each is given only once.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: HashSet<String>,
    /// The last number that was added to a wanted name.
    numbers: HashMap<String, usize>,
}

impl Scope {
    /// A scope in which some names are taken.
    pub(crate) fn with<'n>(taken: impl IntoIterator<Item = &'n str>) -> Self {
        Self {
            taken: taken.into_iter().map(str::to_owned).collect(),
            numbers: HashMap::new(),
        }
    }

    /// The wanted identifier, or the first free one that counts up from it.
    pub(crate) fn claim(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let separator = if wanted.chars().any(char::is_lowercase) && !is_camel(wanted) {
            "_"
        } else {
            ""
        };
        let number = self.numbers.entry(wanted.to_owned()).or_insert(1);
        let free = loop {
            *number += 1;
            let name = format!("{}{separator}{number}", wanted.trim_end_matches('_'));
            if !self.taken.contains(&name) {
                break name;
            }
        };
        self.taken.insert(free.clone());
        free
    }

    /// Takes the identifier as it is; `false` if it is taken.
    pub(crate) fn claim_exactly(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Whether an identifier is given already.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.contains(name)
    }
}

fn is_camel(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// A type or an enum variant: `UpperCamelCase`.
pub(crate) fn type_name(name: &str) -> String {
    let spelled = words(name).to_upper_camel_case();
    match spelled.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{spelled}"),
        // `Self`, and the names that generated code uses.
        Some(_) if PRELUDE.contains(&spelled.as_str()) => format!("{spelled}Type"),
        Some(_) => spelled,
    }
}

/// A variant of an enum: as [`type_name`], but names that only types must avoid are allowed.
pub(crate) fn variant_name(name: &str) -> String {
    let spelled = words(name).to_upper_camel_case();
    match spelled.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{spelled}"),
        Some(_) if spelled == "Self" => "Self_".to_owned(),
        Some(_) => spelled,
    }
}

/// A name in `UpperCamelCase` without the words with which `other` begins too. It stays whole if nothing is left that is a name.
pub(crate) fn without_first_words_of(other: &str, name: &str) -> String {
    let (other, words) = (words(other).to_snake_case(), name.to_snake_case());
    let other = other.split('_');
    let same = other
        .zip(words.split('_'))
        .take_while(|(one, it)| one == it);
    let same = same.count();
    let rest: Vec<&str> = words.split('_').skip(same).collect();
    let short = rest.join("_").to_upper_camel_case();
    let is_name = short.starts_with(|first: char| first.is_ascii_alphabetic());
    if same > 0 && is_name && short != "Self" {
        short
    } else {
        name.to_owned()
    }
}

/// A field, a function or an argument: `snake_case`.
pub(crate) fn value_name(name: &str) -> String {
    let spelled = words(name).to_snake_case();
    match spelled.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{spelled}"),
        Some(_) if is_keyword(&spelled) => format!("{spelled}_"),
        Some(_) => spelled,
    }
}

/// A constant: `SHOUTY_SNAKE_CASE`.
pub(crate) fn constant_name(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// The methods that every type has or may have, and what `clippy` takes for operators.
pub(crate) const TAKEN: &[&str] = &[
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "clone",
    "clone_from",
    "default",
    "deserialize",
    "div",
    "eq",
    "fmt",
    "from",
    "into",
    "mul",
    "ne",
    "new",
    "rem",
    "serialize",
    "shl",
    "shr",
    "sub",
    "to_owned",
    "try_from",
    "try_into",
];

/// The setter of a field or argument. It must not hide a method that every type has, and `clippy` must not take it for an
/// operator.
pub(crate) fn setter_name(ident: &str) -> String {
    if TAKEN.contains(&ident) {
        format!("with_{ident}")
    } else {
        ident.to_owned()
    }
}

/// The method that sets a field to `null`.
pub(crate) fn clearer_name(ident: &str) -> String {
    format!("clear_{ident}")
}

/// The variant of a response. A status has the name of its reason phrase, if one is registered.
pub(crate) fn response_variant(statuses: Statuses) -> String {
    match statuses {
        Statuses::One(status) => {
            let known = http::StatusCode::from_u16(status).ok();
            let reason = known.and_then(|status| status.canonical_reason());
            reason.map_or_else(|| format!("Status{status}"), variant_name)
        }
        Statuses::Range(1) => "Informational".to_owned(),
        Statuses::Range(2) => "Success".to_owned(),
        Statuses::Range(3) => "Redirection".to_owned(),
        Statuses::Range(4) => "ClientError".to_owned(),
        Statuses::Range(5) => "ServerError".to_owned(),
        Statuses::Range(other) => format!("Status{other}xx"),
        Statuses::Default => "Other".to_owned(),
    }
}

/// The name in ASCII letters and digits, with spaces between its words. A character such as `+` becomes a word if the name begins
/// with it or contains nothing else: `+1` and `-1`, `>` and `>=` are names in real documents.
fn words(name: &str) -> String {
    let ascii = deunicode::deunicode(name);
    let bare = !ascii.contains(|character: char| character.is_ascii_alphanumeric());
    // `StartTime<` and `StartTime>=` differ in their ends.
    let end = ascii.trim_end_matches(['<', '>', '=', '!']).len();
    let mut words = String::with_capacity(ascii.len());
    for (index, character) in ascii.chars().enumerate() {
        if character.is_ascii_alphanumeric() {
            words.push(character);
            continue;
        }
        words.push(' ');
        if bare
            || index >= end
            || (index == 0 && matches!(character, '+' | '-' | '<' | '>' | '!' | '*'))
        {
            words.push_str(sign(character));
            words.push(' ');
        }
    }
    words
}

fn sign(character: char) -> &'static str {
    match character {
        '+' => "plus",
        '-' => "minus",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '*' => "star",
        '/' => "slash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '^' => "caret",
        '~' => "tilde",
        '?' => "question",
        '_' => "underscore",
        '\\' => "backslash",
        '"' => "quote",
        '\'' => "apostrophe",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        _ => "",
    }
}

/// The names of the prelude that generated code uses, and `New`: Clippy takes its constructor for a name of the type.
const PRELUDE: &[&str] = &[
    "Box", "Default", "Err", "From", "Into", "New", "None", "Ok", "Option", "Result", "Self",
    "Some", "String", "Vec",
];

fn is_keyword(name: &str) -> bool {
    /// The length of `abstract` and `continue`.
    const LONGEST: usize = 8;
    // `syn` refuses the keywords of every edition as identifiers.
    let is_refused = || syn::parse_str::<syn::Ident>(name).is_err();
    (name.len() <= LONGEST && is_refused()) || matches!(name, "gen" | "union" | "raw")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_snake_case_and_no_keywords() {
        let names = [
            "@type",
            "componentId",
            "2fa",
            "",
            "+1",
            "-1",
            "Größe",
            "fn",
            "self",
            "a.b[c]",
            "size<",
            "size>=",
            "名前",
        ];
        let spelled = names.map(value_name);
        assert_eq!(
            spelled,
            [
                "type_",
                "component_id",
                "n2fa",
                "empty",
                "plus_1",
                "minus_1",
                "grosse",
                "fn_",
                "self_",
                "a_b_c",
                "size_less",
                "size_greater_equal",
                "ming_qian"
            ]
        );
    }

    #[test]
    fn types_are_camel_case_and_leave_the_prelude_alone() {
        let names = [
            "pet-status",
            "Option",
            "3DSecure",
            "",
            "IN_PROGRESS",
            "self",
        ];
        let spelled = names.map(type_name);
        assert_eq!(
            spelled,
            [
                "PetStatus",
                "OptionType",
                "N3dSecure",
                "Empty",
                "InProgress",
                "SelfType"
            ]
        );
    }

    #[test]
    fn the_first_words_of_another_name_are_left_out() {
        let short = [
            ("AccountExpression", "AccountSimpleExpression"),
            ("AS2RecordExpression", "As2RecordGroupingExpression"),
            ("Pet", "Petunia"),
            ("Pet", "PetCat"),
            ("PetList", "Pet"),
            ("Key", "Key2"),
            ("Key", "KeySelf"),
            ("Pet", "Cat"),
        ]
        .map(|(other, name)| without_first_words_of(other, name));
        assert_eq!(
            short,
            [
                "SimpleExpression",
                "GroupingExpression",
                "Petunia",
                "Cat",
                "Pet",
                "Key2",
                "KeySelf",
                "Cat"
            ]
        );
    }

    #[test]
    fn signs_that_are_the_whole_name_are_spelled_out() {
        let names = [">", ">=", "<", "!=", "asc", "ASC", "*"];
        let mut scope = Scope::default();
        let spelled = names.map(|name| scope.claim(&variant_name(name)));
        assert_eq!(
            spelled,
            [
                "Greater",
                "GreaterEqual",
                "Less",
                "NotEqual",
                "Asc",
                "Asc2",
                "Star"
            ]
        );
    }

    #[test]
    fn no_two_statuses_have_the_same_variant() {
        let ranges = (1..=9).map(Statuses::Range);
        let all = (100..1000).map(Statuses::One).chain(ranges);
        let all: Vec<Statuses> = all.chain([Statuses::Default]).collect();
        let variants: HashSet<String> = all.iter().map(|it| response_variant(*it)).collect();
        assert_eq!(variants.len(), all.len());
    }

    #[test]
    fn a_scope_gives_each_name_once() {
        let mut scope = Scope::with(["send"]);
        let claimed = ["send", "send", "id", "send_2"].map(|name| scope.claim(name));
        assert_eq!(claimed, ["send_2", "send_3", "id", "send_2_2"]);
    }
}
