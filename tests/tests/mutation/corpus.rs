//! The sound documents that are damaged.

use std::path::Path;

use releasepack_codegen::Document;
use serde_json::Value;

/// Larger documents are not damaged whole: the test would spend its time on the parts that are sound.
const LARGEST: usize = 8 * 1024;

pub(crate) struct Corpus {
    pub(crate) documents: Vec<(String, Value)>,
}

impl Corpus {
    /// Reads every fixture that is not too large, in the order of their names.
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let mut documents = Vec::new();
        for folder in ["normalize", "vendors"] {
            let entries = std::fs::read_dir(root.join(folder)).expect("the fixtures are there");
            let mut files: Vec<_> = entries
                .map(|entry| entry.expect("the folder can be read").path())
                .filter(|path| path.is_file())
                .collect();
            files.sort();
            for path in files {
                let name = path
                    .file_name()
                    .expect("files have names")
                    .to_string_lossy();
                let bytes = std::fs::read(&path).expect("the fixture can be read");
                if bytes.len() > LARGEST || name.ends_with(".md") {
                    continue;
                }
                if let Ok(document) = Document::parse(&name, &bytes) {
                    documents.push((name.into_owned(), document.value().clone()));
                }
            }
        }
        assert!(documents.len() > 20, "the fixtures are the corpus");
        Self { documents }
    }
}
