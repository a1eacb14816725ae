//! The compiler asks what a new value of the vendor's means: no `match` on a generated enum has an arm for all others.

use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::Visit;

/// The enums in a generated file that keep unknown values.
fn enums(types: &syn::File) -> Vec<String> {
    let items = types.items.iter();
    let enums = items.filter_map(|item| match item {
        syn::Item::Enum(item) => Some(item),
        _ => None,
    });
    enums.map(|item| item.ident.to_string()).collect()
}

/// The files with code that is written by hand.
fn add_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_written = !path.ends_with("generated") && !path.ends_with("runtime");
        if path.is_dir() && is_written {
            add_files(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}

/// Finds each `match` with an arm for a value of one of the enums and with one for all others.
struct Finder<'e> {
    enums: &'e [String],
    matches: usize,
    swallowing: Vec<String>,
}

impl Finder<'_> {
    /// Whether the pattern names a value of one of the enums.
    fn names(&self, pattern: &syn::Pat) -> bool {
        struct Paths<'f, 'e>(&'f Finder<'e>, bool);
        impl<'a> Visit<'a> for Paths<'_, '_> {
            fn visit_path(&mut self, path: &'a syn::Path) {
                let mut segments = path.segments.iter().rev().skip(1);
                self.1 |= segments.any(|it| self.0.enums.contains(&it.ident.to_string()));
            }
        }
        let mut paths = Paths(self, false);
        paths.visit_pat(pattern);
        paths.1
    }
}

/// Whether a pattern fits every value of an enum, alone or in one variant around it (`Some(other)`).
fn fits_all(pattern: &syn::Pat) -> bool {
    match pattern {
        syn::Pat::Wild(_) => true,
        syn::Pat::Ident(it) => it.subpat.is_none() && it.ident != "None",
        syn::Pat::TupleStruct(it) => {
            let is_some = it.path.segments.last().is_some_and(|it| it.ident == "Some");
            is_some && it.elems.iter().all(fits_all)
        }
        syn::Pat::Reference(it) => fits_all(&it.pat),
        syn::Pat::Or(it) => it.cases.iter().any(fits_all),
        _ => false,
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_expr_match(&mut self, it: &'a syn::ExprMatch) {
        if it.arms.iter().any(|arm| self.names(&arm.pat)) {
            self.matches += 1;
            if it.arms.iter().any(|arm| fits_all(&arm.pat)) {
                let line = format!("{:?}", it.arms[0].pat);
                self.swallowing.push(line);
            }
        }
        syn::visit::visit_expr_match(self, it);
    }
}

fn find(code: &str, enums: &[String]) -> (usize, usize) {
    let mut finder = Finder {
        enums,
        matches: 0,
        swallowing: Vec::new(),
    };
    finder.visit_file(&syn::parse_file(code).unwrap());
    (finder.matches, finder.swallowing.len())
}

#[test]
fn the_compiler_asks_what_a_new_value_of_the_vendor_means() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/src");
    let types = fs::read_to_string(source.join("generated/types.rs")).unwrap();
    let enums = enums(&syn::parse_file(&types).unwrap());
    assert!(enums.contains(&"ReleaseStatus".to_owned()), "{enums:?}");
    let mut files = Vec::new();
    add_files(&source, &mut files);
    let mut matches = 0;
    for file in files {
        let (found, swallowing) = find(&fs::read_to_string(&file).unwrap(), &enums);
        assert_eq!(
            swallowing,
            0,
            "{} has an arm for all other values",
            file.display()
        );
        matches += found;
    }
    assert!(matches > 0, "there is at least the one in `State::of`");
}

#[test]
fn an_arm_for_all_other_values_is_found() {
    let enums = ["ReleaseStatus".to_owned()];
    for arm in ["_", "other", "Some(_)", "Some(other)", "Some(_) | None"] {
        let code = format!(
            "fn f(it: X) {{ match it {{ Some(ReleaseStatus::Success) => 1, {arm} => 2 }} }}"
        );
        assert_eq!(find(&code, &enums), (1, 1), "{arm}");
    }
    for arm in ["Some(ReleaseStatus::Unknown(other))", "None"] {
        let code = format!(
            "fn f(it: X) {{ match it {{ Some(ReleaseStatus::Success) => 1, {arm} => 2 }} }}"
        );
        assert_eq!(find(&code, &enums), (1, 0), "{arm}");
    }
}
