//! `releasepack wait`: waits until a release is done.

use clap::Args;
use releasepack_client::Client;
use releasepack_client::release::{Outcome, Progress, WaitError, WaitPolicy};

use crate::arguments::{JournalFile, Waiting};
use crate::end::{End, wait_command};
use crate::interrupts::Interrupts;
use crate::journal::{Attempt, Event, Journal, Standing};
use crate::report::Report;

/// Waits until a release is done; goes on with a wait that was cut off.
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    releasepack wait release-33db7430-40f8-4a8e-a9c9-32d26834c151 --timeout 2h\n  \
    releasepack wait --journal release.jsonl")]
pub(crate) struct WaitArgs {
    /// The request id of the release; without it, the last release in the journal that was accepted.
    #[arg(value_name = "REQUEST-ID", required_unless_present = "journal")]
    request_id: Option<String>,
    #[command(flatten)]
    waiting: Waiting,
    #[command(flatten)]
    journal: JournalFile,
}

pub(crate) async fn run(args: WaitArgs, client: &Client, report: &mut Report) -> Result<End, End> {
    let mut interrupts = Interrupts::new()?;
    let mut journal = Journal::open_if_named(args.journal.journal.as_deref(), report)?;
    let url = client.base_url().as_str();
    let attempts = journal.as_ref().map(Journal::attempts).unwrap_or_default();
    let attempt = attempts.iter().rev().find(|it| match &args.request_id {
        Some(id) => it.request_id.as_ref() == Some(id),
        None => it.url == url && it.standing == Standing::Accepted,
    });
    let attempt: Option<Attempt> = attempt.cloned();
    let known = attempt.as_ref().and_then(|it| it.request_id.clone());
    let request_id = args.request_id.or(known).ok_or_else(|| {
        End::invalid("the journal has no release that was accepted and has not ended")
    })?;
    let wait = Wait {
        client,
        request_id: &request_id,
        policy: args.waiting.policy(),
        journal: journal
            .as_mut()
            .zip(attempt.as_ref().map(|it| it.id.as_str())),
        interrupts: &mut interrupts,
    };
    wait.run(report).await
}

/// A wait for one release.
pub(crate) struct Wait<'a> {
    pub(crate) client: &'a Client,
    pub(crate) request_id: &'a str,
    pub(crate) policy: WaitPolicy,
    /// The journal, and the attempt in it.
    pub(crate) journal: Option<(&'a mut Journal, &'a str)>,
    pub(crate) interrupts: &'a mut Interrupts,
}

impl Wait<'_> {
    pub(crate) async fn run(self, report: &mut Report) -> Result<End, End> {
        let Self {
            client,
            request_id,
            policy,
            mut journal,
            interrupts,
        } = self;
        let progress = |progress: &Progress| match progress {
            // The last one is a result.
            Progress::Status(status) if status.state().is_final() => {}
            Progress::Status(status) => report.waiting(request_id, status),
            Progress::Interrupted(error) => report.interrupted(request_id, error),
            _ => {}
        };
        let result = tokio::select! {
            biased;
            result = client.wait(request_id, policy, progress) => result,
            code = interrupts.next() => {
                return Err(End::interrupted(code, "interrupted; the release goes on")
                    .about(request_id)
                    .next(wait_command(request_id)));
            }
        };
        let (status, word) = match &result {
            Ok(Outcome::Released(status)) => (Some(status), "released"),
            Ok(Outcome::Scheduled(status)) => (Some(status), "scheduled"),
            Err(WaitError::Failed { status, .. }) => (Some(status), "failed"),
            Ok(_) | Err(_) => (None, ""),
        };
        if let Some(status) = status {
            if let Some((journal, attempt)) = &mut journal {
                let event = Event::Ended {
                    request_id: request_id.to_owned(),
                    state: word.to_owned(),
                };
                journal.add(attempt, event, report);
            }
            report.status(request_id, status);
        }
        match result {
            Ok(outcome) => {
                report.notice(format!("{request_id}: {}", outcome.status()));
                Ok(End::done(word).about(request_id))
            }
            Err(error) => Err(error.into()),
        }
    }
}
