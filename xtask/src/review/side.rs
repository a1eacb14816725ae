//! One side of a review: the files of `spec/` of a commit or of the working tree, and what is made of them.

use anyhow::Context;
use releasepack_codegen::{
    Bundle, Document, Overlay, PublicNames, Strictness, apply_overlay_each, generate_with_names,
    tree,
};
use semver::Version;

use super::overlays::Effects;
use super::version;
use crate::git::Files;
use crate::workspace::{CLIENT_SOURCES, NAMES, OVERLAY, SPEC};
use releasepack_codegen::cli::input;
use releasepack_codegen::cli::report::{Failure, Report};

/// What a review needs of one side.
pub(super) struct Side {
    pub(super) files: Files,
    pub(super) version: Version,
    /// The text of the fragment.
    pub(super) spec: String,
    /// The fragment with its overlay.
    pub(super) document: Bundle,
    pub(super) effects: Effects,
    pub(super) names: PublicNames,
}

impl Side {
    pub(super) fn read(files: Files, report: &mut Report) -> Result<Self, Failure> {
        let mut read = |path: &str| -> anyhow::Result<(String, String)> {
            let name = files.name(path);
            let text = files.text(path)?;
            let text = text.with_context(|| format!("there is no {name}"))?;
            report.source(&name, text.as_bytes());
            Ok((name, text))
        };
        let (name, spec) = read(SPEC)?;
        let (overlay_name, overlay) = read(OVERLAY)?;
        // Clients were once made without names.
        let names = match files.text(NAMES)? {
            Some(_) => {
                let (name, text) = read(NAMES)?;
                PublicNames::parse(&name, text.as_bytes())?
            }
            None => PublicNames::default(),
        };
        let document = Document::parse(&name, spec.as_bytes())?;
        let overlay = Overlay::parse(&overlay_name, overlay.as_bytes())?;
        // An action that no longer fits is something to show, and no reason to show nothing.
        let (value, applied, faults) = apply_overlay_each(document.value().clone(), &overlay);
        let document = input::alone(document, value);
        let faults_of_bundle = document.faults();
        if !faults_of_bundle.is_empty() {
            return Err(faults_of_bundle.into());
        }
        Ok(Self {
            version: version::of_client(&files)?,
            spec,
            document,
            effects: Effects { applied, faults },
            names,
            files,
        })
    }

    /// The source files of the client, with the generated ones as this side's specification gives them.
    pub(super) fn generated(&self) -> Result<Vec<tree::File>, Failure> {
        let generation = generate_with_names(
            &self.document,
            &self.names,
            Strictness::Lenient,
            &mut |_| {},
        )?;
        let mut sources = self.files.sources(CLIENT_SOURCES)?;
        sources.retain(|file| !file.path.starts_with("generated/"));
        let generated = generation.files.into_iter().map(|mut file| {
            file.path = format!("generated/{}", file.path);
            file
        });
        sources.extend(generated);
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(sources)
    }

    /// The source files of the client as they are checked in.
    pub(super) fn sources(&self) -> anyhow::Result<Vec<tree::File>> {
        self.files.sources(CLIENT_SOURCES)
    }
}
