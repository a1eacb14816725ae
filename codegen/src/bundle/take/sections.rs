//! Components that stand in files of their own come first: what they hold has a name already.

use serde_json::Value;

use super::find::{Found, text_of};
use super::{File, Job, MAX_INLINED, Taker};
use crate::openapi::grammar::{Holds, Kind};
use crate::pointer::Pointer;

impl<L: FnMut(&str) -> Result<File, String>> Taker<L> {
    /// Components that stand in files as a whole, or by section, come first: what they hold has a name already.
    pub(super) fn take_sections(&mut self) {
        let components = Pointer::root().join("components");
        let sections = Kind::Components.members();
        let sections = sections.map(|section| (components.join(section.name), section.holds));
        let whole = (components.clone(), Holds::One(Kind::Components));
        for (place, holds) in std::iter::once(whole).chain(sections) {
            for _ in 0..MAX_INLINED {
                let node = place.get(&self.value);
                let Some(text) = node.and_then(|node| text_of(node, false)).cloned() else {
                    break;
                };
                let (file, pointer) = self.origins.of(&place);
                let job = Job {
                    place: place.clone(),
                    holds,
                    file,
                    around: vec![(file, pointer)],
                };
                let found = Found {
                    place: place.clone(),
                    holds,
                    text,
                    is_mapping: false,
                };
                if !self.follow(&found, &job) {
                    break;
                }
            }
        }
    }

    /// A component that is nothing but a reference to a file gives its name to what it refers to.
    pub(super) fn adopt_all(&mut self) {
        let mut lone = Vec::new();
        for section in Kind::Components.members() {
            let place = Pointer::from_tokens(["components", section.name]);
            let (Holds::Map(kind), Some(Value::Object(members))) =
                (section.holds, place.get(&self.value))
            else {
                continue;
            };
            for (name, node) in members {
                let (file, pointer) = self.origins.of(&place.join(name));
                if file != 0 && kind.is_component_since_3_0() {
                    // It stands in a file of components.
                    let origin = (file, pointer);
                    self.taken.insert((origin, section.name), name.clone());
                }
                let is_lone = node.as_object().is_some_and(|members| members.len() == 1);
                if let (true, Some(text)) = (is_lone, text_of(node, false)) {
                    lone.push(Found {
                        place: place.join(name),
                        holds: Holds::One(kind),
                        text: text.clone(),
                        is_mapping: false,
                    });
                }
            }
        }
        for found in lone {
            self.adopt(&found);
        }
    }

    /// Puts what a component refers to in its place, unless that has become another component already.
    fn adopt(&mut self, found: &Found) {
        let Holds::One(kind) = found.holds else {
            return;
        };
        let section = kind.section().filter(|_| kind.is_component_since_3_0());
        let (Some(section), Some(name)) = (section, found.place.last()) else {
            return;
        };
        let (file, _) = self.origins.of(&found.place);
        let Some(at) = self.target(found, file) else {
            return;
        };
        if at.0 != 0 && !self.taken.contains_key(&(at.clone(), section)) {
            self.taken.insert((at.clone(), section), name);
            self.put(at, found.place.clone(), found.holds, &[]);
        }
    }
}
