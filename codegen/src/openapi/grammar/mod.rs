//! The objects of OpenAPI and their members: one table, which all walks and checks use.
//!
//! To find references, schemas or examples, one must know the meaning of each member: below `properties`, `example` is the
//! schema of a property; anywhere else it is data, and a `$ref` in data is not a reference. The table has the fixed members of
//! OpenAPI [3.0](https://spec.openapis.org/oas/v3.0.4.html), [3.1](https://spec.openapis.org/oas/v3.1.1.html) and
//! [3.2](https://spec.openapis.org/oas/v3.2.0.html), each with the first version that has it. Objects of Swagger 2.0 that differ are
//! kinds of their own.

mod members;
mod swagger;

use std::sync::LazyLock;

use serde_json::Value;

use super::methods;
use super::version::{DocumentKind, Version};
use crate::pointer::Pointer;
use members::KINDS;
pub(crate) use members::Kind;

/// A version of OpenAPI, to say which of them have a member or a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Since {
    V2_0,
    V3_0,
    V3_1,
    V3_2,
}

/// The value of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// An object of a kind.
    One(Kind),
    /// An array of objects of a kind.
    List(Kind),
    /// An object whose members are of a kind. The author of the document chooses their names.
    Map(Kind),
    /// A string.
    Text,
    /// An array of strings.
    Texts,
    /// `true` or `false`.
    Flag,
    /// Anything: examples, extensions, and members whose type depends on the version of OpenAPI.
    Data,
}

/// A fixed member of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) holds: Holds,
    /// Whether the first version that has it requires it.
    is_required: bool,
    /// The first version that does not require it.
    optional_since: Option<Since>,
    since: Since,
}

impl Member {
    /// Whether documents of a version must have it.
    pub(crate) fn is_required_in(&self, version: Version) -> bool {
        let version = Since::from(version);
        self.is_required && self.optional_since.is_none_or(|first| version < first)
    }
}

impl From<Version> for Since {
    fn from(version: Version) -> Self {
        match version {
            Version::V2_0 => Self::V2_0,
            Version::V3_0 => Self::V3_0,
            Version::V3_1 => Self::V3_1,
            Version::V3_2 => Self::V3_2,
        }
    }
}

impl Kind {
    /// Every kind, in the order of the enum.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    /// The kind of a whole document: Swagger 2.0 has other objects than OpenAPI 3.
    pub(crate) fn root(document: &Value) -> Self {
        match DocumentKind::of(document) {
            DocumentKind::OpenApi(Version::V2_0) => Self::Swagger,
            _ => Self::Document,
        }
    }

    /// The section of `components` for nodes of this kind; in Swagger 2.0, the member of the document.
    pub(crate) fn section(self) -> Option<&'static str> {
        let holds = Holds::Map(self);
        let of_swagger = || Self::Swagger.members_that_hold(holds).next();
        let mut sections = Self::Components.members_that_hold(holds);
        sections.next().or_else(of_swagger)
    }

    /// The place of the components of this kind, e.g. `/components/schemas`; in Swagger 2.0, e.g. `/definitions`.
    pub(crate) fn home(self) -> Option<Pointer> {
        let section = self.section()?;
        Some(match Self::Swagger.member(section) {
            Some(holds) if holds == Holds::Map(self) => Pointer::from_tokens([section]),
            _ => Pointer::from_tokens(["components", section]),
        })
    }

    /// The place of the schemas of a document of this kind.
    pub(crate) fn schemas(self) -> Pointer {
        let kind = Self::Schema.within(self);
        kind.home().expect("schemas can be components")
    }

    /// What a document of the kind `root` has for this kind: Swagger 2.0 has its own.
    pub(crate) fn within(self, root: Self) -> Self {
        match self {
            _ if root != Self::Swagger => self,
            Self::Operation => Self::SwaggerOperation,
            Self::PathItem => Self::SwaggerPathItem,
            Self::Schema => Self::SwaggerSchema,
            Self::SecurityScheme => Self::SwaggerSecurityScheme,
            other => other,
        }
    }

    /// The sections of a document of this kind for nodes that others can refer to, each with its place.
    pub(crate) fn homes(self) -> impl Iterator<Item = (Pointer, &'static Member)> {
        let (home, kind) = match self {
            Self::Swagger => (Pointer::root(), Self::Swagger),
            _ => (Pointer::root().join("components"), Self::Components),
        };
        let maps = kind.members();
        let maps = maps.filter(|member| matches!(member.holds, Holds::Map(_)));
        maps.map(move |member| (home.join(member.name), member))
    }

    /// Whether nodes of this kind can be components in every version that has them.
    pub(crate) fn is_component_since_3_0(self) -> bool {
        if Self::Swagger
            .members_that_hold(Holds::Map(self))
            .next()
            .is_some()
        {
            return true;
        }
        let sections = Self::Components.all_members().iter();
        let mut first = sections.filter(|section| section.since == Since::V3_0);
        first.any(|section| section.holds == Holds::Map(self))
    }

    /// The name of the kind in messages.
    pub(crate) fn name(self) -> &'static str {
        KINDS[self as usize].1
    }

    /// `an operation`, `a parameter`.
    pub(crate) fn with_article(self) -> String {
        let noun = self.name();
        let is_vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u', 'O', 'X']);
        format!("{} {noun}", if is_vowel { "an" } else { "a" })
    }

    /// Its fixed members in all versions.
    fn all_members(self) -> &'static [Member] {
        KINDS[self as usize].2
    }

    /// Its fixed members. The methods of a path item are not among them.
    pub(crate) fn members(self) -> impl Iterator<Item = &'static Member> {
        self.all_members().iter()
    }

    /// The names of the fixed members with such a value.
    pub(crate) fn members_that_hold(self, holds: Holds) -> impl Iterator<Item = &'static str> {
        let members = self.members().filter(move |member| member.holds == holds);
        members.map(|member| member.name)
    }

    /// The names of its members, except those that the author of the document chooses.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        let has_methods = matches!(self, Self::PathItem | Self::SwaggerPathItem);
        let methods = has_methods.then(methods::names);
        let methods = methods.into_iter().flatten();
        let is_known = move |name: &&str| self == Self::PathItem || methods::is_of_swagger(name);
        let methods = methods.filter(is_known);
        self.members().map(|member| member.name).chain(methods)
    }

    /// The value of the member with this name in any version; `None` if the kind has no such member.
    pub(crate) fn member(self, name: &str) -> Option<Holds> {
        let mut fixed = BY_NAME[self as usize][slot(name)].iter();
        if let Some((_, holds)) = fixed.find(|(other, _)| *other == name) {
            return Some(*holds);
        }
        match name {
            "$ref" => Some(Holds::Text),
            _ if name.starts_with("x-") => Some(Holds::Data),
            _ if self.is_other(name) && self.others().is_some() => self.others(),
            // Documents of Swagger 2.0 also have newer members.
            _ => Some(self.successor()?.member(name)?.in_swagger()),
        }
    }

    /// What OpenAPI 3 has for an object of Swagger 2.0 with fixed members.
    fn successor(self) -> Option<Self> {
        Some(match self {
            Self::Swagger => Self::Document,
            Self::SwaggerHeader => Self::Header,
            Self::SwaggerOperation => Self::Operation,
            Self::SwaggerParameter => Self::Parameter,
            Self::SwaggerPathItem => Self::PathItem,
            Self::SwaggerResponse => Self::Response,
            Self::SwaggerSchema => Self::Schema,
            Self::SwaggerSecurityScheme => Self::SecurityScheme,
            _ => return None,
        })
    }

    /// Whether only OpenAPI 3 has this member of an object of Swagger 2.0.
    pub(crate) fn is_newer(self, name: &str) -> bool {
        let is_known = || self.names().any(|known| known == name);
        let is_free = name == "$ref" || name.starts_with("x-");
        self.successor().is_some() && !is_free && !is_known() && self.member(name).is_some()
    }

    /// The value of the members that are not fixed: those whose names the author chooses, and the methods of a path item.
    pub(crate) fn others(self) -> Option<Holds> {
        match self {
            Self::Callback | Self::Paths => Some(Holds::One(Self::PathItem)),
            Self::PathItem => Some(Holds::One(Self::Operation)),
            Self::Responses => Some(Holds::One(Self::Response)),
            Self::SwaggerPaths => Some(Holds::One(Self::SwaggerPathItem)),
            Self::SwaggerPathItem => Some(Holds::One(Self::SwaggerOperation)),
            Self::SwaggerResponses => Some(Holds::One(Self::SwaggerResponse)),
            Self::SecurityRequirement => Some(Holds::Texts),
            _ => None,
        }
    }

    /// Whether a member that is not fixed is one of [`Kind::others`].
    pub(crate) fn is_other(self, name: &str) -> bool {
        if matches!(self, Self::PathItem | Self::SwaggerPathItem) {
            methods::is_method(name)
        } else {
            !name.starts_with("x-")
        }
    }
}

/// A fixed member as [`BY_NAME`] has it.
type Named = (&'static str, Holds);

/// The fixed members of each kind, by the [`slot`] of their names. Walks look up every member of every node.
static BY_NAME: LazyLock<Vec<[Vec<Named>; SLOTS]>> = LazyLock::new(|| {
    let by_name = |kind: Kind| {
        let mut slots = [const { Vec::new() }; SLOTS];
        for member in kind.members() {
            slots[slot(member.name)].push((member.name, member.holds));
        }
        slots
    };
    Kind::all().map(by_name).collect()
});

const SLOTS: usize = 64;

/// A number below [`SLOTS`] from the length and the first byte of a name, in which few members of a kind agree.
fn slot(name: &str) -> usize {
    let first = name.bytes().next().unwrap_or_default();
    (name.len() + 31 * usize::from(first)) % SLOTS
}

impl Holds {
    /// What the place of a pointer holds in a document of the kind `root`; data if OpenAPI does not define the place.
    pub(crate) fn at(root: Kind, place: &Pointer) -> Self {
        place
            .tokens()
            .fold(Self::One(root), |holds, token| match holds {
                Self::One(kind) => kind.member(&token).unwrap_or(Self::Data),
                Self::List(kind) | Self::Map(kind) => Self::One(kind),
                _ => Self::Data,
            })
    }

    /// The same with the schemas of Swagger 2.0.
    fn in_swagger(self) -> Self {
        match self {
            Self::One(Kind::Schema) => Self::One(Kind::SwaggerSchema),
            Self::List(Kind::Schema) => Self::List(Kind::SwaggerSchema),
            Self::Map(Kind::Schema) => Self::Map(Kind::SwaggerSchema),
            other => other,
        }
    }

    /// The kind of the object, or of those in the array or the map.
    pub(crate) fn kind(self) -> Option<Kind> {
        match self {
            Self::One(kind) | Self::List(kind) | Self::Map(kind) => Some(kind),
            Self::Text | Self::Texts | Self::Flag | Self::Data => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_every_version_are_known() {
        assert_eq!(
            Kind::PathItem.member("query"),
            Some(Holds::One(Kind::Operation))
        );
        assert_eq!(Kind::Tag.member("summary"), Some(Holds::Text));
        assert_eq!(
            Kind::Components.member("mediaTypes"),
            Some(Holds::Map(Kind::MediaType))
        );
    }
}
