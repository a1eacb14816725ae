//! The modules of the generator depend on each other as ARCHITECTURE.md draws it: no edge more, no edge less.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// For each module, the modules that it uses.
type Edges = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads the block of ARCHITECTURE.md that begins with ```` ```modules ````: a line a module, `module → used, used`.
fn drawn() -> Edges {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, rest) = page
        .split_once("```modules\n")
        .expect("ARCHITECTURE.md has a block of modules");
    let (block, _) = rest.split_once("```").expect("the block ends");
    let lines = block.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let (module, used) = line.split_once('→').expect("each line has an arrow");
            let used = used.split(',').map(|name| name.trim().to_owned());
            let used = used.filter(|name| !name.is_empty()).collect();
            (module.trim().to_owned(), used)
        })
        .collect()
}

/// The edges in the sources of the generator, and the paths that take an item from `lib.rs` instead of its module.
fn found() -> (Edges, Vec<String>) {
    let sources = root().join("codegen/src");
    let mut edges = Edges::new();
    let mut detours = Vec::new();
    let mut folders = vec![sources.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let relative = path.strip_prefix(&sources).unwrap();
            let first = relative.iter().next().unwrap().to_str().unwrap();
            let module = first.trim_end_matches(".rs").to_owned();
            // `lib.rs` is the public face. A binary and the command line are outside of the library, and use that face.
            if ["lib", "main", "bin", "cli"].contains(&module.as_str()) {
                continue;
            }
            let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
            let mut search = Search::default();
            search.visit_file(&file);
            let used = edges.entry(module.clone()).or_default();
            for name in search.used {
                if name.starts_with(char::is_uppercase) {
                    detours.push(format!("{}: crate::{name}", relative.display()));
                } else if name != module {
                    used.insert(name);
                }
            }
        }
    }
    (edges, detours)
}

/// The first names behind `crate::`. Code that is only quoted is not looked at; neither are tests inside the modules.
#[derive(Default)]
struct Search {
    used: BTreeSet<String>,
}

impl Search {
    fn tree(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.used.insert(path.ident.to_string()),
            syn::UseTree::Name(name) => self.used.insert(name.ident.to_string()),
            syn::UseTree::Rename(name) => self.used.insert(name.ident.to_string()),
            syn::UseTree::Glob(_) => self.used.insert("*".to_owned()),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.tree(tree));
                true
            }
        };
    }
}

impl<'ast> Visit<'ast> for Search {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let is_test = item.attrs.iter().any(|it| it.path().is_ident("cfg"));
        if !is_test {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if let syn::UseTree::Path(path) = &item.tree
            && path.ident == "crate"
        {
            self.tree(&path.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut segments = path.segments.iter();
        if segments.next().is_some_and(|first| first.ident == "crate")
            && let Some(second) = segments.next()
        {
            self.used.insert(second.ident.to_string());
        }
        visit::visit_path(self, path);
    }
}

#[test]
fn modules_use_each_other_as_the_architecture_draws_it() {
    let (found, _) = found();
    let drawn = drawn();
    assert!(found.len() > 10, "the sources were not found");
    let names: BTreeSet<_> = found.keys().chain(drawn.keys()).collect();
    let mut differences = Vec::new();
    for name in names {
        let none = BTreeSet::new();
        let used = found.get(name).unwrap_or(&none);
        let allowed = drawn.get(name).unwrap_or(&none);
        for other in used.difference(allowed) {
            differences.push(format!(
                "`{name}` uses `{other}`, which ARCHITECTURE.md does not draw"
            ));
        }
        for other in allowed.difference(used) {
            differences.push(format!(
                "ARCHITECTURE.md draws `{name}` → `{other}`, which no code uses"
            ));
        }
        if !found.contains_key(name) || !drawn.contains_key(name) {
            differences.push(format!("`{name}` is either not drawn or does not exist"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn no_two_modules_use_each_other() {
    let edges = drawn();
    // A module is done once everything that it uses is done; a module that is never done is part of a circle.
    let mut done: BTreeSet<&str> = BTreeSet::new();
    loop {
        let next: Vec<&str> = edges
            .iter()
            .filter(|(name, used)| {
                !done.contains(name.as_str())
                    && used.iter().all(|other| done.contains(other.as_str()))
            })
            .map(|(name, _)| name.as_str())
            .collect();
        if next.is_empty() {
            break;
        }
        done.extend(next);
    }
    let circle: Vec<_> = edges
        .keys()
        .filter(|name| !done.contains(name.as_str()))
        .collect();
    assert!(
        circle.is_empty(),
        "these modules use each other: {circle:?}"
    );
}

#[test]
fn modules_import_from_where_a_thing_is_defined() {
    let (_, detours) = found();
    assert!(
        detours.is_empty(),
        "taken from lib.rs instead of its module:\n{}",
        detours.join("\n")
    );
}
