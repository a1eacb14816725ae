//! `releasepack reconcile`: finds out whether a release was made.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use releasepack_client::Client;
use releasepack_client::exit_code::ExitCode;
use releasepack_client::release::{Pack, Reconciled};

use crate::arguments::{Component, Components, JournalFile, parse_date, release_of};
use crate::end::{End, wait_command};
use crate::journal::{Attempt, Event, Journal};
use crate::report::Report;

/// Finds out whether a release was made, after an outcome that is unknown: made, not made, or cannot tell.
///
/// An immediate release shows in the versions of the pack, so the pack as it was before is needed: from the journal, or from
/// `releasepack plan --save FILE`. A scheduled release is asked for again in a way that cannot release twice.
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    releasepack reconcile orders-pack --journal release.jsonl\n  \
    releasepack reconcile orders-pack --component order-intake=2.0 --before pack.json\n\n\
    Exit codes: 0 made, 1 not made, 3 cannot tell.")]
pub(crate) struct ReconcileArgs {
    /// The id of the integration pack.
    pack: String,
    #[command(flatten)]
    components: Components,
    /// The day of the release.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// The pack before the release, as `releasepack plan --save FILE` wrote it.
    #[arg(long, value_name = "FILE", conflicts_with = "journal")]
    before: Option<PathBuf>,
    #[command(flatten)]
    journal: JournalFile,
}

/// Whether the release was made.
pub(crate) enum Answer {
    Made,
    NotMade,
    /// Why not.
    CannotTell(String),
}

impl Answer {
    /// The word for scripts.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::NotMade => "not_made",
            Self::CannotTell(_) => "cannot_tell",
        }
    }
}

impl From<&Reconciled> for Answer {
    fn from(reconciled: &Reconciled) -> Self {
        match reconciled {
            Reconciled::Made { .. } => Self::Made,
            Reconciled::NotMade => Self::NotMade,
            Reconciled::CannotTell(why) => Self::CannotTell(why.to_string()),
            _ => Self::CannotTell("the platform leaves it open".to_owned()),
        }
    }
}

/// The release that is in question.
struct Question {
    components: Vec<Component>,
    on: Option<Date>,
    before: Option<Pack>,
    /// The attempt in the journal.
    attempt: Option<Attempt>,
}

pub(crate) async fn run(
    args: ReconcileArgs,
    client: &Client,
    report: &mut Report,
) -> Result<End, End> {
    let mut journal = Journal::open_if_named(args.journal.journal.as_deref(), report)?;
    let question = match &journal {
        Some(journal) => from_journal(&args, client, journal)?,
        None => from_arguments(&args)?,
    };
    let attempt = question.attempt.as_ref();
    let (answer, request_id) = ask(&args.pack, &question, client, report).await?;
    report.reconciled(&args.pack, &answer, request_id.as_deref());
    if let (Some(journal), Some(attempt)) = (&mut journal, attempt) {
        let event = Event::Reconciled {
            result: answer.word().to_owned(),
            request_id: request_id.clone(),
        };
        journal.add(&attempt.id, event, report);
    }
    let end = match answer {
        Answer::Made => End::done("made"),
        Answer::NotMade => End::of(ExitCode::Failed, "not-made"),
        Answer::CannotTell(_) => {
            End::of(ExitCode::Look, "cannot-tell").message("somebody must look into the platform")
        }
    };
    Ok(match request_id {
        Some(id) => end.next(wait_command(&id)).about(id),
        None => end,
    })
}

/// Asks the platform: by the request id if one arrived, else by what the release has changed.
async fn ask(
    pack: &str,
    question: &Question,
    client: &Client,
    report: &mut Report,
) -> Result<(Answer, Option<String>), End> {
    let known = question.attempt.as_ref();
    let known = known.and_then(|it| it.request_id.clone());
    let release = release_of(pack, &question.components, question.on, None);
    if let Some(id) = known {
        match client.status(&id).await {
            Ok(status) => {
                report.status(&id, &status);
                return Ok((Answer::Made, Some(id)));
            }
            Err(error) => report.warn(format!("the status of {id} cannot be read: {error}")),
        }
    }
    // Only an immediate release is told by its versions.
    let before = match (&question.before, question.on) {
        (Some(before), _) => before.clone(),
        (None, Some(_)) => client.pack(pack).await?,
        (None, None) => {
            return Err(End::invalid(
                "the pack before the release is needed: add --journal FILE, or --before FILE of `releasepack plan --save FILE`",
            ));
        }
    };
    let reconciled = client.reconcile(&release, &before).await?;
    let request_id = match &reconciled {
        Reconciled::Made {
            accepted: Some(accepted),
            ..
        } => Some(accepted.request_id().to_owned()),
        _ => None,
    };
    Ok((Answer::from(&reconciled), request_id))
}

fn from_arguments(args: &ReconcileArgs) -> Result<Question, End> {
    if args.components.components.is_empty() {
        return Err(End::invalid(
            "the components of the release are needed: add --component ID=VERSION, or --journal FILE",
        ));
    }
    let before = args.before.as_deref().map(read_pack).transpose()?;
    Ok(Question {
        components: args.components.components.clone(),
        on: args.on,
        before,
        attempt: None,
    })
}

/// The last attempt whose outcome is not known.
fn from_journal(args: &ReconcileArgs, client: &Client, journal: &Journal) -> Result<Question, End> {
    let url = client.base_url().as_str();
    let attempt = journal.open_attempt(url, &args.pack).ok_or_else(|| {
        End::invalid(format!(
            "the journal {} has no release of pack {} whose outcome is unknown",
            journal.path().display(),
            args.pack
        ))
    })?;
    let is_other =
        !args.components.components.is_empty() && args.components.components != attempt.components;
    if is_other || (args.on.is_some() && args.on != attempt.on) {
        return Err(End::invalid(
            "the release in the journal has other components or another date; leave out --component and --on",
        ));
    }
    Ok(Question {
        components: attempt.components.clone(),
        on: attempt.on,
        before: Some(attempt.before.clone()),
        attempt: Some(attempt.clone()),
    })
}

fn read_pack(path: &Path) -> Result<Pack, End> {
    let shown = path.display();
    let text = std::fs::read(path)
        .map_err(|error| End::invalid(format!("{shown} cannot be read: {error}")))?;
    serde_json::from_slice(&text)
        .map_err(|error| End::invalid(format!("{shown} is not a pack as plan saves it: {error}")))
}
