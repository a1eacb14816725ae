//! What stands where in an OpenAPI document: one table, which walks and checks follow.
//!
//! Whoever looks for references, schemas or examples needs to know what a member is: `example` below `properties` is a
//! schema of that name, anywhere else it is data, and a `$ref` in data is a string. The table has the fixed members of OpenAPI
//! [3.0](https://spec.openapis.org/oas/v3.0.4.html) and [3.1](https://spec.openapis.org/oas/v3.1.1.html) in one, and says
//! of each with which version it came.

mod members;

use std::sync::LazyLock;

use super::methods;
use members::KINDS;

/// The version of OpenAPI that a member or a method came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Since {
    V3_0,
    V3_1,
    V3_2,
}

impl Since {
    /// Whether one of the versions that are understood has it. What is newer is not read: it is like a member that OpenAPI
    /// does not know.
    pub(crate) fn is_understood(self) -> bool {
        self <= Self::V3_1
    }
}

/// The objects of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Callback,
    Components,
    Contact,
    Discriminator,
    Document,
    Encoding,
    Example,
    ExternalDocs,
    Header,
    Info,
    Licence,
    Link,
    MediaType,
    OAuthFlow,
    OAuthFlows,
    Operation,
    Parameter,
    PathItem,
    Paths,
    RequestBody,
    Response,
    Responses,
    Schema,
    SecurityRequirement,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
    Xml,
}

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// An object of a kind.
    One(Kind),
    /// A list of them.
    List(Kind),
    /// An object whose members are of a kind; their names are the author's.
    Map(Kind),
    /// A string.
    Text,
    /// A list of strings.
    Texts,
    /// `true` or `false`.
    Flag,
    /// Anything: examples, extensions, and what the versions of OpenAPI write differently.
    Data,
}

/// A fixed member of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) holds: Holds,
    /// Whether it must be there in every version.
    pub(crate) is_required: bool,
    since: Since,
}

impl Kind {
    /// Every kind, in the order of their numbers.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    /// The section of `components` that holds nodes of this kind.
    pub(crate) fn section(self) -> Option<&'static str> {
        Self::Components.members_that_hold(Holds::Map(self)).next()
    }

    /// Whether nodes of this kind can be components in every version.
    pub(crate) fn is_component_since_3_0(self) -> bool {
        let sections = Self::Components.all_members().iter();
        let mut first = sections.filter(|section| section.since == Since::V3_0);
        first.any(|section| section.holds == Holds::Map(self))
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        KINDS[self as usize].1
    }

    /// Its fixed members, of every version.
    fn all_members(self) -> &'static [Member] {
        KINDS[self as usize].2
    }

    /// Its fixed members, beside the methods of a path item.
    pub(crate) fn members(self) -> impl Iterator<Item = &'static Member> {
        let members = self.all_members().iter();
        members.filter(|member| member.since.is_understood())
    }

    /// The names of the fixed members that hold this.
    pub(crate) fn members_that_hold(self, holds: Holds) -> impl Iterator<Item = &'static str> {
        let members = self.members().filter(move |member| member.holds == holds);
        members.map(|member| member.name)
    }

    /// The names that members of it have, but for those that are the author's.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        let methods = (self == Self::PathItem).then(methods::names);
        let methods = methods.into_iter().flatten();
        self.members().map(|member| member.name).chain(methods)
    }

    /// What a member of this name holds; `None` when the kind has no such member.
    pub(crate) fn member(self, name: &str) -> Option<Holds> {
        let mut fixed = BY_NAME[self as usize][slot(name)].iter();
        if let Some((_, holds)) = fixed.find(|(other, _)| *other == name) {
            return Some(*holds);
        }
        match name {
            "$ref" => Some(Holds::Text),
            _ if name.starts_with("x-") => Some(Holds::Data),
            _ => self.others().filter(|_| self.is_other(name)),
        }
    }

    /// What the members hold that are not fixed: those whose names are the author's, and the methods of a path item.
    pub(crate) fn others(self) -> Option<Holds> {
        match self {
            Self::Callback | Self::Paths => Some(Holds::One(Self::PathItem)),
            Self::PathItem => Some(Holds::One(Self::Operation)),
            Self::Responses => Some(Holds::One(Self::Response)),
            Self::SecurityRequirement => Some(Holds::Texts),
            _ => None,
        }
    }

    /// Whether a member that is not fixed is one of [`Kind::others`].
    pub(crate) fn is_other(self, name: &str) -> bool {
        if self == Self::PathItem {
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
    /// The kind of the object, or of those in the list or the map.
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
    fn kinds_are_numbered_in_their_order() {
        for (number, kind) in Kind::all().enumerate() {
            assert_eq!(kind as usize, number, "{}", kind.name());
        }
    }

    #[test]
    fn what_no_understood_version_has_is_not_known() {
        assert_eq!(
            Kind::PathItem.member("get"),
            Some(Holds::One(Kind::Operation))
        );
        assert_eq!(Kind::PathItem.member("query"), None);
        assert_eq!(Kind::Info.member("summary"), Some(Holds::Text));
        assert_eq!(Kind::Tag.member("summary"), None);
    }
}
