//! Which items a consumer can reach, and under which path.

use std::collections::HashMap;

use syn::{Item, UseTree, Visibility};

/// The items of a file that are reachable under one path.
pub(super) struct Module<'f> {
    /// The path, e.g. `types`.
    pub(super) path: String,
    /// Which items.
    pub(super) items: &'f [Item],
    /// Only the one of this name.
    pub(super) only: Option<String>,
}

/// Every reachable module; one that several public paths lead to is there several times.
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

/// `path::name`, without the `::` where there is no path.
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
    /// `file` is where the module stands, `path` how consumers reach it.
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

    /// What `pub use` brings into a module from a private one in it.
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

    /// The items of the module `name` that is declared among `items` and, unless it is written there, stands in `file`.
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

/// Whether a consumer sees it, the modules around it aside.
pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
