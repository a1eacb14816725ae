//! Rules: a kind of change, with its verdicts.

use std::fmt;

use super::change::Direction;

/// A kind of change, and what it means for the users of a client.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, e.g. `request-property-added`. `cargo xtask explain` has a page for each.
    pub id: &'static str,
    /// What changed, as a sentence without a subject: "A property that may be left out was added."
    pub about: &'static str,
    /// What the change is in; `None` if it is in neither requests nor responses alone.
    pub direction: Option<Direction>,
    /// Whether code that uses the generated client must change.
    pub rust: RustEffect,
    /// What happens between a client that is already in use and the changed server.
    pub deployed: Effect,
    /// What happens between a client that is generated now and a server that has not changed yet.
    pub new: Effect,
    /// The bump of the version of a client that the change needs.
    pub bump: Bump,
    /// The rule for the other direction.
    pub mirror: Mirror,
    /// How the author of a client can spare its users the change.
    pub avoid: Option<&'static str>,
}

/// What a change does on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing that a user can see.
    Nothing,
    /// Something that does not fail: "its value is ignored".
    Harmless(&'static str),
    /// A call may fail, which depends on its values: "may be refused".
    Risk(&'static str),
    /// Calls fail, or data is lost: "is refused".
    Break(&'static str),
}

/// What a change does to the generated Rust API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RustEffect {
    /// Nothing, or only its documentation changes.
    Nothing,
    /// There are more items.
    Addition,
    /// An item is gone or has another type.
    Break,
    /// It depends on the change: the changes of the Rust API say it.
    Depends,
}

/// The part of a version that must grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// None.
    None,
    /// The last: nothing that a user writes or runs changes.
    Patch,
    /// The middle: there is more to use.
    Minor,
    /// The first: users must change something, or calls fail.
    Major,
}

/// The rule for the same change in the other direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mirror {
    /// The rule with this id.
    Rule(&'static str),
    /// There is none, for this reason.
    None(&'static str),
}

impl Effect {
    /// Whether calls fail or data is lost.
    #[must_use]
    pub fn is_break(self) -> bool {
        matches!(self, Self::Break(_))
    }

    /// Whether calls may fail.
    #[must_use]
    pub fn is_risk(self) -> bool {
        matches!(self, Self::Risk(_) | Self::Break(_))
    }

    /// What happens, as the end of a sentence: "may be refused".
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Harmless(text) | Self::Risk(text) | Self::Break(text) => text,
        }
    }

    /// The name of its kind in reports for scripts.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Harmless(_) => "harmless",
            Self::Risk(_) => "risk",
            Self::Break(_) => "break",
        }
    }
}

impl Rule {
    /// Whether users must act: calls fail, data is lost, or code does not compile.
    #[must_use]
    pub fn is_break(&self) -> bool {
        self.deployed.is_break() || self.new.is_break() || self.rust == RustEffect::Break
    }

    /// Finds the rule with this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        super::rules::RULES
            .iter()
            .copied()
            .find(|rule| rule.id == id)
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "NONE",
            Self::Patch => "PATCH",
            Self::Minor => "MINOR",
            Self::Major => "MAJOR",
        })
    }
}

/// The rules for one change in both directions.
#[derive(Debug)]
pub(super) struct Both {
    pub(super) request: &'static Rule,
    pub(super) response: &'static Rule,
}

impl Both {
    pub(super) fn of(&self, direction: Direction) -> &'static Rule {
        match direction {
            Direction::Request => self.request,
            Direction::Response => self.response,
        }
    }
}

/// How a rule is written in `rules`: it changes nothing unless it says so.
impl Rule {
    /// A rule for requests.
    pub(super) const fn request(id: &'static str, about: &'static str) -> Self {
        Self::new(id, about, Some(Direction::Request))
    }

    /// A rule for responses.
    pub(super) const fn response(id: &'static str, about: &'static str) -> Self {
        Self::new(id, about, Some(Direction::Response))
    }

    /// A rule for whole operations or the whole document.
    pub(super) const fn whole(id: &'static str, about: &'static str) -> Self {
        Self::new(id, about, None)
    }

    const fn new(id: &'static str, about: &'static str, direction: Option<Direction>) -> Self {
        Self {
            id,
            about,
            direction,
            rust: RustEffect::Nothing,
            deployed: Effect::Nothing,
            new: Effect::Nothing,
            bump: Bump::Patch,
            mirror: Mirror::None("it is about the operation, not about a direction"),
            avoid: None,
        }
    }

    pub(super) const fn rust(mut self, rust: RustEffect) -> Self {
        self.rust = rust;
        self
    }

    pub(super) const fn deployed(mut self, deployed: Effect) -> Self {
        self.deployed = deployed;
        self
    }

    pub(super) const fn new_client(mut self, new: Effect) -> Self {
        self.new = new;
        self
    }

    pub(super) const fn avoid(mut self, avoid: &'static str) -> Self {
        self.avoid = Some(avoid);
        self
    }

    pub(super) const fn bump(mut self, bump: Bump) -> Self {
        self.bump = bump;
        self
    }

    pub(super) const fn mirror(mut self, id: &'static str) -> Self {
        self.mirror = Mirror::Rule(id);
        self
    }

    pub(super) const fn without_mirror(mut self, why: &'static str) -> Self {
        self.mirror = Mirror::None(why);
        self
    }
}
