//! Generates the module `pets` from the document. A fault of the document fails the build, and is shown with its line.

use releasepack_codegen::{Generator, GeneratorError};

fn main() -> Result<(), GeneratorError> {
    Generator::new("api/pets.yaml")
        .overlay("api/corrections.yaml")
        .generate()?
        .write_to_out_dir()
}
