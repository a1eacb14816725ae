//! Nodes that cannot be components replace the references to them.

use serde_json::Value;

use super::references::Found;
use super::{At, Bundler, File, Job, MAX_INLINED};
use crate::diagnostic::Code;
use crate::openapi::grammar::Holds;

impl<L: FnMut(&str) -> Result<File, String>> Bundler<L> {
    /// Replaces a reference by a copy of its target. Members next to the `$ref` have priority.
    pub(super) fn inline(&mut self, at: At, found: &Found, job: &Job) -> bool {
        if job.around.contains(&at) || job.around.len() >= MAX_INLINED {
            let message = format!(
                "`{}` refers to a node that contains this reference",
                found.text
            );
            let Some(kind) = found.holds.kind() else {
                return false;
            };
            let help = format!("break the loop: this {} would contain itself", kind.name());
            self.refuse(found, Code::REFERENCE_LOOP, message, &help);
            return false;
        }
        let node = found.place.get(&self.value).and_then(Value::as_object);
        if node.is_none_or(|members| members.len() == 1) {
            self.put(at, found.place.clone(), found.holds, &job.around);
            return true;
        }
        let Some(Value::Object(content)) = self.copy(&at, &found.place) else {
            return false;
        };
        let Some(Value::Object(members)) = found.place.get_mut(&mut self.value) else {
            return false;
        };
        members.shift_remove("$ref");
        let mut around = job.around.clone();
        around.push(at.clone());
        let mut further = None;
        for (name, value) in content {
            if members.contains_key(&name) {
                continue;
            }
            let place = found.place.join(&name);
            self.origins.insert(place.clone(), at.0, at.1.join(&name));
            if let ("$ref", Value::String(text)) = (name.as_str(), &value) {
                further = Some(text.clone());
            }
            let holds = match found.holds {
                Holds::One(kind) => kind.member(&name),
                Holds::Map(kind) => Some(Holds::One(kind)),
                _ => None,
            };
            members.insert(name, value);
            if let Some(holds) = holds {
                let job = Job::new(place, holds, at.0, around.clone());
                self.jobs.push_back(job);
            }
        }
        // The target is itself a reference.
        if let Some(text) = further {
            let place = found.place.clone();
            let job = Job::new(place.clone(), found.holds, at.0, around);
            let found = Found {
                place,
                text,
                ..*found
            };
            self.follow(&found, &job);
        }
        true
    }
}
