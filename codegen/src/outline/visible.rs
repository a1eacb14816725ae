//! Finds the items that a consumer can reach, and their paths.

use std::collections::HashMap;

use syn::{Item, UseTree, Visibility};

/// The items of a file that are reachable under one path.
pub(super) struct Module<'f> {
    /// The path, e.g. `types`.
    pub(super) path: String,
    /// The items.
    pub(super) items: &'f [Item],
    /// If set, only the item with this name is reachable.
    pub(super) only: Option<String>,
}

/// Every reachable module. A module with several public paths occurs several times.
pub(super) fn modules<'f>(files: &[(&'f str, &'f syn::File)]) -> Vec<Module<'f>> {
    let mut walk = Walk {
        files: files
            .iter()
            .map(|(path, file)| (*path, &file.items[..]))
            .collect(),
        found: Vec::new(),
    };
    for (path, file) in files {
        let is_declared = path.rsplit_once("::").map_or(!path.is_empty(), |_| true)
            && walk.files.contains_key(parent(path));
        if !is_declared {
            walk.module(path, path, &file.items);
        }
    }
    walk.found
}

fn parent(path: &str) -> &str {
    path.rsplit_once("::").map_or("", |(parent, _)| parent)
}

/// `path::name`, or `name` if the path is empty.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}::{name}")
    }
}

struct Walk<'f> {
    files: HashMap<&'f str, &'f [Item]>,
    found: Vec<Module<'f>>,
}

impl<'f> Walk<'f> {
    /// Adds a module. `file` is the path of its file, `path` is its path for consumers.
    fn module(&mut self, file: &str, path: &str, items: &'f [Item]) {
        self.found.push(Module {
            path: path.to_owned(),
            items,
            only: None,
        });
        for item in items {
            match item {
                Item::Mod(module) if is_public(&module.vis) => {
                    let name = module.ident.to_string();
                    let file = join(file, &name);
                    if let Some(items) = self.items(items, file.as_str(), &name) {
                        self.module(&file, &join(path, &name), items);
                    }
                }
                Item::Use(import) if is_public(&import.vis) => {
                    self.reexport(file, path, items, &import.tree);
                }
                _ => {}
            }
        }
    }

    /// Adds the items that `pub use` re-exports from a private module.
    fn reexport(&mut self, file: &str, path: &str, items: &'f [Item], tree: &UseTree) {
        let UseTree::Path(step) = tree else { return };
        if step.ident == "self" {
            return self.reexport(file, path, items, &step.tree);
        }
        let name = step.ident.to_string();
        let file = join(file, &name);
        let Some(inner) = self.items(items, &file, &name) else {
            return;
        };
        let mut trees = vec![&*step.tree];
        while let Some(tree) = trees.pop() {
            match tree {
                UseTree::Glob(_) => self.module(&file, path, inner),
                UseTree::Name(item) => self.found.push(Module {
                    path: path.to_owned(),
                    items: inner,
                    only: Some(item.ident.to_string()),
                }),
                UseTree::Path(_) => self.reexport(&file, path, inner, tree),
                UseTree::Group(group) => trees.extend(&group.items),
                UseTree::Rename(_) => {}
            }
        }
    }

    /// The items of the module `name`, which is declared among `items`. Unless it is an inline module, its items are in `file`.
    fn items(&self, items: &'f [Item], file: &str, name: &str) -> Option<&'f [Item]> {
        items.iter().find_map(|item| match item {
            Item::Mod(module) if module.ident == name => match &module.content {
                Some((_, items)) => Some(&items[..]),
                None => self.files.get(file).copied(),
            },
            _ => None,
        })
    }
}

/// Whether the visibility is `pub`.
pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
