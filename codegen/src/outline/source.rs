//! The modules of a crate, with their items. Calls of macros are replaced by the items that they make.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use syn::{Attribute, Item, ItemMod, UseTree, Visibility};

use super::macros::{self, Macros};
use super::tables::{self, Facts};
use super::{OutlineError, UnknownMacro};
use crate::tree;

/// The modules of a crate. The first one is the root, unless only some files are known.
#[derive(Default)]
pub(super) struct Crate {
    pub(super) modules: Vec<Module>,
    pub(super) unknown: Vec<UnknownMacro>,
    /// The macros that are called, each with the module that defines it.
    pub(super) macros: BTreeMap<String, usize>,
    /// Whether all files of the crate are known.
    pub(super) is_whole: bool,
}

/// A module.
pub(super) struct Module {
    pub(super) parent: Option<usize>,
    /// The path of its definition, e.g. `runtime::data`; empty for the root.
    pub(super) path: String,
    /// Its file, for messages.
    file: String,
    /// The folder of the files of its modules.
    folder: String,
    pub(super) is_public: bool,
    pub(super) is_hidden: bool,
    /// The conditions of its declaration, without those of the modules around it.
    pub(super) conditions: BTreeSet<String>,
    pub(super) items: Vec<Entry>,
    pub(super) children: BTreeMap<String, usize>,
    pub(super) imports: Vec<Import>,
    /// The positions of the items with a name.
    pub(super) names: HashMap<String, Vec<usize>>,
    /// What tables say about the types of this module, by the name of the type.
    pub(super) facts: HashMap<String, Facts>,
}

/// An item, and the macro whose call makes it.
pub(super) struct Entry {
    pub(super) item: Item,
    pub(super) made_by: Option<String>,
}

/// A name that `use` brings into a module.
pub(super) struct Import {
    pub(super) is_public: bool,
    pub(super) is_hidden: bool,
    pub(super) conditions: BTreeSet<String>,
    pub(super) path: Vec<String>,
    /// The name here; `None` for `*`.
    pub(super) name: Option<String>,
}

impl Crate {
    /// Reads all modules that are declared, beginning with `lib.rs`.
    pub(super) fn read(files: &[tree::File]) -> Result<Self, OutlineError> {
        let texts: HashMap<&str, &str> = files
            .iter()
            .map(|file| (file.path.as_str(), file.text.as_str()))
            .collect();
        let root = texts.get("lib.rs").ok_or(OutlineError::NoRoot)?;
        let mut this = Self {
            is_whole: true,
            ..Self::default()
        };
        let mut raw = vec![(0, parse("lib.rs", root)?.items)];
        this.modules
            .push(Module::new(None, String::new(), "lib.rs", String::new()));
        let mut done = Vec::new();
        while let Some((id, items)) = raw.pop() {
            for item in &items {
                let Item::Mod(declared) = item else { continue };
                if is_test(&declared.attrs) {
                    continue;
                }
                let items = this.declare(id, declared, &texts)?;
                raw.push((this.modules.len() - 1, items));
            }
            done.push((id, items));
        }
        done.sort_by_key(|(id, _)| *id);
        this.fill(done);
        Ok(this)
    }

    /// Adds a declared module, and returns its items.
    fn declare(
        &mut self,
        parent: usize,
        declared: &ItemMod,
        texts: &HashMap<&str, &str>,
    ) -> Result<Vec<Item>, OutlineError> {
        let name = declared.ident.to_string();
        let around = &self.modules[parent];
        let folder = format!("{}{}/", around.folder, name.trim_start_matches("r#"));
        let (file, items, folder) = if let Some((_, items)) = &declared.content {
            (around.file.clone(), items.clone(), folder)
        } else {
            let given = path_attribute(&declared.attrs).map(|path| {
                let (beside, _) = around.file.rsplit_once('/').unwrap_or(("", ""));
                join_files(beside, &path)
            });
            let usual = || {
                vec![
                    format!("{}.rs", folder.trim_end_matches('/')),
                    format!("{folder}mod.rs"),
                ]
            };
            let names = given.clone().map_or_else(usual, |file| vec![file]);
            let Some(file) = names.iter().find(|name| texts.contains_key(name.as_str())) else {
                return Err(OutlineError::NoFile {
                    file: around.file.clone(),
                    module: name,
                    expected: names[0].clone(),
                });
            };
            let folder = match given {
                Some(_) => file
                    .rsplit_once('/')
                    .map_or(String::new(), |(it, _)| format!("{it}/")),
                None => folder,
            };
            (
                file.clone(),
                parse(file, texts[file.as_str()])?.items,
                folder,
            )
        };
        let path = join(&around.path, &name);
        let mut module = Module::new(Some(parent), path, &file, folder);
        module.is_public = is_public(&declared.vis);
        module.is_hidden = is_hidden(&declared.attrs);
        module.conditions = conditions(&declared.attrs);
        self.modules.push(module);
        let id = self.modules.len() - 1;
        self.modules[parent].children.insert(name, id);
        Ok(items)
    }

    /// Takes some files of a crate, each with the path of its module. Declared modules without a file are empty.
    pub(super) fn of_files(files: &[(&str, &syn::File)]) -> Self {
        let mut this = Self::default();
        let by_path: HashMap<&str, &syn::File> = files.iter().copied().collect();
        let mut raw = Vec::new();
        let mut known = BTreeSet::new();
        for (path, file) in files {
            let parent = path.rsplit_once("::").map_or("", |(parent, _)| parent);
            if path.is_empty() || !by_path.contains_key(parent) {
                this.modules
                    .push(Module::new(None, (*path).to_owned(), path, String::new()));
                let mut rest = vec![(this.modules.len() - 1, file.items.clone())];
                while let Some((id, items)) = rest.pop() {
                    this.declare_known(id, &items, &by_path, &mut known, &mut rest);
                    raw.push((id, items));
                }
            }
        }
        raw.sort_by_key(|(id, _)| *id);
        this.fill(raw);
        this
    }

    fn declare_known(
        &mut self,
        id: usize,
        items: &[Item],
        files: &HashMap<&str, &syn::File>,
        known: &mut BTreeSet<String>,
        rest: &mut Vec<(usize, Vec<Item>)>,
    ) {
        for item in items {
            let Item::Mod(declared) = item else { continue };
            let name = declared.ident.to_string();
            let path = join(&self.modules[id].path, &name);
            if is_test(&declared.attrs) || !known.insert(path.clone()) {
                continue;
            }
            let items = match &declared.content {
                Some((_, items)) => items.clone(),
                None => files
                    .get(path.as_str())
                    .map(|file| file.items.clone())
                    .unwrap_or_default(),
            };
            let mut module = Module::new(Some(id), path.clone(), &path, String::new());
            module.is_public = is_public(&declared.vis);
            module.is_hidden = is_hidden(&declared.attrs);
            module.conditions = conditions(&declared.attrs);
            self.modules.push(module);
            let child = self.modules.len() - 1;
            self.modules[id].children.insert(name, child);
            rest.push((child, items));
        }
    }

    /// Expands the macros, and gives each module its items.
    fn fill(&mut self, modules: Vec<(usize, Vec<Item>)>) {
        let mut macros = Macros::default();
        for (id, items) in &modules {
            for item in items {
                if let Item::Macro(item) = item
                    && let Some(name) = &item.ident
                {
                    macros.define(item);
                    self.macros.entry(name.to_string()).or_insert(*id);
                }
            }
        }
        for (id, items) in modules {
            for mut item in items {
                if is_test(attributes(&item)) {
                    continue;
                }
                match &item {
                    Item::Macro(call) if call.ident.is_none() => {
                        let call = call.mac.clone();
                        self.call(id, &call, &mut macros);
                    }
                    Item::Use(import) => {
                        let import = Import {
                            is_public: is_public(&import.vis),
                            is_hidden: is_hidden(&import.attrs),
                            conditions: conditions(&import.attrs),
                            path: Vec::new(),
                            name: None,
                        };
                        let Item::Use(item) = &item else { continue };
                        self.modules[id].import(&import, &item.tree, &mut Vec::new());
                    }
                    _ => {
                        if macros.members(&mut item, 0).is_none() {
                            self.unknown(id, "a macro in an implementation");
                        }
                        self.modules[id].add(item, None);
                    }
                }
            }
        }
    }

    /// Adds the items that a call makes.
    fn call(&mut self, id: usize, call: &syn::Macro, macros: &mut Macros) {
        let name = macros::name(call);
        let is_known = macros.knows(call);
        let items = if is_known {
            macros.items(call)
        } else {
            tables::items(call)
        };
        let is_expanded = items.is_some();
        for item in items.into_iter().flatten() {
            self.modules[id].add(item, Some(name.clone()));
        }
        if !is_expanded {
            self.unknown(id, &name);
        }
        let facts = match tables::facts(call) {
            None if !is_expanded => tables::marked(call),
            facts => facts,
        };
        if let Some((subject, mut facts)) = facts {
            // The traits of a macro whose rules are not known are called by its name.
            if !is_known {
                facts.made_by.insert(format!("{name}!"));
            }
            let known = self.modules[id].facts.entry(subject).or_default();
            known.extend(facts);
        }
    }

    fn unknown(&mut self, id: usize, name: &str) {
        let module = &self.modules[id];
        self.unknown.push(UnknownMacro {
            name: name.to_owned(),
            file: module.file.clone(),
            module: module.path.clone(),
        });
    }
}

impl Module {
    fn new(parent: Option<usize>, path: String, file: &str, folder: String) -> Self {
        Self {
            parent,
            path,
            file: file.to_owned(),
            folder,
            is_public: true,
            is_hidden: false,
            conditions: BTreeSet::new(),
            items: Vec::new(),
            children: BTreeMap::new(),
            imports: Vec::new(),
            names: HashMap::new(),
            facts: HashMap::new(),
        }
    }

    fn add(&mut self, item: Item, made_by: Option<String>) {
        if let Some(name) = name_of(&item) {
            self.names.entry(name).or_default().push(self.items.len());
        }
        self.items.push(Entry { item, made_by });
    }

    fn import(&mut self, like: &Import, tree: &UseTree, path: &mut Vec<String>) {
        let import = |path: Vec<String>, name| Import {
            conditions: like.conditions.clone(),
            path,
            name,
            ..*like
        };
        match tree {
            UseTree::Path(step) => {
                path.push(step.ident.to_string());
                self.import(like, &step.tree, path);
                path.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(like, tree, path);
                }
            }
            UseTree::Glob(_) => self.imports.push(import(path.clone(), None)),
            UseTree::Name(name) if name.ident == "self" => {
                self.imports
                    .push(import(path.clone(), path.last().cloned()));
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                let path = path.iter().cloned().chain([name.clone()]).collect();
                self.imports.push(import(path, Some(name)));
            }
            UseTree::Rename(rename) => {
                let mut path = path.clone();
                if rename.ident != "self" {
                    path.push(rename.ident.to_string());
                }
                self.imports
                    .push(import(path, Some(rename.rename.to_string())));
            }
        }
    }
}

fn parse(path: &str, text: &str) -> Result<syn::File, OutlineError> {
    syn::parse_file(text).map_err(|error| OutlineError::Syntax {
        file: path.to_owned(),
        message: error.to_string(),
    })
}

/// `path::name`, or `name` if the path is empty.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}::{name}")
    }
}

fn join_files(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether the visibility is `pub`.
pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether an item has `#[doc(hidden)]`.
pub(super) fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("doc")
            && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string() == "hidden")
    })
}

/// The conditions of `#[cfg(...)]`, as they are shown.
pub(super) fn conditions(attributes: &[Attribute]) -> BTreeSet<String> {
    let lists = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            syn::Meta::List(list) if list.path.is_ident("cfg") => Some(list.tokens.to_string()),
            _ => None,
        });
    lists.map(|condition| shown(&condition)).collect()
}

/// `feature "blocking"`, or the whole condition.
pub(super) fn shown(condition: &str) -> String {
    match condition.strip_prefix("feature = ") {
        Some(name) if !name.contains(',') => format!("feature {}", name.trim_matches('"')),
        _ => format!("cfg {}", condition.replace(" (", "(").replace(" ,", ",")),
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    conditions(attributes).contains("cfg test")
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes
        .iter()
        .find_map(|attribute| match &attribute.meta {
            syn::Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        })
}

/// The name of an item that a path can lead to.
pub(super) fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        _ => return None,
    };
    Some(name.to_string())
}

/// The attributes of an item.
pub(super) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
