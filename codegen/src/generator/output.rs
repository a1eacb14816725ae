//! A generated client, and the ways to write it: a crate, a module that is checked in, or one that each build makes.

use std::env;
use std::path::{Path, PathBuf};
use std::slice;

use crate::diagnostic::Diagnostic;
use crate::generation::Generation;
use crate::generator::GeneratorError;
use crate::generator::write;
use crate::package::{self, package};
use crate::runtime::runtime;
use crate::tree::{self, File, State};

/// A generated client, which is not written yet.
#[derive(Clone, Debug)]
pub struct Output {
    pub(super) name: String,
    pub(super) generation: Generation,
    pub(super) inputs: Vec<PathBuf>,
    pub(super) warnings: Vec<Diagnostic>,
    pub(super) warnings_report: String,
    pub(super) names: Option<PathBuf>,
}

impl Output {
    /// What the pipeline gives: the files without what is around them, the public names, the changes of the passes.
    pub fn generation(&self) -> &Generation {
        &self.generation
    }

    /// The files that the client depends on: the document, the files that it refers to, overlays and names.
    pub fn inputs(&self) -> &[PathBuf] {
        &self.inputs
    }

    /// What did not stop the run, sorted by place.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The warnings as the command line shows them; empty if there are none.
    pub fn warnings_report(&self) -> &str {
        &self.warnings_report
    }

    /// The files of a crate of its own, as [`Output::write_crate`] writes them to an empty folder.
    ///
    /// # Errors
    ///
    /// [`GeneratorError::Name`].
    pub fn crate_files(&self) -> Result<Vec<File>, GeneratorError> {
        Ok(package(&self.name, &self.generation, &runtime())?)
    }

    /// The files of a module, beginning with its `mod.rs`. The module is `crate::NAME` for the name `NAME`.
    ///
    /// # Errors
    ///
    /// [`GeneratorError::Name`].
    pub fn module_files(&self) -> Result<Vec<File>, GeneratorError> {
        Ok(package::module(&self.name, &self.generation, &runtime())?)
    }

    /// What a crate with the module has in its `Cargo.toml`: lines for the table `[dependencies]`.
    ///
    /// ```
    /// # use releasepack_codegen::Generator;
    /// let text = "{openapi: 3.0.3, info: {title: Pets, version: '1'}, paths: {}}";
    /// let output = Generator::from_text("pets.yaml", text).generate()?;
    /// assert!(output.dependencies().contains("reqwest = "));
    /// # Ok::<(), releasepack_codegen::GeneratorError>(())
    /// ```
    pub fn dependencies(&self) -> String {
        package::dependencies(&self.generation)
    }

    /// Writes a crate of its own: `Cargo.toml`, and the folder `src` as a whole. In a `Cargo.toml` that is there, only what the generated code
    /// needs is changed; the result has a line for each such change. Writes the file of names, if there is one.
    ///
    /// # Errors
    ///
    /// [`GeneratorError::Name`], [`GeneratorError::Foreign`] if the folder has other code, [`GeneratorError::Manifest`] and
    /// [`GeneratorError::Write`].
    pub fn write_crate(&self, folder: impl AsRef<Path>) -> Result<Vec<String>, GeneratorError> {
        let changes = write::write_crate(folder.as_ref(), self.crate_files()?)?;
        self.write_names()?;
        Ok(changes)
    }

    /// Replaces a folder by the module, e.g. `src/pets`, to be checked in. The crate declares it: `pub mod pets;`. Writes the file of
    /// names, if there is one.
    ///
    /// # Errors
    ///
    /// [`GeneratorError::Name`], [`GeneratorError::Foreign`] if the folder has other code, and [`GeneratorError::Write`].
    pub fn write_module(&self, folder: impl AsRef<Path>) -> Result<(), GeneratorError> {
        write::write_module(folder.as_ref(), &self.module_files()?)?;
        self.write_names()
    }

    /// Writes nothing, and says whether [`Output::write_module`] would: for a test that the checked-in module is fresh.
    ///
    /// # Errors
    ///
    /// [`GeneratorError::Stale`] with the files that differ, [`GeneratorError::Name`], and [`GeneratorError::Write`] if the folder cannot
    /// be read.
    pub fn check_module(&self, folder: impl AsRef<Path>) -> Result<(), GeneratorError> {
        let folder = folder.as_ref();
        let differences = tree::compare(&self.module_files()?, &tree::read(folder)?);
        let mut files: Vec<String> = differences
            .iter()
            .map(|it| {
                let how = match &it.state {
                    State::Missing { .. } => "is missing",
                    State::Stale { .. } => "is stale",
                    State::Orphaned { .. } => "is not generated any more",
                };
                format!("  {} {how}", it.path)
            })
            .collect();
        if let Some(path) = self.stale_names() {
            files.push(format!("  {} is stale", path.display()));
        }
        if files.is_empty() {
            return Ok(());
        }
        let folder = folder.to_owned();
        Err(GeneratorError::Stale { folder, files })
    }

    /// For a build script: writes the module to the folder `OUT_DIR`, and tells Cargo to run the script again when an input changes. The
    /// crate has it with one line:
    ///
    /// ```ignore
    /// include!(concat!(env!("OUT_DIR"), "/pets.rs"));
    /// ```
    ///
    /// This line declares the module `pets`, so it stands in the root of the crate; for the name `api::pets`, in the module `api`.
    /// Warnings of the document become warnings of the build. The file of names is read and not written, because a build does not change
    /// sources: a warning says that it lacks names, which [`Output::write_names`] adds.
    ///
    /// # Errors
    ///
    /// [`GeneratorError::NoBuildScript`], [`GeneratorError::Name`] and [`GeneratorError::Write`].
    pub fn write_to_out_dir(&self) -> Result<(), GeneratorError> {
        let variable = "OUT_DIR";
        let out = env::var_os(variable).ok_or(GeneratorError::NoBuildScript(variable))?;
        let out = PathBuf::from(out);
        let files = self.module_files()?;
        let module = self.name.rsplit("::").next().unwrap_or(&self.name);
        println!("cargo::rerun-if-changed=build.rs");
        for input in &self.inputs {
            println!("cargo::rerun-if-changed={}", input.display());
        }
        for warning in &self.warnings {
            println!("cargo::warning={}", line(warning));
        }
        if let Some(path) = self.stale_names() {
            println!(
                "cargo::warning={} lacks names of the client",
                path.display()
            );
        }
        tree::write(&out.join(module), &files)?;
        // Relative to this file, wherever it is included.
        let text = format!("#[path = \"{module}/mod.rs\"]\npub mod {module};\n");
        Ok(tree::write_file(&out.join(format!("{module}.rs")), &text)?)
    }

    /// Writes the file of names, if the generator has one.
    ///
    /// # Errors
    ///
    /// [`GeneratorError::Write`].
    pub fn write_names(&self) -> Result<(), GeneratorError> {
        if let Some(path) = &self.names {
            tree::write_file(path, &self.generation.names.to_string())?;
        }
        Ok(())
    }

    /// The file of names, if it has other names than the client.
    fn stale_names(&self) -> Option<&Path> {
        let path = self.names.as_deref()?;
        let found = std::fs::read_to_string(path).ok();
        let found = found.map(|text| File::new("names", text));
        let expected = File::new("names", self.generation.names.to_string());
        let differences = tree::compare(slice::from_ref(&expected), found.as_slice());
        (!differences.is_empty()).then_some(path)
    }
}

/// A diagnostic in one line, as Cargo's warnings are.
fn line(diagnostic: &Diagnostic) -> String {
    let place = match diagnostic.location {
        Some(at) => format!("{}:{}:{}", diagnostic.file, at.line, at.column),
        None => diagnostic.file.clone(),
    };
    format!("{place}: {}", diagnostic.message).replace(['\n', '\r'], " ")
}
