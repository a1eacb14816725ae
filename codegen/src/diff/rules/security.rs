//! Credentials: which an operation needs, and how each is sent.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::diff::found::{Found, Note, Place};
use crate::diff::prose::without_prose;
use crate::diff::rule::{Effect, Rule};
use crate::diff::side::Side;
use crate::model::code_span;
use crate::openapi::reference::resolver;
use crate::pointer::Pointer;

pub(super) const CHANGED: Rule =
    Rule::whole("security-changed", "An operation needs other credentials.")
        .deployed(Effect::Risk("may be refused"));

pub(super) const SCHEME: Rule = Rule::whole(
    "security-scheme-changed",
    "Credentials are sent in another way.",
)
.deployed(Effect::Risk("may be refused"));

pub(super) const LOOSENED: Rule = Rule::whole(
    "security-loosened",
    "An operation accepts other or fewer credentials, beside those that it accepted.",
)
.new_client(Effect::Risk("may be refused if it sends fewer credentials"));

/// What an operation needs: one of these sets of credentials.
pub(super) struct Requirements(Vec<Vec<Credential>>);

/// A security scheme as an operation needs it.
struct Credential {
    name: String,
    scopes: Vec<String>,
    /// What the scheme is; `null` if there is none.
    scheme: Value,
}

impl Requirements {
    pub(super) fn of(side: &Side, operation: &Map<String, Value>) -> Self {
        let document = side.published();
        let requirements = operation
            .get("security")
            .or_else(|| document.get("security"));
        let requirements = requirements.and_then(Value::as_array);
        let sets = requirements
            .into_iter()
            .flatten()
            .filter_map(Value::as_object);
        let sets = sets.map(|names| {
            let credentials = names.iter().map(|(name, scopes)| {
                let scopes = scopes.as_array().into_iter().flatten();
                let mut scopes: Vec<String> = scopes.map(ToString::to_string).collect();
                scopes.sort();
                Credential {
                    scheme: scheme(side, name),
                    name: name.clone(),
                    scopes,
                }
            });
            let mut credentials: Vec<Credential> = credentials.collect();
            credentials.sort_by(|one, other| one.name.cmp(&other.name));
            credentials
        });
        Self(sets.collect())
    }

    /// What changed: `credentials key → token`. Names of schemes do not count, and a scheme that itself changed is told once, by
    /// [`schemes`].
    pub(super) fn difference(&self, new: &Self) -> Option<String> {
        let is_equal = self.by(Credential::meaning) == new.by(Credential::meaning);
        let is_known = self.is_known() && new.is_known();
        let is_named_alike =
            is_known && self.by(Credential::reference) == new.by(Credential::reference);
        let is_change = !is_equal && !is_named_alike;
        is_change.then(|| format!("credentials {} → {}", self.shown(), new.shown()))
    }

    /// Whether the credentials of every set are enough for one of the new sets.
    pub(super) fn are_enough_for(&self, new: &Self) -> bool {
        // Schemes that are alike are different credentials, unless one of them has got another name.
        let is_renamed = |given: &Credential, needed: &Credential| {
            !new.names(&given.name) && !self.names(&needed.name)
        };
        self.alternatives().iter().all(|old| {
            new.alternatives().iter().any(|new| {
                let is_given = |needed: &Credential| {
                    old.iter().any(|given| {
                        (given.name == needed.name || is_renamed(given, needed))
                            && given.is_enough_for(needed)
                    })
                };
                new.iter().all(is_given)
            })
        })
    }

    fn names(&self, name: &str) -> bool {
        self.0.iter().flatten().any(|it| it.name == name)
    }

    /// The sets. An operation without any needs no credentials, which is an empty set.
    fn alternatives(&self) -> Vec<&[Credential]> {
        if self.0.is_empty() {
            return vec![&[]];
        }
        self.0.iter().map(Vec::as_slice).collect()
    }

    /// The sets, in one order, each once.
    fn by(&self, of: fn(&Credential) -> String) -> Vec<Vec<String>> {
        let sorted = |set: &[Credential], of: fn(&Credential) -> String| {
            let mut set: Vec<String> = set.iter().map(of).collect();
            set.sort();
            set
        };
        let sets = self.0.iter();
        let sets = sets.map(|set| (sorted(set, Credential::reference), sorted(set, of)));
        let sets: BTreeMap<_, _> = sets.collect();
        let mut sets: Vec<Vec<String>> = sets.into_values().collect();
        sets.sort();
        sets
    }

    /// Whether all schemes are there.
    fn is_known(&self) -> bool {
        self.0.iter().flatten().all(|it| !it.scheme.is_null())
    }

    fn shown(&self) -> String {
        let sets = self.0.iter().map(|set| {
            let credentials: Vec<String> = set.iter().map(Credential::shown).collect();
            if credentials.is_empty() {
                "none".to_owned()
            } else {
                credentials.join(" and ")
            }
        });
        let sets: Vec<String> = sets.collect();
        if sets.is_empty() {
            return "none".to_owned();
        }
        sets.join(" or ")
    }
}

impl Credential {
    fn meaning(&self) -> String {
        format!("{} {:?}", self.scheme, self.scopes)
    }

    /// Whether it can be used where another is needed.
    fn is_enough_for(&self, needed: &Self) -> bool {
        let is_same = self.scheme == needed.scheme && !self.scheme.is_null();
        let has_scopes = needed
            .scopes
            .iter()
            .all(|scope| self.scopes.contains(scope));
        (is_same || self.name == needed.name) && has_scopes
    }

    fn reference(&self) -> String {
        format!("{} {:?}", self.name, self.scopes)
    }

    fn shown(&self) -> String {
        let name = code_span(&self.name);
        if self.scopes.is_empty() {
            name
        } else {
            format!("{name} ({})", self.scopes.join(", "))
        }
    }
}

fn scheme(side: &Side, name: &str) -> Value {
    let place = place(name);
    let scheme = place.get(side.published());
    let scheme = scheme.and_then(|scheme| resolver::resolved(side.published(), scheme));
    scheme.cloned().map_or(Value::Null, without_prose)
}

fn place(name: &str) -> Pointer {
    Pointer::from_tokens(["components", "securitySchemes", name])
}

/// Compares the security schemes that both documents have.
pub(super) fn schemes(base: &Side, revision: &Side, found: &mut Found) {
    let all = |side: &Side| {
        let schemes = side.published().pointer("/components/securitySchemes");
        schemes
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    };
    let new = all(revision);
    for name in all(base).keys().filter(|name| new.contains_key(*name)) {
        let (old, new) = (scheme(base, name), scheme(revision, name));
        if old == new {
            continue;
        }
        let members = |scheme: &Value| scheme.as_object().cloned().unwrap_or_default();
        let (old, new) = (members(&old), members(&new));
        let names = old
            .keys()
            .chain(new.keys().filter(|name| !old.contains_key(*name)));
        let changed = names.filter(|name| old.get(*name) != new.get(*name));
        let changed: Vec<String> = changed.map(|name| code_span(name)).collect();
        let note = Note {
            subject: format!("security scheme {}", code_span(name)),
            what: format!("{} changed", changed.join(", ")),
            base: Some(Place::Published(place(name))),
            revision: Some(Place::Published(place(name))),
        };
        found.add(&SCHEME, Vec::new(), note);
    }
}
