//! Who calls: from the environment, a file, or a terminal. Never from the command line, which other users of a machine see.

use std::collections::HashMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use releasepack_client::{BuildError, Client, ClientBuilder, RetryPolicy};

use crate::cli::Options;
use crate::end::End;
use crate::report::Report;

const ACCOUNT: &str = "BOOMI_ACCOUNT";
const USER: &str = "BOOMI_USER";
const SECRET: &str = "BOOMI_SECRET";
const NAMES: [&str; 5] = [ACCOUNT, USER, SECRET, "BOOMI_REGION", "BOOMI_BASE_URL"];

/// Builds the client.
pub(crate) fn client(options: &Options, report: &mut Report) -> Result<Client, End> {
    let mut settings = match &options.config {
        Some(path) => read(path, report)?,
        None => HashMap::new(),
    };
    for name in NAMES {
        match std::env::var(name) {
            Ok(value) if !value.trim().is_empty() => {
                settings.insert(name, value);
            }
            Ok(_) | Err(std::env::VarError::NotPresent) => {}
            Err(std::env::VarError::NotUnicode(_)) => {
                return Err(BuildError::VariableNotUtf8(name).into());
            }
        }
    }
    if io::stdin().is_terminal() {
        ask(&mut settings)?;
    }
    let builder = ClientBuilder::from_variables(|name| Ok(settings.get(name).cloned()))?;
    let builder = builder.user_agent(concat!("releasepack/", env!("CARGO_PKG_VERSION")));
    let builder = match options.deadline {
        Some(deadline) => builder.retry(RetryPolicy::default().deadline(deadline)),
        None => builder,
    };
    Ok(builder.build()?)
}

/// Asks for what is missing. The secret is not shown.
fn ask(settings: &mut HashMap<&'static str, String>) -> Result<(), End> {
    for (name, text) in [(ACCOUNT, "Account id"), (USER, "User")] {
        if settings.contains_key(name) {
            continue;
        }
        let mut line = String::new();
        let asked = write!(io::stderr(), "{text} ({name}): ")
            .and_then(|()| io::stdin().read_line(&mut line).map(|_| ()));
        asked.map_err(|error| End::invalid(format!("{name} cannot be read: {error}")))?;
        settings.insert(name, line.trim().to_owned());
    }
    if !settings.contains_key(SECRET) {
        let secret = rpassword::prompt_password(format!("API token or password ({SECRET}): "))
            .map_err(|error| End::invalid(format!("{SECRET} cannot be read: {error}")))?;
        settings.insert(SECRET, secret);
    }
    Ok(())
}

/// Reads a file of settings: `NAME=VALUE`, a line each, also with quotes as in TOML and with `export` as in a shell.
fn read(path: &Path, report: &mut Report) -> Result<HashMap<&'static str, String>, End> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| End::invalid(format!("{shown} cannot be read: {error}")))?;
    let mut settings = HashMap::new();
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let place = format!("{shown}:{}", number + 1);
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        // What is wrong is not shown, because it may be a secret.
        let (name, value) = line
            .split_once('=')
            .ok_or_else(|| End::invalid(format!("{place}: expected NAME=VALUE")))?;
        let name = NAMES
            .into_iter()
            .find(|it| *it == name.trim())
            .ok_or_else(|| {
                let names = NAMES.join(", ");
                End::invalid(format!("{place}: the name is not one of {names}"))
            })?;
        let value = unquoted(value.trim())
            .ok_or_else(|| End::invalid(format!("{place}: the quotes of the value do not fit")))?;
        if settings.insert(name, value.to_owned()).is_some() {
            return Err(End::invalid(format!("{place}: {name} is set twice")));
        }
    }
    if settings.contains_key(SECRET) && is_readable_by_others(path) {
        report.warn(format!(
            "others can read {shown}, which has a secret: chmod 600 {shown}"
        ));
    }
    Ok(settings)
}

/// The value in quotes, or the value. `None` if a quote is not closed or stands in the middle.
fn unquoted(value: &str) -> Option<&str> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            let inner = rest.strip_suffix(quote)?;
            let has_escapes = quote == '"' && inner.contains('\\');
            return (!inner.contains(quote) && !has_escapes).then_some(inner);
        }
    }
    Some(value)
}

#[cfg(unix)]
fn is_readable_by_others(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    std::fs::metadata(path).is_ok_and(|it| it.is_file() && it.mode() & 0o044 != 0)
}

#[cfg(not(unix))]
fn is_readable_by_others(_: &Path) -> bool {
    false
}
