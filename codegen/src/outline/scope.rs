//! What a path means in a module.

use syn::{Item, Type};

use super::source::Crate;

/// How many imports may lead to each other.
const MAX_DEPTH: usize = 32;

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Module(usize),
    /// The item at a position in a module.
    Item(usize, usize),
    /// A variant of the enum at a position in a module.
    Variant(usize, usize, String),
    /// Something of another crate, or unknown.
    Foreign(String),
}

impl Crate {
    /// All that a path leads to: a type and a function may have one name. Empty if nothing has it.
    pub(super) fn resolve(&self, module: usize, path: &[String]) -> Vec<Target> {
        self.follow(module, path, 0, None)
    }

    /// What an import of a module leads to.
    pub(super) fn imported(&self, module: usize, import: usize) -> Vec<Target> {
        let path = &self.modules[module].imports[import].path;
        self.follow(module, path, 0, Some(import))
    }

    /// The first name of an import is not the import itself, which `but` says.
    fn follow(
        &self,
        module: usize,
        path: &[String],
        depth: usize,
        but: Option<usize>,
    ) -> Vec<Target> {
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        let Some((first, rest)) = path.split_first() else {
            return vec![Target::Module(module)];
        };
        let mut found = match first.as_str() {
            "crate" if self.is_whole => vec![Target::Module(0)],
            "crate" => Vec::new(),
            "self" => vec![Target::Module(module)],
            "super" => {
                let parent = self.modules[module].parent;
                parent.map(Target::Module).into_iter().collect()
            }
            name => {
                let found = self.lookup(module, name, depth, but);
                if found.is_empty() && !rest.is_empty() && self.is_whole {
                    return vec![Target::Foreign(path.join("::"))];
                }
                found
            }
        };
        for name in rest {
            let next = found.into_iter().flat_map(|target| match target {
                Target::Module(module) if name == "super" => {
                    let parent = self.modules[module].parent;
                    parent.map(Target::Module).into_iter().collect()
                }
                Target::Module(module) => self.lookup(module, name, depth + 1, None),
                Target::Item(module, index) => match &self.modules[module].items[index].item {
                    Item::Enum(item) if item.variants.iter().any(|it| it.ident == name) => {
                        vec![Target::Variant(module, index, name.clone())]
                    }
                    _ => Vec::new(),
                },
                Target::Variant(..) => Vec::new(),
                Target::Foreign(path) => vec![Target::Foreign(format!("{path}::{name}"))],
            });
            found = next.collect();
        }
        found
    }

    /// What has this name in a module.
    fn lookup(&self, id: usize, name: &str, depth: usize, but: Option<usize>) -> Vec<Target> {
        let module = &self.modules[id];
        let mut found: Vec<Target> = Vec::new();
        if let Some(child) = module.children.get(name) {
            found.push(Target::Module(*child));
        }
        let items = module.names.get(name).into_iter().flatten();
        found.extend(items.map(|index| Target::Item(id, *index)));
        for (position, import) in module.imports.iter().enumerate() {
            if import.name.as_deref() != Some(name) || but == Some(position) {
                continue;
            }
            let targets = self.follow(id, &import.path, depth + 1, Some(position));
            if targets.is_empty() && self.is_whole {
                found.push(Target::Foreign(import.path.join("::")));
            }
            found.extend(targets);
        }
        if found.is_empty() {
            for (position, import) in module.imports.iter().enumerate() {
                if import.name.is_some() || but == Some(position) {
                    continue;
                }
                if depth >= MAX_DEPTH / 4 {
                    break;
                }
                for target in self.follow(id, &import.path, depth + 8, Some(position)) {
                    if let Target::Module(glob) = target
                        && glob != id
                    {
                        found.extend(self.lookup(glob, name, depth + 8, None));
                    }
                }
            }
        }
        let mut unique = Vec::new();
        for target in found {
            if !unique.contains(&target) {
                unique.push(target);
            }
        }
        unique
    }

    /// The item of this crate that a type names, without its arguments.
    pub(super) fn item_of(&self, module: usize, ty: &Type) -> Option<(usize, usize)> {
        match ty {
            Type::Path(path) if path.qself.is_none() => self.item_at(module, &segments(&path.path)),
            Type::Group(group) => self.item_of(module, &group.elem),
            Type::Paren(paren) => self.item_of(module, &paren.elem),
            _ => None,
        }
    }

    /// The type or trait of this crate that a path leads to.
    pub(super) fn item_at(&self, module: usize, path: &[String]) -> Option<(usize, usize)> {
        self.resolve(module, path)
            .into_iter()
            .find_map(|target| match target {
                Target::Item(module, index)
                    if !matches!(
                        self.modules[module].items[index].item,
                        Item::Fn(_) | Item::Const(_) | Item::Static(_) | Item::Macro(_)
                    ) =>
                {
                    Some((module, index))
                }
                _ => None,
            })
    }
}

/// The names of a path, without arguments.
pub(super) fn segments(path: &syn::Path) -> Vec<String> {
    path.segments
        .iter()
        .map(|it| it.ident.to_string())
        .collect()
}
