//! The valid documents that are damaged.

use std::path::Path;

use releasepack_codegen::Document;
use serde_json::Value;

/// Larger documents are not used: the test would spend its time on the parts that are not damaged.
const LARGEST: usize = 8 * 1024;

pub(crate) struct Corpus {
    pub(crate) documents: Vec<(String, Value)>,
}

impl Corpus {
    /// Every fixture that is not too large.
    pub(crate) fn read() -> Self {
        let folders = ["generate", "normalize", "vendors"];
        let files = folders.into_iter().flat_map(files);
        let files = files.filter(|(_, bytes)| bytes.len() <= LARGEST);
        let documents: Vec<_> = files
            .filter_map(|(name, bytes)| {
                let document = Document::parse(&name, &bytes).ok()?;
                Some((name, document.value().clone()))
            })
            .collect();
        assert!(documents.len() > 20, "the fixtures are the corpus");
        Self { documents }
    }

    /// Every document in the style of a vendor, of any size.
    pub(crate) fn vendors() -> Vec<Document> {
        let files = files("vendors").filter(|(name, _)| name != "README.md");
        let documents: Vec<_> = files
            .map(|(name, bytes)| Document::parse(&name, &bytes).expect("the fixture is sound"))
            .collect();
        assert!(documents.len() > 9, "there are vendors of many kinds");
        documents
    }
}

/// The names and contents of the files in a folder of fixtures, sorted by name.
fn files(folder: &str) -> impl Iterator<Item = (String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let entries = std::fs::read_dir(root.join(folder)).expect("the fixtures are there");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths.into_iter().map(|path| {
        let name = path.file_name().expect("files have names");
        let bytes = std::fs::read(&path).expect("the fixture can be read");
        (name.to_string_lossy().into_owned(), bytes)
    })
}
