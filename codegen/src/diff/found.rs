//! Collects what the rules find, and the parts of operations that each schema reaches.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write;

use indexmap::IndexMap;
use sha2::{Digest as _, Sha256};

use crate::bundle;
use crate::pointer::Pointer;

use super::change::{Change, Direction, Use};
use super::rule::{Both, Rule};
use super::sample::{self, Samples, Shown};
use super::side::Side;

/// What was found so far.
#[derive(Default)]
pub(super) struct Found {
    findings: Vec<Finding>,
    /// Pairs of schemas that are compared, by their places.
    pairs: Vec<Pair>,
    known: HashMap<(Pointer, Pointer, Level), usize>,
    /// The order of the operations.
    operations: HashMap<String, usize>,
}

/// What of two schemas is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Level {
    /// Everything, at a place where the value must be there.
    Required,
    /// Everything, at a place where the value may be left out.
    Optional,
    /// The schemas themselves, without what stands beside references to them.
    Schema,
}

/// A pair of schemas.
struct Pair {
    base: Pointer,
    revision: Pointer,
    level: Level,
    parents: Vec<usize>,
    roots: Vec<(Direction, Use)>,
}

/// One finding.
struct Finding {
    rules: Rules,
    subject: String,
    what: String,
    base: Option<Place>,
    revision: Option<Place>,
    at: At,
}

/// A node that a change is about.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// Of the normalized document.
    Normalized(Pointer),
    /// Of the published document: the author's, in the words of OpenAPI 3.
    Published(Pointer),
}

enum Rules {
    One(&'static Rule),
    Both(&'static Both),
    /// Only in this direction.
    Only(&'static Both, Direction),
}

enum At {
    Uses(Vec<Use>),
    Pair(usize),
}

/// A change before it is known where it is used.
pub(super) struct Note {
    pub(super) subject: String,
    pub(super) what: String,
    pub(super) base: Option<Place>,
    pub(super) revision: Option<Place>,
}

/// The pair of schemas that is compared now.
pub(super) struct Here<'f> {
    found: &'f mut Found,
    pair: usize,
}

impl Found {
    /// Notes the order of the operations.
    pub(super) fn operation(&mut self, operation: String) {
        let next = self.operations.len();
        self.operations.entry(operation).or_insert(next);
    }

    /// Adds a change of an operation, or of the whole document if there are no uses.
    pub(super) fn add(&mut self, rule: &'static Rule, uses: Vec<Use>, note: Note) {
        self.findings.push(Finding {
            rules: Rules::One(rule),
            subject: note.subject,
            what: note.what,
            base: note.base,
            revision: note.revision,
            at: At::Uses(uses),
        });
    }

    /// Compares two schemas that a part of an operation uses.
    pub(super) fn root(
        &mut self,
        base: Pointer,
        revision: Pointer,
        direction: Direction,
        part: Use,
    ) {
        let pair = self.pair(base, revision, Level::Required);
        self.pairs[pair].roots.push((direction, part));
    }

    /// The pair with this number, if there are so many.
    pub(super) fn pair_at(&self, pair: usize) -> Option<(Pointer, Pointer, Level)> {
        let pair = self.pairs.get(pair)?;
        Some((pair.base.clone(), pair.revision.clone(), pair.level))
    }

    pub(super) fn here(&mut self, pair: usize) -> Here<'_> {
        Here { found: self, pair }
    }

    fn pair(&mut self, base: Pointer, revision: Pointer, level: Level) -> usize {
        let next = self.pairs.len();
        let index = *self
            .known
            .entry((base.clone(), revision.clone(), level))
            .or_insert(next);
        if index == next {
            self.pairs.push(Pair {
                base,
                revision,
                level,
                parents: Vec::new(),
                roots: Vec::new(),
            });
        }
        index
    }

    /// The uses of a pair.
    fn uses(&self, pair: usize) -> Vec<(Direction, Use)> {
        let mut seen = HashSet::from([pair]);
        let mut open = vec![pair];
        let mut uses = BTreeSet::new();
        while let Some(pair) = open.pop() {
            let pair = &self.pairs[pair];
            uses.extend(pair.roots.iter().cloned());
            open.extend(pair.parents.iter().filter(|parent| seen.insert(**parent)));
        }
        let mut uses: Vec<_> = uses.into_iter().collect();
        let order = |part: &Use| self.operations.get(&part.operation).copied();
        uses.sort_by_cached_key(|(direction, part)| (order(part), *direction));
        uses
    }

    /// Values that show a change that breaks calls.
    fn samples(
        &self,
        finding: &Finding,
        rule: &Rule,
        base: &Side,
        revision: &Side,
    ) -> Option<Samples> {
        let At::Pair(pair) = finding.at else {
            return None;
        };
        if !rule.deployed.is_risk() && !rule.new.is_risk() {
            return None;
        }
        let pair = &self.pairs[pair];
        let member = |place: &Option<Place>| match place {
            Some(Place::Normalized(place)) => Some(place.clone()),
            _ => None,
        };
        sample::of(
            &Shown {
                document: base.document(),
                place: &pair.base,
                origin: base.origin(&pair.base),
                member: member(&finding.base),
            },
            &Shown {
                document: revision.document(),
                place: &pair.revision,
                origin: revision.origin(&pair.revision),
                member: member(&finding.revision),
            },
        )
    }

    /// The changes, with their uses and places.
    pub(super) fn finish(self, base_side: &Side, revision_side: &Side) -> Vec<Change> {
        let mut uses: BTreeMap<usize, Vec<(Direction, Use)>> = BTreeMap::new();
        let mut drafts = Vec::new();
        for finding in &self.findings {
            match (&finding.at, &finding.rules) {
                (At::Uses(uses), Rules::One(rule)) => drafts.push((finding, *rule, uses.clone())),
                (At::Pair(pair), rules) => {
                    let uses = uses.entry(*pair).or_insert_with(|| self.uses(*pair));
                    for direction in [Direction::Request, Direction::Response] {
                        let rule = match rules {
                            Rules::Both(both) => both.of(direction),
                            Rules::Only(both, only) if *only == direction => both.of(direction),
                            Rules::Only(..) => continue,
                            Rules::One(rule) => rule,
                        };
                        let uses = uses.iter().filter(|(it, _)| *it == direction);
                        let uses: Vec<Use> = uses.map(|(_, part)| part.clone()).collect();
                        if !uses.is_empty() {
                            drafts.push((finding, rule, uses));
                        }
                    }
                }
                (At::Uses(_), _) => {}
            }
        }
        let bases = drafts
            .iter()
            .map(|(finding, ..)| origin(base_side, finding.base.as_ref()));
        let bases = placed(base_side, &bases.collect::<Vec<_>>());
        let revisions = drafts
            .iter()
            .map(|(finding, ..)| origin(revision_side, finding.revision.as_ref()));
        let revisions = placed(revision_side, &revisions.collect::<Vec<_>>());
        let mut changes: IndexMap<String, Change> = IndexMap::new();
        for ((finding, rule, uses), (base, revision)) in
            drafts.into_iter().zip(bases.into_iter().zip(revisions))
        {
            let fingerprint = fingerprint(rule.id, &finding.subject, &finding.what);
            // A schema that is used at several places may be found several times.
            let change = changes
                .entry(fingerprint.clone())
                .or_insert_with(|| Change {
                    rule,
                    samples: self.samples(finding, rule, base_side, revision_side),
                    fingerprint,
                    subject: finding.subject.clone(),
                    what: finding.what.clone(),
                    uses: Vec::new(),
                    base,
                    revision,
                });
            if change.uses.is_empty() {
                change.uses = uses;
                continue;
            }
            let known: HashSet<Use> = change.uses.iter().cloned().collect();
            let more = uses.into_iter().filter(|part| !known.contains(part));
            change.uses.extend(more);
        }
        let mut changes: Vec<Change> = changes.into_values().collect();
        let order = |change: &Change| {
            let first = change.uses.first();
            first.and_then(|first| self.operations.get(&first.operation).copied())
        };
        changes.sort_by_cached_key(|change| (std::cmp::Reverse(change.rule.bump), order(change)));
        changes
    }
}

impl Here<'_> {
    /// Adds a change in every direction in which the schema is used.
    pub(super) fn add(&mut self, rules: &'static Both, note: Note) {
        self.push(Rules::Both(rules), note);
    }

    /// Adds a change in one direction, if the schema is used there.
    pub(super) fn add_in(&mut self, rules: &'static Both, direction: Direction, note: Note) {
        self.push(Rules::Only(rules, direction), note);
    }

    fn push(&mut self, rules: Rules, note: Note) {
        self.found.findings.push(Finding {
            rules,
            subject: note.subject,
            what: note.what,
            base: note.base,
            revision: note.revision,
            at: At::Pair(self.pair),
        });
    }

    /// Compares two schemas inside this one.
    pub(super) fn inside(&mut self, base: Pointer, revision: Pointer, level: Level) {
        let pair = self.found.pair(base, revision, level);
        let parents = &mut self.found.pairs[pair].parents;
        // All schemas inside one are added one after the other.
        if parents.last() != Some(&self.pair) && pair != self.pair {
            parents.push(self.pair);
        }
    }
}

fn origin(side: &Side, place: Option<&Place>) -> Option<Pointer> {
    Some(match place? {
        Place::Normalized(place) => side.origin(place),
        Place::Published(place) => side.origin_of_published(place),
    })
}

/// The places of nodes, where there are nodes.
fn placed(side: &Side, pointers: &[Option<Pointer>]) -> Vec<Option<bundle::Place>> {
    let known: Vec<Pointer> = pointers.iter().flatten().cloned().collect();
    let mut found = side.places(&known).into_iter();
    let places = pointers
        .iter()
        .map(|pointer| pointer.as_ref().and_then(|_| found.next()));
    places.collect()
}

fn fingerprint(rule: &str, subject: &str, what: &str) -> String {
    let digest = Sha256::digest(format!("{rule}\n{subject}\n{what}"));
    let mut text = String::new();
    for byte in &digest[..6] {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
