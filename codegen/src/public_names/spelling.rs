//! The usual spelling of the names in a document.

use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// A spelling of names. A name in Rust has one form in each, so no two properties in the same spelling want the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    Camel,
    Snake,
    Pascal,
    Kebab,
    Shouty,
}

impl Spelling {
    const ALL: [Self; 5] = [
        Self::Camel,
        Self::Snake,
        Self::Pascal,
        Self::Kebab,
        Self::Shouty,
    ];

    /// Its name, spelled as it says.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Camel => "camelCase",
            Self::Snake => "snake_case",
            Self::Pascal => "PascalCase",
            Self::Kebab => "kebab-case",
            Self::Shouty => "SCREAMING_SNAKE_CASE",
        }
    }

    pub(super) fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The names of all spellings, for messages.
    pub(super) fn names() -> String {
        Self::ALL.map(|it| format!("`{}`", it.name())).join(", ")
    }

    /// Whether a name of the document is spelled so, for something with this name in Rust.
    pub(crate) fn is_of(self, name: &str, rust: &str) -> bool {
        name == match self {
            Self::Camel => rust.to_lower_camel_case(),
            Self::Snake => rust.to_snake_case(),
            Self::Pascal => rust.to_pascal_case(),
            Self::Kebab => rust.to_kebab_case(),
            Self::Shouty => rust.to_shouty_snake_case(),
        }
    }

    /// The spelling of most of the names, each given with its name in Rust.
    pub(crate) fn most<'n>(names: impl IntoIterator<Item = (&'n str, String)>) -> Self {
        let mut counts = [0; Self::ALL.len()];
        for (name, rust) in names {
            for (count, spelling) in counts.iter_mut().zip(Self::ALL) {
                *count += usize::from(spelling.is_of(name, &rust));
            }
        }
        let counted = counts.into_iter().zip(Self::ALL).rev();
        // Of equal counts, the first.
        counted
            .max_by_key(|(count, _)| *count)
            .map_or(Self::Camel, |(_, spelling)| spelling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spelling_of_most_names_is_the_usual_one() {
        let of = |names: &[&'static str]| {
            Spelling::most(names.iter().map(|name| (*name, name.to_snake_case())))
        };
        assert_eq!(of(&["petId", "owner", "pet_name"]), Spelling::Camel);
        assert_eq!(
            of(&["pet_id", "owner", "petName", "pet_name"]),
            Spelling::Snake
        );
        assert_eq!(of(&["PET_ID", "OWNER"]), Spelling::Shouty);
        assert_eq!(of(&[]), Spelling::Camel);
    }

    #[test]
    fn every_spelling_is_found_by_its_name() {
        for spelling in Spelling::ALL {
            assert_eq!(Spelling::find(spelling.name()), Some(spelling));
        }
    }
}
