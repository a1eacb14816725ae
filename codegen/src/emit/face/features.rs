//! The features of a crate whose description has many operations: one for each tag, so that users compile only what they call.

use std::collections::{BTreeMap, BTreeSet};

use crate::emit::Module;
use crate::emit::split::operation_tag;
use crate::model::{Model, Operation};

/// A description with more operations has features.
const MOST_OPERATIONS: usize = 100;

/// The features by tag; none for a small description.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    /// The features, in the order of their names.
    pub(crate) names: Vec<String>,
    /// The feature of each operation, in the order of the description.
    pub(crate) of_operations: Vec<String>,
    /// The files, below the folder of the generated code, that need one of several features. The others are always there.
    pub(crate) of_files: BTreeMap<String, Vec<String>>,
}

impl Features {
    /// The features of a client that consists of these modules.
    pub(crate) fn of(model: &Model, modules: &[Module]) -> Self {
        if model.operations.len() <= MOST_OPERATIONS {
            return Self::default();
        }
        let of_operations: Vec<String> = model.operations.iter().map(of_operation).collect();
        let names: BTreeSet<&String> = of_operations.iter().collect();
        if names.len() < 2 {
            return Self::default();
        }
        let names = names.into_iter().cloned().collect();
        let gated = modules.iter().filter_map(|module| {
            let tags = module.tags.as_ref()?;
            let features: Vec<String> = tags.iter().map(|tag| feature(tag)).collect();
            let features = if features.is_empty() {
                vec![ALL.to_owned()]
            } else {
                features
            };
            Some((module.path.clone(), features))
        });
        Self {
            of_files: gated.collect(),
            names,
            of_operations,
        }
    }
}

/// The feature with all others.
pub(crate) const ALL: &str = "all";

fn of_operation(operation: &Operation) -> String {
    feature(&operation_tag(operation))
}

/// The feature of a tag, by the name of the tag in the names of modules. No feature that a user adds begins with `tag-`.
fn feature(tag: &str) -> String {
    let name = tag.trim_matches('_').replace('_', "-");
    format!("tag-{name}")
}
