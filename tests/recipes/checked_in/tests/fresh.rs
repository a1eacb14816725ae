//! The checked-in client is what the document gives. After a change of the document:
//!
//! ```console
//! $ BLESS=1 cargo test --test fresh
//! ```
//!
//! The first time, when there is no client to compile, it is
//! `releasepack-codegen generate --spec pets.yaml --names names.yaml --name api::pets --module src/api/pets`.

use releasepack_codegen::{Generator, GeneratorError};

#[test]
fn the_client_is_fresh() -> Result<(), GeneratorError> {
    let output = Generator::new("pets.yaml")
        .name("api::pets")
        .names("names.yaml")
        .generate()?;
    match std::env::var_os("BLESS") {
        Some(_) => output.write_module("src/api/pets"),
        None => output.check_module("src/api/pets"),
    }
}
