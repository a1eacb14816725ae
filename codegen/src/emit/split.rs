//! Splits large modules of operations, so that people can open the files: each group of operations that belong together has a file.

use std::collections::BTreeMap;

use crate::model::{Operation, value_name};

/// A module with more operations is split.
pub(super) const MOST_OPERATIONS: usize = 40;

/// How often a group that is too large is split again.
const DEEPEST: usize = 6;

/// Sorts items into groups of at most `most` items, in the order of their names. `key` gives the name of the group of an item; the
/// higher the level, the smaller the group. Items with the same key on every level stay together.
pub(super) fn split<T>(
    items: Vec<T>,
    most: usize,
    key: &impl Fn(&T, usize) -> String,
) -> BTreeMap<String, Vec<T>> {
    let mut done = BTreeMap::new();
    let mut open = items;
    for level in 0..=DEEPEST {
        let mut groups = BTreeMap::<String, Vec<T>>::new();
        for item in open {
            groups.entry(key(&item, level)).or_default().push(item);
        }
        open = Vec::new();
        for (name, group) in groups {
            if group.len() <= most || level == DEEPEST {
                done.entry(name).or_insert_with(Vec::new).extend(group);
            } else {
                open.extend(group);
            }
        }
    }
    done
}

/// What an operation belongs to: its tag, or else the first segment of its path.
pub(super) fn operation_tag(operation: &Operation) -> String {
    let mut segments = operation.path.split('/').filter(|it| names_something(it));
    match &operation.tag {
        Some(tag) => value_name(tag),
        None => segments.next().map_or("root".to_owned(), value_name),
    }
}

/// The module of an operation: its [`operation_tag`]; on higher levels with the segments of the path that follow.
pub(super) fn operation_key(operation: &Operation, level: usize) -> String {
    let first = operation_tag(operation);
    let segments = operation.path.split('/').filter(|it| names_something(it));
    // The first segment of an operation without a tag is its name already.
    let segments = segments.skip(usize::from(operation.tag.is_none()));
    let further = segments.map(value_name).filter(|segment| *segment != first);
    let mut name = first.clone();
    for segment in further.take(level) {
        name.push('_');
        name.push_str(&segment);
    }
    // A module with the name of its parent looks like a mistake.
    if name == "operations" {
        name.push('_');
    }
    shortened(name)
}

/// Whether a segment of a path names a thing: it is not a parameter, a version or `api`.
fn names_something(segment: &str) -> bool {
    let is_version = segment
        .strip_prefix('v')
        .is_some_and(|number| number.starts_with(|first: char| first.is_ascii_digit()));
    !segment.is_empty() && !segment.contains('{') && !is_version && segment != "api"
}

/// Tags can have any length, and file systems limit names.
pub(super) fn shortened(mut name: String) -> String {
    const LONGEST: usize = 60;
    name.truncate(LONGEST);
    name
}
