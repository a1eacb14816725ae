//! The public names of a client as state: what has a name, and its name in Rust.
//!
//! Most names depend on what else is in the document, because no two items may have the same. A file keeps them, so that an
//! addition to the document never changes the name of something else. The model takes the names of the file first and gives new
//! items names among those that are free; the result is the next file.
//!
//! The file lists every type and every operation. Of fields, values and parameters it lists only those that another one could
//! displace: one that is spelled as usual in the document always has its own name, see [`Spelling`].

mod key;
mod legal;
mod read;
mod spelling;

use std::fmt;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::document::{Document, to_yaml};
pub(crate) use key::key;
pub(crate) use spelling::Spelling;

/// The public names of a client: what has a name, and its name in Rust.
///
/// ```
/// use releasepack_codegen::{Document, PublicNames, Strictness, generate_with_names};
///
/// let text = "
/// openapi: 3.0.3
/// info: {title: Pets, version: '1'}
/// paths: {}
/// components: {schemas: {Pet: {type: object, properties: {kind: {type: string, enum: [CAT]}}}}}
/// ";
/// let document = Document::parse("pets.yaml", text.as_bytes()).unwrap().into();
/// let names = "types: {schemas/Pet/properties/kind: Species}";
/// let names = PublicNames::parse("names.yaml", names.as_bytes()).unwrap();
/// let generation = generate_with_names(&document, &names, Strictness::Strict, &mut |_| {}).unwrap();
/// assert!(generation.outline().contains("enum types::Species"));
/// assert!(generation.names.to_string().contains("  schemas/Pet: Pet\n"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct PublicNames {
    /// The file that they were read from.
    document: Option<Document>,
    /// How properties and parameters are usually spelled, and how the values of enums are.
    pub(crate) properties: Option<Spelling>,
    pub(crate) values: Option<Spelling>,
    /// The names of each kind: by the owner, which is empty for a kind without owners, and by the item.
    names: IndexMap<(Kind, String), Section>,
}

/// The names of items in their order.
pub(crate) type Section = IndexMap<String, String>;

/// What has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Types,
    /// The methods of the client.
    Operations,
    /// The types of requests that are not spelled like their methods.
    Requests,
    /// The constants of operations that are not spelled like the types of their requests.
    Constants,
    Fields,
    /// Of enums and unions.
    Variants,
    /// The arguments of operations.
    Parameters,
    /// The methods that set a field or a parameter and do not have its name.
    Setters,
}

impl Kind {
    /// All kinds, in the order of the file.
    const ALL: [Self; 8] = [
        Self::Types,
        Self::Operations,
        Self::Requests,
        Self::Constants,
        Self::Fields,
        Self::Variants,
        Self::Parameters,
        Self::Setters,
    ];

    /// The section of the file.
    const fn section(self) -> &'static str {
        match self {
            Self::Types => "types",
            Self::Operations => "operations",
            Self::Requests => "requests",
            Self::Constants => "constants",
            Self::Fields => "fields",
            Self::Variants => "variants",
            Self::Parameters => "parameters",
            Self::Setters => "setters",
        }
    }

    /// Whether its items belong to a type or an operation.
    const fn has_owners(self) -> bool {
        matches!(
            self,
            Self::Fields | Self::Variants | Self::Parameters | Self::Setters
        )
    }
}

impl PublicNames {
    /// The names of the items of an owner.
    pub(crate) fn of(&self, kind: Kind, owner: &str) -> Option<&Section> {
        self.names.get(&(kind, owner.to_owned()))
    }

    pub(crate) fn insert(&mut self, kind: Kind, owner: &str, item: &str, name: &str) {
        let section = self.names.entry((kind, owner.to_owned())).or_default();
        section.insert(item.to_owned(), name.to_owned());
    }

    /// The same names in the order of an older file. What that file does not have follows.
    #[must_use]
    pub(crate) fn in_order_of(mut self, old: &Self) -> Self {
        let order = |kind, owner: &str, item: &str| {
            let section = old.of(kind, owner);
            section
                .and_then(|it| it.get_index_of(item))
                .unwrap_or(usize::MAX)
        };
        for ((kind, owner), section) in &mut self.names {
            section.sort_by_cached_key(|item, _| order(*kind, owner, item));
        }
        let position = |it: &(Kind, String)| old.names.get_index_of(it).unwrap_or(usize::MAX);
        self.names.sort_by_cached_key(|it, _| position(it));
        self
    }

    /// The name of the file in diagnostics.
    pub(crate) fn file(&self) -> &str {
        self.document
            .as_ref()
            .map_or("names.yaml", |document| document.name())
    }
}

/// The comment at the beginning of the file.
const HEADER: &str = "\
# The public names of the client: what has a name, and its name in Rust. Generating adds new items and removes those that
# no longer exist; it never changes a name. To rename an item, change its name here; comments are not kept.
# Properties, parameters and values in the usual spelling always keep the name that this spelling gives them: they are not
# listed, except to rename them.
";

impl fmt::Display for PublicNames {
    /// The text of the file.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut file = Map::new();
        let spelling: Map<String, Value> =
            [("properties", self.properties), ("values", self.values)]
                .into_iter()
                .filter_map(|(of, spelling)| Some((of.to_owned(), spelling?.name().into())))
                .collect();
        if !spelling.is_empty() {
            file.insert("spelling".to_owned(), spelling.into());
        }
        for kind in Kind::ALL {
            let mut section = Map::new();
            for ((_, owner), names) in self.names.iter().filter(|((it, _), _)| *it == kind) {
                let names = names
                    .iter()
                    .map(|(item, name)| (item.clone(), Value::from(name.as_str())));
                if kind.has_owners() {
                    section.insert(owner.clone(), names.collect::<Map<_, _>>().into());
                } else {
                    section.extend(names);
                }
            }
            if !section.is_empty() {
                file.insert(kind.section().to_owned(), section.into());
            }
        }
        formatter.write_str(HEADER)?;
        formatter.write_str(&to_yaml(&file.into()))
    }
}
