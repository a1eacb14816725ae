//! Makes a crate from a generated client: adds the manifest, the crate root and the runtime to the generated files.

use crate::generation::Generation;
use crate::tree;

/// The name is not a valid crate name by Cargo's rules.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "`{0}` is not a valid crate name: use letters, digits, `-` and `_`, and begin with a letter"
)]
pub struct InvalidName(String);

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
        return Err(InvalidName(name.to_owned()));
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
                    text: uses("Text => String") || uses("Text::decode("),
                },
            ),
        ),
        tree::File::new(
            "src/lib.rs",
            root(&ident, has_support, generation.recursion_limit),
        ),
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
            .replacen("cargo xtask regen", "cargo xtask generate", 1);
        tree::File::new(path, text)
    }));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// The crate root, `lib.rs`. `ident` is the name of the crate in code.
fn root(ident: &str, has_support: bool, recursion_limit: Option<usize>) -> String {
    let (mut about, mut attribute) = (String::new(), String::new());
    if let Some(limit) = recursion_limit {
        attribute = format!("#![recursion_limit = \"{limit}\"]\n");
        about = format!(
            "//!
//! The types of this API are many levels in each other, so this crate has a larger recursion limit for rustc. If rustc reports
//! an overflow in a crate that uses them, for example because a future with such a type is sent to another thread, add
//! `#![recursion_limit = \"{limit}\"]` to its root too.
"
        );
    }
    let support = if has_support { "support, " } else { "" };
    format!(
        "//! A client generated from an OpenAPI document.
//!
//! [`Client`] has a method for each operation. The method takes the required parameters and returns a request; the methods of
//! the request set the optional parameters. [`types`] contains the types of parameters and bodies, [`runtime`] the code that
//! all operations share.
//!
//! ```no_run
//! use {ident}::Client;
//! use {ident}::runtime::{{Http, Service}};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {{
//! let mut headers = reqwest::header::HeaderMap::new();
//! headers.insert(\"authorization\", \"Bearer a-token\".parse()?);
//! let http = reqwest::Client::builder()
//!     .default_headers(headers)
//!     .redirect(reqwest::redirect::Policy::none())
//!     .build()?;
//! let service = Service::new(&\"https://api.example.com/v1\".parse()?, Http::new(http));
//! let client = Client::new(service);
//! # Ok(())
//! # }}
//! ```
//!
//! # What responses may be
//!
//! A response that is not quite as the description says is readable nevertheless:
//!
//! - An object has the members that its schema lists. Others are ignored, unless the schema says of which type they are
//!   (`additionalProperties`): then they are in a field with this name.
//! - An optional member whose value has another type is absent. Strings are kept as they came, whatever their format is. New
//!   values of enums and new variants of unions are `Unknown`.
//! - Bounds, patterns, lengths, and conditions between members are not checked. Members that only a condition declares are
//!   optional.
//! - A body that is missing is a value with nothing in it, if its type has one.
//!
//! # When a call fails
//!
//! [`Error::is_retryable`](runtime::Error::is_retryable) says whether it is safe to make the call again, and
//! [`is_outcome_unknown`](runtime::Error::is_outcome_unknown) whether the server may have carried it out. Both follow the one table
//! of [`runtime::verdict`]. With [`Service::with_redaction`](runtime::Service::with_redaction), errors show no secrets, even if the
//! server repeats them.
//!
//! # What does not match the description
//!
//! [`Response::notes`](runtime::Response::notes) has the place of each member that was ignored, dropped or not known, if the
//! service has an [observer](runtime::Service::with_observer).
{about}
{attribute}#![forbid(unsafe_code)]

pub mod generated;
pub mod runtime;

pub use generated::{{Client, operations, {support}types}};
"
    )
}

/// What a crate needs that not every crate does.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each stands for a dependency or a feature"
)]
struct Needs {
    dates: bool,
    uuids: bool,
    /// It has numbers that keep their digits.
    digits: bool,
    /// It reads text, which may be in any encoding.
    text: bool,
}

fn manifest(name: &str, needs: &Needs) -> String {
    let optional = |name: &str, is_needed: bool| {
        let line = format!("{name} = {{ version = \"1\", features = [\"serde\"] }}\n");
        if is_needed { line } else { String::new() }
    };
    let dates = optional("jiff", needs.dates);
    let uuids = optional("uuid", needs.uuids);
    let raw = if needs.digits { ", \"raw_value\"" } else { "" };
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
http = \"1\"
httpdate = \"1\"
{dates}percent-encoding = \"2\"
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
default = [{charset}\"rustls\"]
# Text in other encodings than UTF-8.
charset = [\"dep:encoding_rs\"]
# TLS in Rust, or TLS of the operating system.
rustls = [\"reqwest/rustls\"]
native-tls = [\"reqwest/native-tls\"]

# No member of a workspace around it.
[workspace]
"
    )
}
