//! `releasepack plan`: what a release would change.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use releasepack_client::Client;
use releasepack_client::exit_code::ExitCode;
use releasepack_client::release::{Pack, Plan};

use crate::arguments::{Components, release_of};
use crate::end::End;
use crate::report::Report;

/// Shows what a release would change: the version of each component before and after it, and what it leaves out.
///
/// The exit code is 1 if the release would leave out a component of the pack.
#[derive(Args)]
#[command(after_help = "Example:\n  releasepack plan orders-pack --component order-intake=2.0")]
pub(crate) struct PlanArgs {
    /// The id of the integration pack.
    pack: String,
    #[command(flatten)]
    components: Components,
    /// Write the pack as it is now to a file, for `releasepack reconcile --before FILE`.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
}

pub(crate) async fn run(args: PlanArgs, client: &Client, report: &mut Report) -> Result<End, End> {
    let release = release_of(&args.pack, &args.components.components, None, None);
    let plan = client.plan(&release).await?;
    if let Some(path) = &args.save {
        save(path, &plan.before).map_err(|error| {
            End::invalid(format!("{} cannot be written: {error}", path.display()))
        })?;
    }
    report.plan(&plan);
    Ok(end(&plan))
}

/// The end of a plan.
fn end(plan: &Plan) -> End {
    if plan.is_complete() {
        return End::done("complete");
    }
    let ids: Vec<&str> = plan.left_out.iter().map(|it| it.id.as_str()).collect();
    End::of(ExitCode::Failed, "incomplete").message(format!(
        "the release would leave out {}, which the pack has",
        ids.join(", ")
    ))
}

fn save(path: &Path, pack: &Pack) -> io::Result<()> {
    let text = serde_json::to_string_pretty(pack)?;
    std::fs::write(path, text + "\n")
}
