//! Finds what a reference leads to, and reads the file that has it.

use serde_json::Value;

use super::address::Base;
use super::references::{Found, ids};
use super::{At, Bundler};
use crate::bundle::File;
use crate::diagnostic::{Code, Severity};
use crate::document::{Document, MAX_BYTES};
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::reference::uri::{Target, pointer};
use crate::openapi::{DocumentKind, Version};
use crate::pointer::Pointer;

impl<L: FnMut(&str) -> Result<File, String>> Bundler<L> {
    /// Why the nodes of a file have no place in the document: one is Swagger 2.0 and the other OpenAPI 3, whose objects differ. A file
    /// without a version is only a part of a document.
    fn mixed_versions(&self, found: &Found, file: usize) -> Option<String> {
        let version = |value: &Value| match DocumentKind::of(value) {
            DocumentKind::OpenApi(Version::V2_0) => Some("Swagger 2.0"),
            DocumentKind::OpenApi(_) => Some("OpenAPI 3"),
            _ => None,
        };
        let theirs = version(self.files[file].value())?;
        let ours = version(&self.value)?;
        (theirs != ours).then(|| {
            format!(
                "`{}` is in a document of {theirs}, but this document is {ours}",
                found.text
            )
        })
    }

    /// The target of a reference, if it is not in the document itself. Without a target, there is a fault where there must be one.
    pub(super) fn target(&mut self, found: &Found, file: usize) -> Option<At> {
        let (file, fragment) = match self.read_target(&found.text, file) {
            Target::Here(_) if file == 0 => return None,
            Target::Here(fragment) => (file, fragment),
            // Some documents have `components/schemas/Pet` or `Pet`; a pass repairs these.
            Target::File(..) if self.is_own_name(&found.text) => return None,
            Target::File(path, fragment) => (self.file(&path, found)?, fragment),
            Target::Url if self.is_id(&found.text) => return None,
            Target::Url => {
                let message = format!("`{}` is a URL, and nothing is downloaded", found.text);
                let help = "download it beside the document, and refer to the file";
                self.refuse(found, Code::REMOTE_REFERENCE, message, help);
                // A client can be generated without the description of a security scheme.
                if let (Holds::One(Kind::SecurityScheme), Some((_, fault))) =
                    (found.holds, self.faults.last_mut())
                {
                    fault.severity = Severity::Warning;
                }
                return None;
            }
            Target::Outside => {
                let message = format!(
                    "`{}` is outside of the folder that references may name",
                    found.text
                );
                let help = "name a folder that contains the document and all of its files with `--root`, and refer to them by relative paths";
                self.refuse(found, Code::REFERENCE_OUTSIDE, message, help);
                return None;
            }
            Target::Malformed => {
                let message = format!("`{}` is not a valid reference", found.text);
                let help = "write `#/…` for a node of this file, or a relative path with `/` between its parts";
                self.refuse(found, Code::DANGLING_REFERENCE, message, help);
                return None;
            }
        };
        if let Some(message) = self.mixed_versions(found, file) {
            let help = "convert one of the files, so that all are Swagger 2.0 or all are OpenAPI 3";
            self.refuse(found, Code::MISTAKEN_REFERENCE, message, help);
            return None;
        }
        let at = pointer(&fragment).filter(|at| self.content(&(file, at.clone())).is_some());
        if at.is_none() {
            let name = self.files[file].name().to_owned();
            let message = format!(
                "`{}` does not exist: {name} has no `{fragment}`",
                found.text
            );
            let help = "correct the reference, or add the missing node";
            self.refuse(found, Code::DANGLING_REFERENCE, message, help);
        }
        Some((file, at?))
    }

    /// What a reference in a file means. The base may be a URL, and so the reference to a file.
    fn read_target(&self, text: &str, file: usize) -> Target {
        let target = Target::read(text, &self.bases[file].path);
        let local = || self.bases.iter().find_map(|base| base.target(text));
        match target {
            Target::Url => local().unwrap_or(target),
            other => other,
        }
    }

    /// Whether a reference that looks like a path is a pointer without `#/`, or the name of a schema.
    fn is_own_name(&self, text: &str) -> bool {
        let place = Pointer::parse(&format!("/{text}"));
        let home = Kind::root(&self.value).schemas();
        let component = home.join(text);
        !text.contains(['.', '#'])
            && (place.is_some_and(|place| place.get(&self.value).is_some())
                || component.get(&self.value).is_some())
    }

    /// Whether the URL is the `$id` of a schema of the document.
    pub(super) fn is_id(&mut self, text: &str) -> bool {
        let address = text.split('#').next().unwrap_or_default();
        let value = &self.value;
        let ids = self.ids.get_or_insert_with(|| ids(value));
        ids.contains(address)
    }

    /// The index of the file with this path.
    fn file(&mut self, path: &str, found: &Found) -> Option<usize> {
        if let Some(known) = self.paths.get(path) {
            return *known;
        }
        let index = self.read(path, found);
        self.paths.insert(path.to_owned(), index);
        index
    }

    fn read(&mut self, path: &str, found: &Found) -> Option<usize> {
        let file = match (self.load)(path) {
            Ok(file) => file,
            Err(why) => {
                let message = format!("`{}` does not exist: {why}", found.text);
                let help = "correct the reference, or add the file";
                self.refuse(found, Code::DANGLING_REFERENCE, message, help);
                return None;
            }
        };
        // One that is too large alone is a fault of this file only.
        if file.bytes.len() <= MAX_BYTES {
            self.bytes += file.bytes.len();
        }
        if self.bytes > MAX_BYTES {
            self.too_large(&found.place_of_text());
            return None;
        }
        match Document::parse(&file.name, &file.bytes) {
            Ok(document) => {
                self.bases.push(Base::of(document.value(), path));
                self.files.push(document);
                Some(self.files.len() - 1)
            }
            Err(faults) => {
                let place = found.place_of_text();
                let (referrer, pointer) = self.origins.of(&place);
                let referrer = &self.files[referrer];
                let at = referrer.locate(&pointer);
                let at = format!("{}:{}:{}", referrer.name(), at.line, at.column);
                self.faults.extend(faults.into_iter().map(|fault| {
                    let message = format!("{} (`{at}` refers to this file)", fault.message);
                    (found.place.clone(), fault.with_message(message))
                }));
                None
            }
        }
    }
}
