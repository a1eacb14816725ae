//! The crates whose types are in the API of the client.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use releasepack_codegen::{of_crate, tree};
use syn::{Item, UseTree};

/// The files of the client.
fn source() -> Vec<tree::File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/src");
    tree::read(&folder).unwrap()
}

/// The names of the dependencies of the client, as they are in code.
fn dependencies() -> BTreeSet<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    let (_, rest) = manifest.split_once("\n[dependencies]\n").unwrap();
    let lines = rest.lines().take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| line.split(['.', ' ', '=']).next());
    names
        .filter(|name| !name.is_empty())
        .map(|name| name.replace('-', "_"))
        .collect()
}

/// What the items of a file import from other crates, and the types that they define.
#[derive(Default)]
struct Names {
    imported: BTreeMap<String, BTreeSet<String>>,
    own: BTreeSet<String>,
}

impl Names {
    fn add(&mut self, items: &[Item], dependencies: &BTreeSet<String>) {
        for item in items {
            let own = match item {
                Item::Use(item) => {
                    self.import(None, &item.tree, dependencies);
                    continue;
                }
                Item::Mod(module) => {
                    let items = module.content.as_ref().map(|(_, items)| &items[..]);
                    self.add(items.unwrap_or_default(), dependencies);
                    continue;
                }
                Item::Struct(item) => &item.ident,
                Item::Enum(item) => &item.ident,
                Item::Trait(item) => &item.ident,
                Item::Type(item) => &item.ident,
                _ => continue,
            };
            self.own.insert(own.to_string());
        }
    }

    fn import(&mut self, root: Option<&str>, tree: &UseTree, dependencies: &BTreeSet<String>) {
        let name = match tree {
            UseTree::Path(path) => {
                let name = path.ident.to_string();
                return self.import(Some(root.unwrap_or(&name)), &path.tree, dependencies);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(root, tree, dependencies);
                }
                return;
            }
            UseTree::Name(name) => name.ident.to_string(),
            // An import as `_` has no name.
            UseTree::Rename(name) if name.rename == "_" => return,
            UseTree::Rename(name) => name.rename.to_string(),
            UseTree::Glob(_) => return,
        };
        if let Some(root) = root.filter(|root| dependencies.contains(*root)) {
            self.imported
                .entry(name)
                .or_default()
                .insert(root.to_owned());
        }
    }
}

/// The crates that a line of the outline names, by a path or by what its types are imported from.
fn crates_in(line: &str, names: &Names, dependencies: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let mut rest = line;
    let mut is_inside_path = false;
    while let Some(start) = rest.find(is_name) {
        is_inside_path |= rest[..start].ends_with("::");
        rest = &rest[start..];
        let end = rest.find(|it| !is_name(it)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if !is_inside_path && after.starts_with("::") && dependencies.contains(name) {
            found.insert(name.to_owned());
        } else if !is_inside_path && !names.own.contains(name) {
            found.extend(names.imported.get(name).into_iter().flatten().cloned());
        }
        (rest, is_inside_path) = (after, false);
    }
    found
}

#[test]
fn every_crate_whose_types_are_in_the_api_is_in_the_module_external() {
    let (source, dependencies) = (source(), dependencies());
    assert!(
        dependencies.contains("serde_json") && dependencies.len() > 15,
        "{dependencies:?}"
    );
    let mut names = Names::default();
    for file in &source {
        names.add(&syn::parse_file(&file.text).unwrap().items, &dependencies);
    }
    let outline = of_crate(&source).unwrap();
    let modules = outline
        .modules
        .iter()
        .filter(|(module, _)| *module != "external");
    let lines = modules.flat_map(|(_, lines)| lines).chain(&outline.hidden);
    let found: BTreeSet<_> = lines
        .flat_map(|line| crates_in(line, &names, &dependencies))
        .collect();

    let page = source
        .iter()
        .find(|file| file.path == "external.rs")
        .unwrap();
    let lines = page.text.lines();
    let exported = lines
        .clone()
        .filter_map(|line| line.strip_prefix("pub use ")?.strip_suffix(';'));
    let exported: BTreeSet<_> = exported.map(str::to_owned).collect();
    assert_eq!(exported, found);

    // The versions that the page promises are those of the manifest.
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let workspace = fs::read_to_string(workspace).unwrap();
    let rows = lines.filter_map(|line| line.strip_prefix("//! | [`")?.split_once("`] | "));
    let rows: BTreeMap<_, _> = rows
        .map(|(name, row)| (name, row.split(" |").next().unwrap()))
        .collect();
    assert_eq!(
        rows.keys()
            .map(|it| (*it).to_owned())
            .collect::<BTreeSet<_>>(),
        exported
    );
    for (name, version) in rows {
        let name = name.replace('_', "-");
        let line = workspace
            .lines()
            .find(|line| line.replace('_', "-").starts_with(&format!("{name} = ")));
        let line = line.unwrap_or_else(|| panic!("{name} is not in the manifest"));
        assert!(
            line.contains(&format!("\"{version}\"")),
            "{name} {version}: {line}"
        );
    }
}

#[test]
fn a_crate_is_found_by_its_path_and_by_its_imports() {
    let dependencies = ["http", "jiff", "url"].map(str::to_owned).into();
    let mut names = Names::default();
    let file = "use http::{HeaderMap, header::{self, ACCEPT as A}}; use url::Url; use std::fmt::Debug; struct Url;";
    names.add(&syn::parse_file(file).unwrap().items, &dependencies);
    let found = |line| {
        crates_in(line, &names, &dependencies)
            .into_iter()
            .collect::<Vec<_>>()
    };
    assert_eq!(found("fn a(&self) -> Option<&HeaderMap>"), ["http"]);
    assert_eq!(
        found("fn a(date: jiff::civil::Date, name: A)"),
        ["http", "jiff"]
    );
    assert!(found("field a.url: Url, own::HeaderMap, Debug").is_empty());
}
