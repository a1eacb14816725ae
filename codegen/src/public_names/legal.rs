//! Which names Rust accepts for each kind of item.

use super::Kind;

/// What is wrong with a name; `None` if Rust accepts it for an item of this kind.
pub(super) fn fault(kind: Kind, name: &str) -> Option<&'static str> {
    let is_spelled = match kind {
        Kind::Variants if name == "Self_" => true,
        Kind::Types | Kind::Requests | Kind::Variants => is_upper_camel(name),
        Kind::Constants => is_shouty(name),
        Kind::Operations | Kind::Fields | Kind::Parameters | Kind::Setters => is_snake(name),
    };
    if !is_spelled {
        return Some(match kind {
            Kind::Types | Kind::Requests | Kind::Variants => {
                "is not a name in `UpperCamelCase` with ASCII letters and digits"
            }
            Kind::Constants => "is not a name in `SCREAMING_SNAKE_CASE`",
            _ => "is not a name in `snake_case` with ASCII letters and digits",
        });
    }
    let is_soft_keyword = matches!(name, "gen" | "raw" | "union");
    if is_soft_keyword || syn::parse_str::<syn::Ident>(name).is_err() {
        return Some("is a keyword of Rust");
    }
    match kind {
        Kind::Variants if name == "Unknown" => {
            Some("is the variant for values that are not listed")
        }
        Kind::Types | Kind::Requests if PRELUDE.contains(&name) => {
            Some("is a name that the generated code uses itself")
        }
        _ => None,
    }
}

/// Names that Rust has everywhere, and that the tables of types use.
const PRELUDE: &[&str] = &[
    "Box", "Default", "Err", "From", "Into", "None", "Ok", "Option", "Result", "Some", "String",
    "Vec",
];

fn is_upper_camel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_shouty(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

fn is_snake(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && !name.contains("__")
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_rust_wants_and_are_no_keywords() {
        let legal = [
            (Kind::Types, "PetStatus"),
            (Kind::Types, "AS2Record"),
            (Kind::Fields, "type_"),
            (Kind::Operations, "get_pet_2"),
            (Kind::Constants, "GET_PET"),
        ];
        for (kind, name) in legal {
            assert_eq!(fault(kind, name), None, "{name}");
        }
        let illegal = [
            (Kind::Types, "pet"),
            (Kind::Types, "Pet_Status"),
            (Kind::Types, "Größe"),
            (Kind::Types, "Self"),
            (Kind::Types, "Option"),
            (Kind::Variants, "Unknown"),
            (Kind::Fields, "type"),
            (Kind::Fields, "self"),
            (Kind::Fields, "petId"),
            (Kind::Fields, "a__b"),
            (Kind::Operations, ""),
            (Kind::Operations, "_"),
            (Kind::Constants, "get_pet"),
        ];
        for (kind, name) in illegal {
            assert!(fault(kind, name).is_some(), "{name}");
        }
    }
}
