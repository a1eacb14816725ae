//! Which tags use which types, and how the types are sorted into modules by that.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::split::{operation_tag, shortened};
use crate::model::{Model, SchemaIndex, code_span, type_name, value_name};

/// A file with more types is split.
pub(super) const MOST: usize = 80;

/// How many words of a name distinguish groups.
const MOST_WORDS: usize = 6;

/// A module that more tags use is always there: a long condition helps nobody.
const MOST_TAGS: usize = 12;

/// The types of a module.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) about: String,
    /// The tags that need it: none if no operation does, `None` if it is always there.
    pub(super) tags: Option<BTreeSet<String>>,
    pub(super) types: Vec<SchemaIndex>,
}

/// What types use, and which tags use them.
pub(super) struct Uses<'m, 'd> {
    model: &'m Model<'d>,
    /// The types that each type mentions.
    mentions: Vec<Vec<SchemaIndex>>,
    tags: Vec<BTreeSet<String>>,
}

impl<'m, 'd> Uses<'m, 'd> {
    /// `shared` is the type that a type is another name for, because both are equal.
    pub(super) fn of(
        model: &'m Model<'d>,
        shared: impl Fn(SchemaIndex) -> Option<SchemaIndex>,
    ) -> Self {
        let indices = 0..model.schemas.len();
        let mentions: Vec<Vec<SchemaIndex>> = indices
            .map(|index| {
                let parts = model.schemas[index].typed().into_iter();
                let parts = parts.filter_map(|part| part.ty().named());
                parts.chain(shared(index)).collect()
            })
            .collect();
        let mut begin: BTreeMap<String, Vec<SchemaIndex>> = BTreeMap::new();
        for operation in &model.operations {
            let types = operation.typed().into_iter();
            let types = types.filter_map(|typed| typed.ty().named());
            begin
                .entry(operation_tag(operation))
                .or_default()
                .extend(types);
        }
        let mut tags = vec![BTreeSet::new(); model.schemas.len()];
        for (tag, mut open) in begin {
            while let Some(index) = open.pop() {
                if tags[index].insert(tag.clone()) {
                    open.extend(&mentions[index]);
                }
            }
        }
        Self {
            model,
            mentions,
            tags,
        }
    }

    /// The modules of the types, by their names. Types that one tag uses are together, and so are those that several tags use and
    /// those that none does; a group that is too large is split by the first words of the names.
    pub(super) fn groups(&self) -> BTreeMap<String, Group> {
        let mut by_use: BTreeMap<String, Group> = BTreeMap::new();
        for (index, tags) in self.tags.iter().enumerate() {
            let mut names = tags.iter();
            let (name, about) = match (names.next(), names.next()) {
                (None, _) => (
                    UNUSED.to_owned(),
                    "The types that no operation uses".to_owned(),
                ),
                (Some(tag), None) => (
                    if [UNUSED, SHARED].contains(&tag.as_str()) {
                        format!("{tag}_tag")
                    } else {
                        tag.clone()
                    },
                    format!(
                        "The types that only the operations of {} use",
                        code_span(&tag.trim_matches('_').replace('_', " "))
                    ),
                ),
                _ => (
                    SHARED.to_owned(),
                    "The types that operations of several tags use".to_owned(),
                ),
            };
            let group = by_use.entry(name).or_default();
            group.about = about;
            group.types.push(index);
        }
        let mut groups = BTreeMap::new();
        for (name, Group { about, types, .. }) in by_use {
            self.divide((&name, ""), &about, types, &mut groups);
        }
        self.set_tags(&mut groups);
        groups
    }

    /// Splits a group, whose module is called `base`, by the names of its types, which begin with `begin`. Words that few types
    /// have stay together.
    fn divide(
        &self,
        (base, begin): (&str, &str),
        about: &str,
        types: Vec<SchemaIndex>,
        done: &mut BTreeMap<String, Group>,
    ) {
        let mut put = |types: Vec<SchemaIndex>| {
            let name = shortened(format!("{base}_{begin}").trim_matches('_').to_owned());
            let group = done.entry(format!("{name}_types")).or_default();
            if group.about.is_empty() {
                group.about = match begin {
                    "" => format!("{about}."),
                    _ => format!(
                        "{about}, and whose names begin with {}.",
                        code_span(&type_name(begin))
                    ),
                };
            }
            group.types.extend(types);
            group.types.sort_unstable();
        };
        let level = begin.split('_').filter(|word| !word.is_empty()).count();
        if types.len() <= MOST || level == MOST_WORDS {
            put(types);
            return;
        }
        let mut words: BTreeMap<String, Vec<SchemaIndex>> = BTreeMap::new();
        for index in types {
            let word = first_words(&self.model.schemas[index].type_name, level + 1);
            words.entry(word).or_default().push(index);
        }
        let few = |least: usize| {
            let few = words.values().filter(|types| types.len() < least);
            few.map(Vec::len).sum::<usize>()
        };
        let least = [8, 4, 2].into_iter().find(|least| few(*least) <= MOST);
        let least = least.unwrap_or(1);
        let (few, many): (Vec<_>, Vec<_>) = words
            .into_iter()
            .partition(|(_, types)| types.len() < least);
        let rest: Vec<SchemaIndex> = few.into_iter().flat_map(|(_, types)| types).collect();
        if !rest.is_empty() {
            put(rest);
        }
        for (word, types) in many {
            self.divide((base, &word), about, types, done);
        }
    }

    /// Finds the tags that need each module. What a module needs is there whenever it is.
    fn set_tags(&self, groups: &mut BTreeMap<String, Group>) {
        let all: BTreeSet<&String> = self.tags.iter().flatten().collect();
        let names: Vec<String> = groups.keys().cloned().collect();
        let mut module_of: HashMap<SchemaIndex, usize> = HashMap::new();
        for (number, group) in groups.values().enumerate() {
            module_of.extend(group.types.iter().map(|index| (*index, number)));
        }
        let mut needed: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); names.len()];
        let mut tags: Vec<BTreeSet<String>> = vec![BTreeSet::new(); names.len()];
        for (number, group) in groups.values().enumerate() {
            for index in &group.types {
                tags[number].extend(self.tags[*index].iter().cloned());
                let mentioned = self.mentions[*index].iter();
                needed[number].extend(mentioned.map(|other| module_of[other]));
            }
            needed[number].remove(&number);
        }
        let mut open: Vec<usize> = (0..names.len()).collect();
        while let Some(number) = open.pop() {
            for other in &needed[number] {
                let missing: Vec<String> =
                    tags[number].difference(&tags[*other]).cloned().collect();
                if !missing.is_empty() {
                    tags[*other].extend(missing);
                    open.push(*other);
                }
            }
        }
        for (group, tags) in groups.values_mut().zip(tags) {
            let is_always = tags.len() > MOST_TAGS || (tags.len() > 1 && tags.len() == all.len());
            group.tags = (!is_always).then_some(tags);
        }
    }
}

/// The modules of types that several tags use, and of those that none does.
const SHARED: &str = "shared";
const UNUSED: &str = "unused";

/// The first words of the name of a type.
fn first_words(name: &str, count: usize) -> String {
    let name = value_name(name);
    let mut words = name.trim_matches('_').split('_').take(count);
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| format!("{name}_{word}"))
}
