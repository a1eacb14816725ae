//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::arguments::parse_duration;
use crate::{completions, manual, plan, reconcile, release, relocate, sandbox, status, wait};

/// Releases Boomi integration packs in a pipeline.
///
/// A release is never made twice by mistake: what may have been made is not sent again, and the exit code says so.
#[derive(Parser)]
#[command(
    name = "releasepack",
    version,
    disable_help_subcommand = true,
    after_help = AFTER_HELP
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) options: Options,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command has.
#[derive(Args)]
pub(crate) struct Options {
    /// The format of what is written.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub(crate) format: Format,
    /// A file with settings, a line each: NAME=VALUE. The environment has precedence.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The longest time for one call, with its repeats, such as 30s [default: 3m].
    #[arg(long, global = true, value_name = "TIME", value_parser = parse_duration)]
    pub(crate) deadline: Option<Duration>,
}

/// The format of what is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: results on standard output, all else on standard error.
    #[default]
    Text,
    /// For scripts: one JSON object a line on standard output.
    Json,
    /// For a GitHub workflow: as text, with annotations, and outputs of the step (request-id, outcome, exit-code).
    Github,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Plan(plan::PlanArgs),
    Release(release::ReleaseArgs),
    Move(relocate::MoveArgs),
    Wait(wait::WaitArgs),
    Status(status::StatusArgs),
    Reconcile(reconcile::ReconcileArgs),
    Sandbox(sandbox::SandboxArgs),
    Completions(completions::CompletionsArgs),
    Man(manual::ManArgs),
}

const AFTER_HELP: &str = "\
Settings, from the environment or from `--config FILE`:
  BOOMI_ACCOUNT   the account id
  BOOMI_USER      the user's e-mail address, after BOOMI_TOKEN. if the secret is an API token
  BOOMI_SECRET    the API token, or the password
  BOOMI_REGION    US (default) or GB
  BOOMI_BASE_URL  a base URL in place of a region
What is missing is asked for on a terminal. No option takes a secret.

A complete job for GitHub:
  jobs:
    release:
      runs-on: ubuntu-latest
      concurrency: release-orders-pack
      env:
        BOOMI_ACCOUNT: ${{ vars.BOOMI_ACCOUNT }}
        BOOMI_USER: ${{ vars.BOOMI_USER }}
        BOOMI_SECRET: ${{ secrets.BOOMI_SECRET }}
      steps:
        - run: cargo install releasepack-client --features cli --locked
        - run: releasepack plan orders-pack --component order-intake=2.0 --format github
        - run: |
            releasepack release orders-pack --component order-intake=2.0 --wait \\
              --journal release.jsonl --format github
        - if: always()
          uses: actions/upload-artifact@v4
          with: { name: release-journal, path: release.jsonl }

Exit codes:
  0    done: made, released, scheduled, or the answer is yes
  1    refused or failed, or the answer is no
  2    the command line, the settings or the release are not valid; nothing was sent
  3    somebody must look: it is unknown whether the release was made, or how it ends
  75   nothing was done, or only a wait ended: the same command may succeed later
  130  interrupted by Ctrl-C (143 by SIGTERM) while waiting: the release goes on

With `--format json`, each line is an object with the member `event`: plan, accepted, status,
interrupted, reconciled or sandbox, and at last `end` with exit_code, outcome, message, request_id
and next. Later versions may add members and events, but do not rename or remove any.

`releasepack COMMAND --help` shows the options and an example of a command.";
