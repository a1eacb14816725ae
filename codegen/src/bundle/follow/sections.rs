//! Components in files of their own are bundled first, because they have names already.

use serde_json::Value;

use super::references::{Found, text_of};
use super::{Bundler, File, Job, MAX_INLINED};
use crate::openapi::grammar::{Holds, Kind};
use crate::pointer::Pointer;

impl<L: FnMut(&str) -> Result<File, String>> Bundler<L> {
    /// Follows the references in place of `components` and in place of its sections; in Swagger 2.0, of the members with components.
    pub(super) fn follow_sections(&mut self) {
        let root = Kind::root(&self.value);
        let whole = (root == Kind::Document).then(|| {
            let components = Pointer::root().join("components");
            (components, Holds::One(Kind::Components))
        });
        let sections = root.homes().map(|(place, section)| (place, section.holds));
        for (place, holds) in whole.into_iter().chain(sections) {
            for _ in 0..MAX_INLINED {
                let node = place.get(&self.value);
                let Some(text) = node.and_then(|node| text_of(node, false)).cloned() else {
                    break;
                };
                let (file, pointer) = self.origins.of(&place);
                let job = Job::new(place.clone(), holds, file, vec![(file, pointer)]);
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

    /// Gives nodes of files the names of the components that are only references to them.
    pub(super) fn adopt_components(&mut self) {
        let mut lone = Vec::new();
        for (place, section) in Kind::root(&self.value).homes() {
            let (Holds::Map(kind), Some(Value::Object(members))) =
                (section.holds, place.get(&self.value))
            else {
                continue;
            };
            for (name, node) in members {
                let (file, pointer) = self.origins.of(&place.join(name));
                if file != 0 && kind.is_component_since_3_0() {
                    let origin = (file, pointer);
                    self.components.insert((origin, section.name), name.clone());
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

    /// Replaces a component that is only a reference by a copy of its target, unless the target is another component already.
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
        if at.0 != 0 && !self.components.contains_key(&(at.clone(), section)) {
            self.components.insert((at.clone(), section), name);
            self.put(at, found.place.clone(), found.holds, &[]);
        }
    }
}
