//! The version of the client, and the one that a change needs.

use anyhow::{Context, ensure};
use releasepack_codegen::diff::Bump;
use semver::Version;

use crate::git::Files;

const CLIENT: &str = "generated-client/Cargo.toml";
const WORKSPACE: &str = "Cargo.toml";

/// The version of the client in its manifest, or the one that it inherits from the workspace.
pub(super) fn of_client(files: &Files) -> anyhow::Result<Version> {
    let client = manifest(files, CLIENT)?;
    let version = &client["package"]["version"];
    let (text, file) = if let Some(text) = version.as_str() {
        (text.to_owned(), CLIENT)
    } else {
        ensure!(
            version.get("workspace").and_then(toml::Value::as_bool) == Some(true),
            "{} has no version",
            files.name(CLIENT)
        );
        let workspace = manifest(files, WORKSPACE)?;
        let inherited = workspace
            .get("workspace")
            .and_then(|it| it.get("package")?.get("version")?.as_str());
        let inherited =
            inherited.with_context(|| format!("{} has no version", files.name(WORKSPACE)))?;
        (inherited.to_owned(), WORKSPACE)
    };
    Version::parse(&text).with_context(|| format!("{}: {text} is no version", files.name(file)))
}

fn manifest(files: &Files, path: &str) -> anyhow::Result<toml::Value> {
    let name = files.name(path);
    let text = files
        .text(path)?
        .with_context(|| format!("there is no {name}"))?;
    let table: toml::Table =
        toml::from_str(&text).with_context(|| format!("cannot read {name}"))?;
    ensure!(
        table.contains_key("package") || table.contains_key("workspace"),
        "{name} is no manifest"
    );
    Ok(toml::Value::Table(table))
}

/// The least version that may follow, as Cargo reads versions: below 1.0.0, the second number stands for breaks and the third for
/// everything else; below 0.1.0, the third number stands for both.
pub(super) fn after(base: &Version, bump: Bump) -> Version {
    let Version {
        major,
        minor,
        patch,
        ..
    } = *base;
    match (bump, major, minor) {
        (Bump::None, ..) => base.clone(),
        (_, 0, 0) => Version::new(0, 0, patch + 1),
        (Bump::Major, 0, _) => Version::new(0, minor + 1, 0),
        (Bump::Minor | Bump::Patch, 0, _) | (Bump::Patch, ..) => {
            Version::new(major, minor, patch + 1)
        }
        (Bump::Major, ..) => Version::new(major + 1, 0, 0),
        (Bump::Minor, ..) => Version::new(major, minor + 1, 0),
    }
}

/// Whether a version is high enough. A pre-release of a version counts as that version.
pub(super) fn is_enough(version: &Version, needed: &Version) -> bool {
    let numbers = |it: &Version| (it.major, it.minor, it.patch);
    numbers(version) >= numbers(needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_that_is_not_zero_stands_for_breaks() {
        let rows = [
            ("1.2.3", Bump::None, "1.2.3"),
            ("1.2.3", Bump::Patch, "1.2.4"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Major, "2.0.0"),
            ("0.2.3", Bump::Patch, "0.2.4"),
            ("0.2.3", Bump::Minor, "0.2.4"),
            ("0.2.3", Bump::Major, "0.3.0"),
            ("0.0.3", Bump::Minor, "0.0.4"),
            ("0.0.3", Bump::Major, "0.0.4"),
        ];
        for (base, bump, needed) in rows {
            let base = Version::parse(base).unwrap();
            assert_eq!(after(&base, bump).to_string(), needed, "{base} {bump}");
        }
    }

    #[test]
    fn a_pre_release_counts() {
        let version = |text| Version::parse(text).unwrap();
        assert!(is_enough(&version("0.2.0-rc.1"), &version("0.2.0")));
        assert!(!is_enough(&version("0.1.9"), &version("0.2.0")));
    }
}
