//! The public API of the client: a snapshot for each module, and what proves that nothing is missing.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use releasepack_codegen::{CrateOutline, of_crate, outline, tree};

fn source() -> Vec<tree::File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/src");
    tree::read(&folder).unwrap()
}

fn client() -> CrateOutline {
    of_crate(&source()).unwrap()
}

#[test]
fn the_public_api_of_the_client() {
    let outline = client();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/outline");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut names = BTreeSet::new();
    settings.bind(|| {
        for (module, lines) in &outline.modules {
            let name = match module.as_str() {
                "" => "crate".to_owned(),
                module => module.replace("::", "."),
            };
            insta::assert_snapshot!(name.clone(), lines.join("\n"));
            names.insert(format!("{name}.snap"));
        }
        insta::assert_snapshot!("hidden", outline.hidden.join("\n"));
        names.insert("hidden.snap".to_owned());
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/outline");
    let found = fs::read_dir(folder).unwrap();
    let found = found.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = found
        .filter(|name| {
            Path::new(name).extension().is_some_and(|it| it == "snap") && !names.contains(name)
        })
        .collect();
    assert!(left.is_empty(), "no module has these snapshots: {left:?}");
}

#[test]
fn every_macro_of_the_client_is_expanded() {
    assert_eq!(client().unknown, []);
}

/// The tables are expanded by the rules of the client's macros in one outline, and by what the generator knows of them in the other.
#[test]
fn what_the_generator_knows_of_its_macros_is_what_they_make() {
    let whole = client().to_text();
    let whole: BTreeSet<&str> = whole.lines().collect();
    let files: Vec<_> = source()
        .into_iter()
        .filter_map(|file| {
            let path = file
                .path
                .strip_prefix("generated/")?
                .strip_suffix(".rs")?
                .to_owned();
            let path = if path == "mod" { String::new() } else { path };
            Some((path, syn::parse_str(&file.text).unwrap()))
        })
        .collect();
    let files: Vec<_> = files
        .iter()
        .map(|(path, file)| (path.as_str(), file))
        .collect();
    let missing: Vec<_> = outline(&files)
        .lines()
        .map(|line| {
            let is_root = line.starts_with("struct Client") || line.starts_with("fn Client");
            let is_support = line.contains(" support::");
            match (is_root, is_support) {
                (true, _) => line.replacen("Client", "generated::Client", 1),
                (_, true) => line.replacen("support::", "generated::support::", 1),
                _ => line.to_owned(),
            }
        })
        .filter(|line| !whole.contains(line.as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}\n{whole:#?}");
}
