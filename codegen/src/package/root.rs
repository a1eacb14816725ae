//! The crate root of a generated crate, `lib.rs`: what it is, an example that compiles, and what its users rely on.

use crate::emit::face::{Example, Face, Features};
use crate::generation::Generation;

/// The crate root. `ident` is the name of the crate in code.
pub(super) fn root(ident: &str, has_support: bool, generation: &Generation) -> String {
    let (mut about, mut attribute) = (String::new(), String::new());
    if let Some(limit) = generation.recursion_limit {
        attribute = format!("#![recursion_limit = \"{limit}\"]\n");
        about = format!(
            "
# Types in each other

The types of this API are many levels in each other, so the crate with this code needs a larger recursion limit for rustc:
`#![recursion_limit = \"{limit}\"]` in its root. If rustc reports an overflow in a crate that uses them, for example because a future
with such a type is sent to another thread, add the line to its root too.
"
        );
    }
    let support = if has_support { "support, " } else { "" };
    let face = &generation.face;
    let (module, server) = if face.has_servers {
        ("pub mod servers;\n", "pub use servers::Server;\n")
    } else {
        ("", "")
    };
    let example = example(ident, &face.example);
    let credentials = &face.example.about;
    let tests = tests(ident, face);
    let features = features(&face.features);
    let mock = if face.has_mock() {
        "#[cfg(feature = \"mock\")]\npub mod mock;\n"
    } else {
        ""
    };
    let text = format!(
        "A client generated from an OpenAPI document.

[`Client`] has a method for each operation. The method takes the required parameters and returns a request; the methods of
the request set the optional parameters. [`types`] contains the types of parameters and bodies, [`runtime`] the code that
all operations share.

{example}
# Credentials

{credentials}

Secrets appear in no error and no `Debug` text, even if the server repeats them, and are only sent to the server that the client was
built for: redirects are not followed.

# What is repeated

A call that failed is made again if that is safe and may help, up to five times, after growing pauses: a call that only reads
whenever it failed on the way; any other call only if it is certain that the server did nothing. [`runtime::verdict`] has the whole
table. [`Builder::retry`](runtime::Builder::retry) changes how often, or turns it off.

# What responses may be

A response that is not quite as the description says is readable nevertheless:

- An object has the members that its schema lists. Others are ignored, unless the schema says of which type they are
  (`additionalProperties`): then they are in a field with this name.
- An optional member whose value has another type is absent. Strings are kept as they came, whatever their format is. New
  values of enums and new variants of unions are `Unknown`.
- Bounds, patterns, lengths, and conditions between members are not checked. Members that only a condition declares are
  optional.
- A body that is missing is a value with nothing in it, if its type has one.

# When a call fails

[`Error::is_retryable`](runtime::Error::is_retryable) says whether it is safe to make the call again, and
[`is_outcome_unknown`](runtime::Error::is_outcome_unknown) whether the server may have carried it out. Both follow the one table
of [`runtime::verdict`].

# What does not match the description

[`Response::notes`](runtime::Response::notes) has the place of each member that was ignored, dropped or not known, if the
service has an [observer](runtime::Service::with_observer).
{tests}{features}{about}"
    );
    let lines = text.trim_end().lines();
    let docs: Vec<String> = lines
        .map(|line| format!("//! {line}").trim_end().to_owned())
        .collect();
    let docs = docs.join("\n");
    format!(
        "{docs}

{attribute}#![forbid(unsafe_code)]

pub mod client;
pub mod generated;
{mock}pub mod runtime;
{module}
pub use generated::{{Client, operations, {support}types}};
pub use runtime::{{BuildError, Builder, Error}};
{server}"
    )
}

/// What the crate has for tests.
fn tests(ident: &str, face: &Face) -> String {
    let Some(call) = face.example.call.as_ref().filter(|_| face.has_mock()) else {
        return String::new();
    };
    let Example {
        test_settings, id, ..
    } = &face.example;
    let settings: Vec<String> = test_settings
        .iter()
        .map(|it| format!("\n    {it}"))
        .collect();
    let settings = settings.concat();
    let conditions = [Some("mock".to_owned()), face.example.feature.clone()];
    let conditions: Vec<String> = conditions
        .into_iter()
        .flatten()
        .map(|it| format!("feature = {it:?}"))
        .collect();
    let conditions = conditions.join(", ");
    format!(
        "
# Tests

With the feature `mock`, the module `mock` has a server for tests. It listens on loopback, responds with the examples of the API
description, and checks each request against it: path, parameters, credentials, body.

```no_run
# #[cfg(all({conditions}))]
# async fn run() -> Result<(), Box<dyn std::error::Error>> {{
use {ident}::{{Client, mock}};

let server = mock::Server::start().await?;
let client = Client::builder(){settings}
    .build()?;
client.{call}.send().await?;

// Another response than the example:
server.on({id:?}).respond(404, \"not found\");
assert!(client.{call}.send().await.is_err());

assert_eq!(server.requests().len(), 2);
server.assert_no_faults();
# Ok(())
# }}
```
"
    )
}

/// What the features of tags are for.
fn features(features: &Features) -> String {
    let Some(name) = features.names.first() else {
        return String::new();
    };
    format!(
        "
# Features

Each tag of the description has a feature, e.g. `{name}`, with its operations and their types; `all`, which is on, has the features of
all tags. If you call only some operations, your crate compiles faster with `default-features = false` and a list of features.
"
    )
}

/// The example, as a block of code.
fn example(ident: &str, example: &Example) -> String {
    let settings = example.settings.iter();
    let settings: Vec<String> = settings.map(|setting| format!("\n    {setting}")).collect();
    let settings = settings.concat();
    let (asynchronous, call) = match &example.call {
        None => ("", String::new()),
        Some(call) => (
            "async ",
            format!(
                "let response = client.{call}.send().await?;\nprintln!(\"{{}}\", response.status());\n"
            ),
        ),
    };
    let condition = example
        .feature
        .as_ref()
        .map_or_else(String::new, |feature| {
            format!("# #[cfg(feature = {feature:?})]\n")
        });
    let second = &condition;
    let comment = match &example.server {
        Some(url) if !url.contains(char::is_whitespace) => format!("// Calls {url}.\n"),
        _ => String::new(),
    };
    let client = if call.is_empty() { "_client" } else { "client" };
    format!(
        "```no_run
{condition}use {ident}::Client;

{second}# {asynchronous}fn run() -> Result<(), Box<dyn std::error::Error>> {{
{comment}let {client} = Client::builder(){settings}
    .build()?;
{call}# Ok(())
# }}
```
"
    )
}
