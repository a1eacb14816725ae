//! Makes a crate from a generated client: adds the manifest, the crate root and the runtime to the generated files.

use crate::emit::face::Features;
use crate::generation::Generation;
use crate::tree;

mod features;
mod module;
mod root;

pub(crate) use module::{dependencies, module};
use root::root;

/// The name is not a valid crate name by Cargo's rules, or not the path of a module.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{name}` is not a valid {rule}")]
pub struct InvalidName {
    name: String,
    /// What it should be, and how such names are written.
    rule: &'static str,
}

/// The files of a crate. `runtime` has the files of the module `runtime` of the hand-written client.
///
/// # Errors
///
/// [`InvalidName`] if Cargo does not accept the name.
pub fn package(
    name: &str,
    generation: &Generation,
    runtime: &[tree::File],
) -> Result<Vec<tree::File>, InvalidName> {
    let is_name = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || !name.chars().all(is_name) {
        return Err(InvalidName {
            name: name.to_owned(),
            rule: "crate name: use letters, digits, `-` and `_`, and begin with a letter",
        });
    }
    let ident = name.replace('-', "_");
    let uses = |needle: &str| {
        let mut files = generation.files.iter();
        files.any(|file| file.text.contains(needle))
    };
    let has_support = generation.files.iter().any(|it| it.path == "support.rs");
    let mut files = vec![
        tree::File::new(
            "Cargo.toml",
            manifest(
                name,
                &Needs {
                    dates: uses("jiff::"),
                    uuids: uses("uuid::Uuid"),
                    digits: uses("crate::runtime::Number") || uses("crate::runtime::Integer"),
                    has_mock: generation.face.has_mock(),
                    features: &generation.face.features,
                    text: uses("Text => String") || uses("Text::decode("),
                },
            ),
        ),
        tree::File::new("src/lib.rs", root(&ident, has_support, generation)),
    ];
    files.extend(runtime.iter().map(|file| {
        let text = file.text.replace("releasepack_client", &ident);
        tree::File::new(format!("src/runtime/{}", file.path), text)
    }));
    files.extend(generation.files.iter().map(|file| {
        let path = format!("src/generated/{}", file.path);
        // The header of the file names the command that made it.
        let text = file
            .text
            .replacen("cargo xtask regen", "releasepack-codegen generate", 1);
        let text = features::with_conditions(&file.path, &text, &generation.face.features);
        tree::File::new(path, text)
    }));
    files.extend(generation.face.files.iter().map(|file| {
        let text = file
            .text
            .replacen("cargo xtask regen", "releasepack-codegen generate", 1);
        tree::File::new(format!("src/{}", file.path), text)
    }));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// What a crate needs that not every crate does.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each stands for a dependency or a feature"
)]
struct Needs<'n> {
    dates: bool,
    uuids: bool,
    /// It has numbers that keep their digits.
    digits: bool,
    /// It reads text, which may be in any encoding.
    text: bool,
    /// It has a module `mock`.
    has_mock: bool,
    /// The features of its tags.
    features: &'n Features,
}

fn manifest(name: &str, needs: &Needs) -> String {
    let optional = |name: &str, is_needed: bool| {
        let line = format!("{name} = {{ version = \"1\", features = [\"serde\"] }}\n");
        if is_needed { line } else { String::new() }
    };
    let dates = optional("jiff", needs.dates);
    let uuids = optional("uuid", needs.uuids);
    let raw = if needs.digits { ", \"raw_value\"" } else { "" };
    let (mock, servers) = if needs.has_mock {
        (
            "# A server for tests, which responds with the examples of the API description.
mock = [\"dep:hyper\", \"dep:hyper-util\", \"tokio/net\", \"tokio/rt\"]
",
            "hyper = { version = \"1\", default-features = false, features = [\"http1\", \"server\"], optional = true }
hyper-util = { version = \"0.1\", default-features = false, features = [\"tokio\"], optional = true }
",
        )
    } else {
        ("", "")
    };
    let tags = features::manifest(needs.features);
    let all = if tags.is_empty() { "" } else { "\"all\", " };
    let charset = if needs.text { "\"charset\", " } else { "" };
    format!(
        "[package]
name = \"{name}\"
version = \"0.1.0\"
edition = \"2024\"
rust-version = \"1.88\"
publish = false

[dependencies]
base64 = {{ version = \"0.23\", default-features = false, features = [\"alloc\"] }}
bytes = \"1\"
encoding_rs = {{ version = \"0.8\", default-features = false, features = [\"alloc\"], optional = true }}
fastrand = \"2\"
futures-core = {{ version = \"0.3\", default-features = false }}
http = \"1\"
http-body = \"1\"
httpdate = \"1\"
{servers}{dates}percent-encoding = \"2\"
reqwest = {{ version = \"0.13\", default-features = false }}
secrecy = \"0.10\"
serde = \"1\"
serde_json = {{ version = \"1\", features = [\"float_roundtrip\"{raw}] }}
thiserror = \"2\"
tokio = {{ version = \"1\", default-features = false, features = [\"sync\", \"time\"] }}
tracing = {{ version = \"0.1\", default-features = false, features = [\"std\"] }}
url = \"2\"
{uuids}
[features]
default = [{all}{charset}\"rustls\"]
# Text in other encodings than UTF-8.
charset = [\"dep:encoding_rs\"]
# TLS in Rust, or TLS of the operating system.
rustls = [\"reqwest/rustls\"]
native-tls = [\"reqwest/native-tls\"]
{mock}{tags}
# No member of a workspace around it.
[workspace]
"
    )
}
