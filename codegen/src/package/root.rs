//! The crate root of a generated crate, `lib.rs`: what it is, an example that compiles, and what its users rely on.

use crate::emit::face::Example;
use crate::generation::Generation;

/// The crate root. `ident` is the name of the crate in code.
pub(super) fn root(ident: &str, has_support: bool, generation: &Generation) -> String {
    let (mut about, mut attribute) = (String::new(), String::new());
    if let Some(limit) = generation.recursion_limit {
        attribute = format!("#![recursion_limit = \"{limit}\"]\n");
        about = format!(
            "
# Types in each other

The types of this API are many levels in each other, so this crate has a larger recursion limit for rustc. If rustc reports
an overflow in a crate that uses them, for example because a future with such a type is sent to another thread, add
`#![recursion_limit = \"{limit}\"]` to its root too.
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
{about}"
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
pub mod runtime;
{module}
pub use generated::{{Client, operations, {support}types}};
pub use runtime::{{BuildError, Builder, Error}};
{server}"
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
    let comment = match &example.server {
        Some(url) if !url.contains(char::is_whitespace) => format!("// Calls {url}.\n"),
        _ => String::new(),
    };
    let client = if call.is_empty() { "_client" } else { "client" };
    format!(
        "```no_run
use {ident}::Client;

# {asynchronous}fn run() -> Result<(), Box<dyn std::error::Error>> {{
{comment}let {client} = Client::builder(){settings}
    .build()?;
{call}# Ok(())
# }}
```
"
    )
}
