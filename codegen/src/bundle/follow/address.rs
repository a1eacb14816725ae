//! The address that a document of OpenAPI 3.2 gives itself in `$self`: the base of its references.
//!
//! A relative `$self` moves the base to another folder. A URL names the document, and its folder is the folder of the document: a
//! reference to that URL is one to the document, and a URL in that folder is a file beside it.

use serde_json::Value;

use crate::openapi::reference::uri::Target;

/// The base of the references of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Base {
    /// The path that relative references start from.
    pub(super) path: String,
    /// The URL of the file.
    url: Option<String>,
}

impl Base {
    /// The base of a file with this value at this path.
    pub(super) fn of(value: &Value, path: &str) -> Self {
        let version = value.get("openapi").and_then(Value::as_str);
        let address = value.get("$self").and_then(Value::as_str);
        let address = address.filter(|_| version.is_some_and(|it| it.starts_with("3.2")));
        let mut base = Self {
            path: path.to_owned(),
            url: None,
        };
        let Some(address) = address.and_then(|it| it.split('#').next()) else {
            return base;
        };
        match Target::read(address, path) {
            Target::File(path, _) => base.path = path,
            Target::Url => base.url = Some(address.to_owned()),
            _ => {}
        }
        base
    }

    /// What a reference by URL means, if it is this file or one in its folder.
    pub(super) fn target(&self, reference: &str) -> Option<Target> {
        let url = self.url.as_ref()?;
        let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if address == url {
            return Some(Target::File(self.path.clone(), fragment.to_owned()));
        }
        let (folder, _) = url.rsplit_once('/')?;
        let is_folder = folder
            .split_once("//")
            .is_some_and(|(_, host)| !host.is_empty());
        let rest = reference.strip_prefix(folder)?.strip_prefix('/')?;
        is_folder.then(|| Target::read(rest, &self.path))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn base(address: &str) -> Base {
        Base::of(
            &json!({"openapi": "3.2.0", "$self": address}),
            "api/open.yaml",
        )
    }

    #[test]
    fn a_url_in_the_folder_of_the_document_is_a_file_beside_it() {
        let base = base("https://api.test/v1/open.yaml");
        let file =
            |path: &str, fragment: &str| Some(Target::File(path.to_owned(), fragment.to_owned()));
        assert_eq!(base.path, "api/open.yaml");
        for (reference, target) in [
            (
                "https://api.test/v1/open.yaml#/a",
                file("api/open.yaml", "/a"),
            ),
            (
                "https://api.test/v1/x/pet.yaml#/b",
                file("api/x/pet.yaml", "/b"),
            ),
            ("https://api.test/v2/pet.yaml", None),
            ("https://api.test/v10/pet.yaml", None),
        ] {
            assert_eq!(base.target(reference), target, "{reference}");
        }
    }

    #[test]
    fn a_relative_address_moves_the_base() {
        assert_eq!(base("shared/open.yaml").path, "api/shared/open.yaml");
        assert_eq!(base("/open.yaml").path, "api/open.yaml");
        let older = json!({"openapi": "3.1.0", "$self": "shared/open.yaml"});
        assert_eq!(Base::of(&older, "open.yaml").path, "open.yaml");
    }
}
