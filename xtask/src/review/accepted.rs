//! The breaks that were accepted: `spec/accepted-breaks.yaml`.

use anyhow::{Context, bail};
use releasepack_codegen::{Document, Pointer};
use semver::Version;

use crate::git::Files;
use crate::workspace::ACCEPTED;
use releasepack_codegen::cli::report::{Failure, Report};

/// A break that users were told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Accepted {
    pub(super) fingerprint: String,
    /// Why users have to live with it.
    pub(super) reason: String,
    /// The version of the client that brings it.
    pub(super) version: Version,
    /// The line of the entry.
    pub(super) line: u32,
}

/// Reads the file; without one, nothing is accepted.
pub(super) fn read(files: &Files, report: &mut Report) -> Result<Vec<Accepted>, Failure> {
    let Some(text) = files.text(ACCEPTED)? else {
        return Ok(Vec::new());
    };
    let name = files.name(ACCEPTED);
    report.source(&name, text.as_bytes());
    let document = Document::parse(&name, text.as_bytes())?;
    let entries = document.value()["accepted"].as_array();
    let entries = entries.with_context(|| {
        format!("{name}: `accepted` must be a list of objects with `fingerprint`, `reason` and `version`")
    })?;
    let mut accepted = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let place = Pointer::from_tokens(["accepted", &index.to_string()]);
        let line = document.locate(&place).line;
        let member = |member: &str| {
            let text = entry[member].as_str().filter(|it| !it.trim().is_empty());
            text.with_context(|| format!("{name}:{line}: `{member}` must be a text"))
        };
        let version = member("version")?;
        let version = Version::parse(version)
            .with_context(|| format!("{name}:{line}: {version} is no version"))?;
        accepted.push(Accepted {
            fingerprint: member("fingerprint")?.to_owned(),
            reason: member("reason")?.to_owned(),
            version,
            line,
        });
    }
    Ok(accepted)
}

/// Refuses entries of versions that are still to come but that match no break: they are mistyped, or the break is gone.
pub(super) fn check(
    accepted: &[Accepted],
    fingerprints: &[String],
    base: &Version,
) -> anyhow::Result<()> {
    let mut stale = accepted
        .iter()
        .filter(|it| it.version > *base && !fingerprints.contains(&it.fingerprint));
    if let Some(entry) = stale.next() {
        bail!(
            "{ACCEPTED}:{}: no break has the fingerprint {}: remove the entry, or correct its fingerprint",
            entry.line,
            entry.fingerprint
        );
    }
    Ok(())
}
