//! Witnesses of breaks: code that compiles with the client of the old document and not with that of the new one, and JSON that one of
//! them reads and the other does not.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use releasepack_codegen::diff::{Diff, Direction, compare, outline_changes, witness};
use releasepack_codegen::{
    Bundle, Document, Generation, Strictness, generate, of_crate, package, tree,
};
use releasepack_tests::clients;

const BASE: &str = include_str!("witness/base.yaml");
const REVISION: &str = include_str!("witness/revision.yaml");

const OUTLINE: &str = "\
struct Client: Clone + Debug
fn Client::get_pet(&self, id: impl Into<String>) -> GetPet<'_>
struct operations::GetPet<'c>: Clone + Debug
fn operations::GetPet::send(self) -> impl Future<Output = Result<types::Pet, Error<types::Fault>>>
struct runtime::Error<E>: Debug
struct types::Fault: Clone
struct types::Pet: Clone + Default (non-exhaustive)
field types::Pet.kind: Option<Kind> set by Kind
enum types::Kind: Clone
variant types::Kind::Cat
variant types::Kind::Unknown(String)
const operations::GET_PET: usize
";

/// The witnesses of one edit of the outline.
fn shown(from: &str, to: &str) -> String {
    assert!(OUTLINE.contains(from), "{from}");
    let changes = outline_changes(OUTLINE, &OUTLINE.replace(from, to));
    let codes = changes.iter().map(|it| witness(it, OUTLINE, "pets"));
    codes
        .map(|it| it.unwrap_or_else(|| "none\n".to_owned()))
        .collect()
}

#[test]
fn each_kind_of_break_has_code_that_shows_it() {
    let edits = [
        ("Option<Kind> set by Kind", "Option<String>"),
        ("field types::Pet.kind: Option<Kind> set by Kind\n", ""),
        ("variant types::Kind::Cat\n", ""),
        ("Unknown(String)", "Unknown(i64)"),
        ("Clone + Default", "Clone"),
        ("id: impl Into<String>", "id: i64"),
        ("Error<types::Fault>", "Error<String>"),
        ("struct types::Fault: Clone\n", ""),
        ("usize", "u64"),
    ];
    let codes = edits.map(|(from, to)| format!("// {} → {}\n{}", from.trim(), to, shown(from, to)));
    insta::assert_snapshot!(codes.join("\n"));
}

#[test]
fn more_items_and_more_traits_break_nothing() {
    let more =
        OUTLINE.replace("Clone + Default", "Clone + Default + Eq") + "struct types::Owner: Clone\n";
    let changes = outline_changes(OUTLINE, &more);
    assert_eq!(changes.len(), 2);
    assert!(
        changes
            .iter()
            .all(|it| witness(it, OUTLINE, "pets").is_none())
    );
}

/// A client as a crate, with its outline.
struct Crate {
    files: Vec<tree::File>,
    outline: String,
}

impl Crate {
    /// Packages of one name would take each other's compiled files.
    fn of(document: &Bundle, name: &str) -> Self {
        let generation: Generation = generate(document, Strictness::Strict).unwrap();
        let files = package(name, &generation, &clients::runtime()).unwrap();
        let sources = files.iter().filter_map(|file| {
            let path = file.path.strip_prefix("src/")?;
            Some(tree::File::new(path, &file.text))
        });
        let outline = of_crate(&sources.collect::<Vec<_>>()).unwrap().to_text();
        Self { files, outline }
    }

    /// Writes it with tests of its user.
    fn write(self, folder: &str, tests: &[tree::File]) -> PathBuf {
        let mut files = self.files;
        files.extend_from_slice(tests);
        clients::write(&target().join(folder), files)
    }
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("witness")
}

fn cargo(package: &Path, command: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(command)
        .args(["--offline", "--no-default-features"])
        .current_dir(package)
        // As the other tests that compile crates, so that dependencies are compiled once.
        .env("CARGO_TARGET_DIR", target().join("../compile/target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_TERM_COLOR", "never")
        .env("RUSTFLAGS", "")
        .output()
        .expect("cargo can be run")
}

fn document(name: &str, text: &str) -> Bundle {
    Bundle::from(Document::parse(name, text.as_bytes()).unwrap())
}

/// A test for each break at run time: whether the types of the client read the JSON and write it again.
fn of_json(diff: &Diff, package: &str) -> tree::File {
    let mut text =
        format!("//! JSON of the old and of the new document.\n\nuse {package} as pets;\n\n");
    text += "fn keeps<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> bool {
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    serde_json::from_str::<T>(text).is_ok_and(|it| serde_json::to_value(it).unwrap() == value)
}
";
    let mut count = 0;
    for change in diff.changes.iter().filter(|it| it.rule.deployed.is_break()) {
        let Some(samples) = &change.samples else {
            continue;
        };
        let name = change.subject.split('.').next().unwrap();
        // A parameter is not JSON.
        if !name.chars().all(char::is_alphanumeric) {
            continue;
        }
        count += 1;
        let (own, foreign) = if package == "pets_old" {
            (&samples.before, &samples.now)
        } else {
            (&samples.now, &samples.before)
        };
        let _ = write!(
            text,
            "\n/// {}\n#[test]\nfn change_{count}() {{\n    type Subject = pets::types::{name};\n    assert!(keeps::<Subject>({:?}));\n",
            change.what,
            own.to_string(),
        );
        // What a server refuses, a client may still write.
        if change.rule.direction == Some(Direction::Response) {
            let _ = writeln!(
                text,
                "    assert!(!keeps::<Subject>({:?}));",
                foreign.to_string()
            );
        }
        text += "}\n";
    }
    assert!(count >= 4, "breaks have JSON that shows them");
    tree::File::new("tests/json.rs", text)
}

#[test]
fn witnesses_compile_with_the_base_only_and_json_is_kept_by_its_own_side_only() {
    let (base, revision) = (
        document("base.yaml", BASE),
        document("revision.yaml", REVISION),
    );
    let diff = compare(&base, &revision).unwrap();
    let (old, new) = (
        Crate::of(&base, "pets-old"),
        Crate::of(&revision, "pets-new"),
    );
    let changes = outline_changes(&old.outline, &new.outline);
    let codes: BTreeSet<String> = changes
        .iter()
        .filter_map(|it| witness(it, &old.outline, "pets"))
        .collect();
    assert!(codes.len() >= 6, "{codes:#?}");
    let tests = |package: &str| {
        let witnesses = codes.iter().enumerate().map(|(index, code)| {
            let text =
                format!("//! A witness.\n#![allow(unused)]\nuse {package} as pets;\n\n{code}");
            tree::File::new(format!("tests/witness_{index}.rs"), text)
        });
        let mut tests: Vec<tree::File> = witnesses.collect();
        tests.push(of_json(&diff, package));
        tests
    };
    let base = old.write("base", &tests("pets_old"));
    let output = cargo(&base, &["check", "--quiet", "--tests"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let output = cargo(&base, &["test", "--test", "json"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );

    let revision = new.write("revision", &tests("pets_new"));
    let output = cargo(&revision, &["check", "--tests", "--keep-going"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    for (index, code) in codes.iter().enumerate() {
        let failure = format!("could not compile `pets-new` (test \"witness_{index}\")");
        assert!(
            stderr.contains(&failure),
            "this still compiles:\n{code}\n{stderr}"
        );
    }
    let output = cargo(&revision, &["test", "--test", "json"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}
