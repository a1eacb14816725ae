//! The program in README.md and in the documentation of the client: complete, and run as it stands there.

use std::fs;
use std::path::Path;

use releasepack_client::sandbox::Sandbox;

use super::consumer::{cargo_with, target};

/// The first blocks of code in these languages.
fn blocks(page: &str, languages: [&str; 2]) -> [String; 2] {
    languages.map(|language| {
        let (_, rest) = page
            .split_once(&format!("```{language}\n"))
            .unwrap_or_else(|| panic!("no block of {language}"));
        let (block, _) = rest.split_once("\n```").expect("the block ends");
        let lines = block.lines();
        let shown = lines.filter(|line| !line.starts_with("# "));
        shown.collect::<Vec<_>>().join("\n") + "\n"
    })
}

#[test]
fn the_program_of_the_readme_is_complete_and_runs_as_it_stands_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let readme = read("README.md");
    let (_, chapter) = readme
        .split_once("## You release integration packs")
        .unwrap();
    let [manifest, program] = blocks(chapter, ["toml", "rust"]);

    let documentation = read("generated-client/src/lib.rs");
    let documentation = documentation
        .lines()
        .filter_map(|line| line.strip_prefix("//!"));
    let documentation: Vec<_> = documentation
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let documented = blocks(&documentation.join("\n"), ["toml", "no_run"]);
    assert_eq!(documented, [manifest.clone(), program.clone()]);

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    fs::create_dir_all(folder.join("src")).unwrap();
    let client = root.join("generated-client");
    let dependency = format!("path = {:?}", client.to_str().unwrap());
    let here = manifest.replace("git = \"…\"", &dependency);
    assert_ne!(here, manifest, "only where the client comes from differs");
    fs::write(folder.join("Cargo.toml"), here + "\n[workspace]\n").unwrap();
    fs::write(folder.join("src/main.rs"), program).unwrap();
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();

    let sandbox = Sandbox::builder().polls(0).start_on_thread().unwrap();
    let variables = [
        ("BOOMI_ACCOUNT", sandbox.account()),
        ("BOOMI_USER", sandbox.user()),
        ("BOOMI_SECRET", sandbox.password()),
        ("BOOMI_REGION", ""),
        ("BOOMI_BASE_URL", sandbox.url().as_str()),
    ];
    let printed = cargo_with(
        &["run", "--quiet"],
        &folder.join("Cargo.toml"),
        &target(),
        &variables,
    );
    let [release] = &sandbox.releases()[..] else {
        panic!("{:?}", sandbox.releases())
    };
    assert_eq!(release.pack_id, "f0f7face-3a9d-48b1-8a32-82b84499cd4e");
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(
        lines.first(),
        Some(&format!("accepted as {}", release.request_id).as_str())
    );
    assert_eq!(lines.last(), Some(&"the release is released"));
}
