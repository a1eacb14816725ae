//! Chooses names for the groups of inline schemas.
//!
//! A plain title is the first choice. The second, for an enum, is its property, if no other group has the same choice. All
//! other groups are named after their owner and their property. So a name depends on other schemas only if two groups
//! have the same choice.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::site::{Owner, Step, steps, walked};
use super::{Collected, Group, Use, placeholder};
use crate::normalize::naming::schema_names::{from_title, pascal};
use crate::openapi::names::{Names, folded};
use crate::openapi::reference;

/// Chooses a name for each group, in their order.
pub(super) fn choose(document: &Value, collected: &Collected) -> Vec<String> {
    let components = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let taken = Names::folded(
        components
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str),
    );
    let mut namer = Namer {
        document,
        collected,
        taken,
        names: vec![None; collected.groups.len()],
    };
    namer.short_names();
    for index in 0..collected.groups.len() {
        namer.name(index);
    }
    namer.names.into_iter().flatten().collect()
}

struct Namer<'d> {
    document: &'d Value,
    collected: &'d Collected,
    taken: Names,
    names: Vec<Option<String>>,
}

impl Namer<'_> {
    /// Names groups after their title or, for enums, their property, if no other group has the same choice.
    fn short_names(&mut self) {
        let wanted: Vec<Vec<String>> = self
            .collected
            .groups
            .values()
            .map(|group| self.short_candidates(group))
            .collect();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for candidates in &wanted {
            let distinct: HashSet<String> = candidates.iter().map(|name| folded(name)).collect();
            for candidate in distinct {
                *counts.entry(candidate).or_default() += 1;
            }
        }
        for (index, candidates) in wanted.iter().enumerate() {
            let free = candidates
                .iter()
                .find(|name| counts[&folded(name)] == 1 && !self.taken.has(name));
            if let Some(name) = free {
                self.names[index] = Some(self.taken.take(name));
            }
        }
    }

    fn short_candidates(&self, group: &Group) -> Vec<String> {
        let mut candidates = Vec::new();
        let title = group.uses[0].title.as_ref();
        if group.uses.iter().all(|used| used.title.as_ref() == title) {
            candidates.extend(title.and_then(|title| from_title(title)));
        }
        if group.is_enum {
            let site = group.uses[0].site(&self.collected.parameters);
            let word = match self.variant(group).filter(|_| site.is_variant()) {
                Some(variant) => site.last_word_of_variant(&variant),
                None => site.last_word(),
            };
            // There is none for the items or variants of a whole body.
            let word = if site.has_word() { word } else { String::new() };
            candidates.extend((!word.is_empty()).then_some(word));
        }
        candidates
    }

    fn name(&mut self, index: usize) -> String {
        if let Some(name) = &self.names[index] {
            return name.clone();
        }
        let collected = self.collected;
        let group = &collected.groups[index];
        let mut candidates = self.long_candidates(group, &group.uses[0]);
        let last = candidates
            .pop()
            .expect("there is always a name of the place");
        let free = candidates.into_iter().find(|name| !self.taken.has(name));
        let name = self.taken.take(&free.unwrap_or(last));
        self.names[index] = Some(name.clone());
        name
    }

    fn long_candidates(&mut self, group: &Group, used: &Use) -> Vec<String> {
        let within = used
            .parent
            .as_ref()
            .and_then(|(parent, origin)| Some((*parent, used.origin.below(origin)?)));
        if let Some((parent, rest)) = within {
            let parent = self.name(self.collected.group_of_use[parent]);
            let tokens: Vec<String> = rest.tokens().collect();
            let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
            return vec![self.after(parent, &steps(&tokens), group)];
        }
        let site = used.site(&self.collected.parameters);
        let starts = self.starts(&site.owner);
        if site.steps.is_empty() {
            return starts;
        }
        let start = match &site.owner {
            Owner::Operation(path, method) => self.operation(path, method),
            _ => starts.into_iter().next().unwrap_or_default(),
        };
        vec![self.after(start, &site.steps, group)]
    }

    /// A name, extended by steps. A variant is named after its value if it has one.
    fn after(&self, start: String, steps: &[Step], group: &Group) -> String {
        if let Some((Step::Variant(_), before)) = steps.split_last()
            && let Some(variant) = self.variant(group)
        {
            return walked(start, before) + &variant;
        }
        walked(start, steps)
    }

    /// The name of a variant: the one value of its tag, or of its enum.
    fn variant(&self, group: &Group) -> Option<String> {
        if !group.is_enum {
            let tag = pascal(&self.tag(group)?);
            return (!tag.is_empty()).then_some(tag);
        }
        let values = group.schema.get("enum")?.as_array()?;
        Some(match values.as_slice() {
            [only] => {
                let value = pascal(only.as_str()?);
                if value.is_empty() {
                    "Empty".to_owned()
                } else {
                    value
                }
            }
            _ => "Choice".to_owned(),
        })
    }

    /// The value of the first property that is an enum with one value.
    fn tag(&self, group: &Group) -> Option<String> {
        let properties = group.schema.get("properties")?.as_object()?;
        properties.values().find_map(|schema| {
            let name = reference::target(schema)?;
            let values = match placeholder(&name) {
                Some(index) => self.collected.groups[index].schema.get("enum")?,
                None => self
                    .document
                    .pointer("/components/schemas")?
                    .get(&name)?
                    .get("enum")?,
            };
            match values.as_array()?.as_slice() {
                [Value::String(only)] => Some(only.clone()),
                _ => None,
            }
        })
    }

    /// Names for a schema that is the whole of its owner, in order of preference. Names of inner schemas begin with one.
    fn starts(&self, owner: &Owner) -> Vec<String> {
        match owner {
            Owner::Schema(name) => vec![pascal(name)],
            Owner::Response(name) => {
                let name = pascal(name);
                vec![
                    name.clone(),
                    format!("{name}Response"),
                    format!("{name}Body"),
                ]
            }
            Owner::RequestBody(name) => {
                let name = pascal(name);
                if name.ends_with("Body") || name.ends_with("Request") {
                    vec![name.clone(), format!("{name}Body")]
                } else {
                    vec![format!("{name}Body"), format!("{name}Request")]
                }
            }
            Owner::Body(path, method) => {
                let operation = self.operation(path, method);
                vec![format!("{operation}Body"), format!("{operation}Request")]
            }
            Owner::OperationResponse(path, method, status) => {
                let operation = self.operation(path, method);
                let (word, is_only) = self.response(path, method, status);
                let name = if is_only {
                    format!("{operation}{word}")
                } else {
                    format!("{operation}{word}{}", pascal(status))
                };
                vec![name.clone(), format!("{name}Body")]
            }
            Owner::Operation(path, method) => vec![self.operation(path, method)],
            Owner::Other(words) => vec![words.clone()],
        }
    }

    fn operation(&self, path: &str, method: &str) -> String {
        let id = self
            .document
            .get("paths")
            .and_then(|paths| paths.get(path)?.get(method)?.get("operationId")?.as_str());
        match id {
            Some(id) if !id.is_empty() => pascal(id),
            _ => pascal(method) + &pascal(path),
        }
    }

    /// Whether a status is a success or an error, and whether it is the only one of its kind with a body.
    fn response(&self, path: &str, method: &str, status: &str) -> (&'static str, bool) {
        let responses = self
            .document
            .get("paths")
            .and_then(|paths| paths.get(path)?.get(method)?.get("responses")?.as_object());
        let with_body: Vec<&str> = responses
            .into_iter()
            .flatten()
            .filter(|(_, response)| response.get("content").is_some())
            .map(|(status, _)| status.as_str())
            .collect();
        let is_success = |status: &str| status.starts_with('2');
        let has_success = responses.is_some_and(|all| all.keys().any(|status| is_success(status)));
        // If there is no success, `default` is one.
        let success = is_success(status) || (status == "default" && !has_success);
        let alike = with_body
            .iter()
            .filter(|other| {
                (is_success(other) || (**other == "default" && !has_success)) == success
            })
            .count();
        (if success { "Response" } else { "Error" }, alike <= 1)
    }
}
