//! `cargo xtask review`: what the changes of this branch mean for the users of the client.

mod accepted;
mod overlays;
mod owed;
mod page;
mod side;
mod version;

use anyhow::Context;
use releasepack_codegen::diff::{Bump, compare_with_names, outline_changes, witness};
use releasepack_codegen::{look_at, of_crate, tree};

use crate::git::{self, Files};
use crate::{outline, workspace};
use page::Page;
use releasepack_codegen::cli::PageFormat;
use releasepack_codegen::cli::report::{Failure, Outcome, Report, print};
use side::Side;

/// The client, as its users write it.
const CRATE: &str = "releasepack_client";

/// Say what the changes of this branch mean for the users of the client.
///
/// Compares spec/ and the client of the working tree with those of a commit, and writes one page: what changes on the wire and in
/// Rust, what breaks, which hand-written code to look at, which version is due, and what is still owed before the branch is merged.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  cargo xtask review\n  cargo xtask review v0.1.0 --format markdown\n  \
        cargo xtask review --check\n\n\
        Exit codes: 0 done, 1 something is owed (with --check), 2 the input is wrong."
)]
pub(crate) struct Args {
    /// The commit to compare with. Without it, the one where this branch left `main`.
    #[arg(value_name = "BASE")]
    base: Option<String>,
    /// Exit with 1 if something that is owed is missing.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(
    args: &Args,
    format: PageFormat,
    report: &mut Report,
) -> Result<Outcome, Failure> {
    let root = workspace::root();
    let (commit, base_name) = if let Some(base) = &args.base {
        (base.clone(), base.clone())
    } else {
        let (commit, main) = git::merge_base(&root)?;
        (commit, main.to_owned())
    };
    report.step("reading")?;
    let base = Side::read(Files::of_commit(&root, &commit, &base_name)?, report)?;
    let revision = Side::read(Files::of_working_tree(&root), report)?;
    report.step("comparing")?;
    let mut diff = compare_with_names(
        (&base.document, &base.names),
        (&revision.document, &revision.names),
    )?;
    // The whole client, not only what is generated.
    let old = outline_of(&base.sources()?, &base)?;
    let new = outline_of(&revision.generated()?, &revision)?;
    diff.rust = outline_changes(&old, &new);
    for change in &mut diff.rust {
        change.witness = witness(change, &old, CRATE);
    }
    let mentions = look_at(&diff.rust, &outline::hand_written(&root)?);
    let overlay = overlays::compare(&base.effects, &revision.effects, &revision.files)?;
    report.end_step()?;

    let mut bump = diff.bump();
    if !overlay.is_empty() {
        bump = bump.max(Bump::Patch);
    }
    let needed = version::after(&base.version, bump);
    let accepted = accepted::read(&revision.files, report)?;
    let breaks = diff.breaking();
    let fingerprints: Vec<String> = breaks.iter().map(|it| it.fingerprint.clone()).collect();
    accepted::check(&accepted, &fingerprints, &base.version)?;
    let change = owed::Change {
        base: &base,
        revision: &revision,
        diff: &diff,
        bump,
        needed: &needed,
        accepted: &accepted,
        overlay: &overlay,
    };
    let owed = owed::missing(&change, &root)?;
    let page = Page {
        base_name: &base_name,
        base: &base,
        revision: &revision,
        diff: &diff,
        bump,
        needed: &needed,
        mentions: &mentions,
        overlay: &overlay,
        accepted: &accepted,
        owed: &owed,
    };
    print(&match format {
        PageFormat::Json => format!("{:#}\n", page.to_json()),
        PageFormat::Github => page.to_github(),
        PageFormat::Text | PageFormat::Markdown => page.to_markdown(),
    })?;
    Ok(if args.check && !owed.is_empty() {
        Outcome::No
    } else {
        Outcome::Done
    })
}

/// The outline of the whole client.
fn outline_of(sources: &[tree::File], side: &Side) -> anyhow::Result<String> {
    let outline = of_crate(sources)
        .with_context(|| format!("cannot read {}", side.files.name(workspace::CLIENT_SOURCES)))?;
    Ok(outline.to_text())
}
