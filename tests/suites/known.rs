//! The cases of a suite that are known to fail: a file with a line for each, `NAME # REASON`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::Case;

/// What stands between the name of a case and the reason.
const BETWEEN: &str = " # ";

/// The list of a suite.
pub(crate) struct Known {
    path: PathBuf,
    /// The comment at the beginning.
    about: String,
    /// The reasons by the names.
    reasons: BTreeMap<String, String>,
}

impl Known {
    /// Reads the list of a suite.
    pub(crate) fn read(suite: &str) -> Result<Self, String> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("suites");
        let path = folder.join(format!("{suite}.known"));
        let text = fs::read_to_string(&path).map_err(|fault| {
            format!(
                "{}: {fault}; an empty file is a list without failures",
                path.display()
            )
        })?;
        let is_comment = |line: &&str| line.starts_with('#') || line.is_empty();
        let about: Vec<&str> = text.lines().take_while(is_comment).collect();
        let mut reasons = BTreeMap::new();
        for (number, line) in text.lines().enumerate().skip(about.len()) {
            let parts = line.split_once(BETWEEN);
            let (name, reason) = parts.ok_or_else(|| {
                let (path, number) = (path.display(), number + 1);
                format!("{path}:{number}: a line is `NAME{BETWEEN}REASON`")
            })?;
            reasons.insert(name.to_owned(), reason.to_owned());
        }
        let about = about.join("\n");
        Ok(Self {
            path,
            about,
            reasons,
        })
    }

    /// What differs from the list: a line for each case.
    pub(crate) fn surprises(&self, cases: &[Case]) -> Vec<String> {
        let mut surprises = Vec::new();
        for case in cases {
            let name = &case.name;
            match (&case.failure, self.reasons.contains_key(name)) {
                (Some(failure), false) => surprises.push(format!("FAILS: {name}: {failure}")),
                (None, true) => surprises.push(format!(
                    "PASSES: {name}: remove its line from {}",
                    self.path.display()
                )),
                _ => {}
            }
        }
        let is_there = |name: &String| cases.iter().any(|case| case.name == *name);
        let gone = self.reasons.keys().filter(|name| !is_there(name));
        surprises.extend(gone.map(|name| {
            format!(
                "IS NOT A CASE: {name}: remove its line from {}",
                self.path.display()
            )
        }));
        surprises
    }

    /// Takes the failures as they are now. Reasons that are already there stay.
    pub(crate) fn update(&mut self, cases: &[Case]) {
        let mut old = std::mem::take(&mut self.reasons);
        for case in cases {
            if let Some(failure) = &case.failure {
                let reason = old.remove(&case.name);
                let reason = reason.unwrap_or_else(|| failure.clone());
                self.reasons.insert(case.name.clone(), reason);
            }
        }
    }

    /// Writes the list.
    pub(crate) fn write(&self) -> Result<(), String> {
        let mut text = self.about.clone();
        text.push('\n');
        for (name, reason) in &self.reasons {
            text.extend([name, BETWEEN, reason, "\n"]);
        }
        fs::write(&self.path, text).map_err(|fault| format!("{}: {fault}", self.path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(lines: &[(&str, &str)]) -> Known {
        Known {
            path: "it.known".into(),
            about: "# About.".to_owned(),
            reasons: lines
                .iter()
                .map(|(name, reason)| ((*name).to_owned(), (*reason).to_owned()))
                .collect(),
        }
    }

    fn case(name: &str, failure: Option<&str>) -> Case {
        Case {
            name: name.to_owned(),
            failure: failure.map(str::to_owned),
        }
    }

    #[test]
    fn only_what_differs_from_the_list_is_reported() {
        let known = known(&[("a", "it is so"), ("b", "it is so"), ("c", "it is so")]);
        let cases = [
            case("a", Some("1 becomes 2")),
            case("b", None),
            case("d", None),
            case("e", Some("1 becomes 3")),
        ];
        let surprises = known.surprises(&cases);
        assert_eq!(
            surprises,
            [
                "PASSES: b: remove its line from it.known",
                "FAILS: e: 1 becomes 3",
                "IS NOT A CASE: c: remove its line from it.known",
            ]
        );
        assert!(known.surprises(&[]).len() == 3);
    }

    #[test]
    fn an_update_keeps_the_reasons_that_are_there() {
        let mut known = known(&[("a", "it is so"), ("b", "it is so")]);
        known.update(&[
            case("a", Some("1 becomes 2")),
            case("b", None),
            case("c", Some("x")),
        ]);
        let lines: Vec<_> = known.reasons.into_iter().collect();
        let pair = |name: &str, reason: &str| (name.to_owned(), reason.to_owned());
        assert_eq!(lines, [pair("a", "it is so"), pair("c", "x")]);
    }
}
