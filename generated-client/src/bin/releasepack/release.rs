//! `releasepack release`: makes a release.

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use releasepack_client::Client;
use releasepack_client::exit_code::ExitCode;

use crate::arguments::{
    Component, JournalFile, Waiting, parse_component, parse_date, parse_zone, release_of,
};
use crate::end::{End, quoted};
use crate::interrupts::Interrupts;
use crate::journal::{Attempt, Journal, Standing};
use crate::report::Report;
use crate::send::{Order, Sending, Sent};
use crate::wait::Wait;

/// Releases an integration pack, now or on a date.
///
/// The request id is written at once. With a journal, the same command can be given again after it was killed: it does not release
/// again what was accepted, but goes on with it, and it refuses to release a pack while it is unknown whether the last release was
/// made.
#[derive(Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own"
)]
#[command(after_help = "Examples:\n  \
    releasepack release orders-pack --component order-intake=2.0 --wait --journal release.jsonl\n  \
    releasepack release orders-pack --component order-intake=2.0 --on 2026-12-01")]
pub(crate) struct ReleaseArgs {
    /// The id of the integration pack.
    pack: String,
    /// A component and its version to release; may be given several times.
    #[arg(long = "component", value_name = "ID=VERSION", required = true, value_parser = parse_component)]
    components: Vec<Component>,
    /// The day of the release, in the time zone of the account's user settings.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
    /// That time zone, so that a day in the past is refused before anything is sent.
    #[arg(long, value_name = "ZONE", requires = "on", value_parser = parse_zone)]
    time_zone: Option<TimeZone>,
    /// Wait until the release is done.
    #[arg(long)]
    wait: bool,
    #[command(flatten)]
    waiting: Waiting,
    /// Send nothing if the release leaves out a component of the pack.
    #[arg(long)]
    require_complete: bool,
    /// Send nothing: show the plan and the body of the request.
    #[arg(long)]
    dry_run: bool,
    /// Release again, although the journal says that the same release was accepted and has not ended.
    #[arg(long, requires = "journal")]
    again: bool,
    #[command(flatten)]
    journal: JournalFile,
}

pub(crate) async fn run(
    args: ReleaseArgs,
    client: &Client,
    report: &mut Report,
) -> Result<End, End> {
    let zone = args.time_zone.as_ref();
    let mut release = release_of(&args.pack, &args.components, args.on, zone);
    if args.require_complete {
        release = release.require_complete();
    }
    if args.dry_run {
        let plan = client.plan(&release).await?;
        report.plan(&plan);
        report.body(&plan);
        if args.require_complete && !plan.is_complete() {
            let ids: Vec<&str> = plan.left_out.iter().map(|it| it.id.as_str()).collect();
            let ids = ids.join(", ");
            return Err(End::invalid(format!(
                "the release leaves out {ids}, which the pack has"
            )));
        }
        return Ok(End::done("dry-run"));
    }
    let mut interrupts = Interrupts::new()?;
    let mut journal = Journal::open_if_named(args.journal.journal.as_deref(), report)?;
    let before = match &journal {
        Some(journal) => known(journal, &args, client)?,
        None => None,
    };
    let sent = if let Some(sent) = before {
        report.accepted_before(&args.pack, &sent.request_id);
        sent
    } else {
        let sending = Sending {
            client,
            order: Order::Release,
            release: &release,
            journal: journal.as_mut(),
            interrupts: &mut interrupts,
        };
        sending.send(report).await?
    };
    if !args.wait {
        report.notice(format!("accepted as {}", sent.request_id));
        return Ok(End::done("accepted").about(sent.request_id));
    }
    let has_journal = journal.is_some();
    let wait = Wait {
        client,
        request_id: &sent.request_id,
        policy: args.waiting.policy(),
        journal: journal.as_mut().zip(sent.attempt.as_deref()),
        interrupts: &mut interrupts,
    };
    let end = wait.run(report).await;
    // Without a journal, the same command would release again, so it must not be told to be tried again.
    match end {
        Err(end) if end.code == ExitCode::TryAgain.code() && !has_journal => Err(End {
            code: ExitCode::Look.code(),
            ..end
        }),
        end => end,
    }
}

/// What the journal knows of this release: `None` if it can be sent.
fn known(journal: &Journal, args: &ReleaseArgs, client: &Client) -> Result<Option<Sent>, End> {
    let url = client.base_url().as_str();
    if let Some(attempt) = journal.open_attempt(url, &args.pack) {
        let path = journal.path().display().to_string();
        let end = End::of(ExitCode::Look, "unknown").message(format!(
            "nothing was sent, because the journal {path} has a release of pack {} of which it is unknown whether it was made",
            attempt.pack
        ));
        let command = format!(
            "releasepack reconcile {} --journal {}",
            quoted(&args.pack),
            quoted(&path)
        );
        return Err(end.next(command));
    }
    if args.again {
        return Ok(None);
    }
    let is_last = |it: &&Attempt| it.url == url && it.pack == args.pack;
    let last = journal.attempts().iter().rev().find(is_last);
    let same = last.filter(|it| it.is_same(url, &args.pack, &args.components, args.on));
    Ok(same
        .filter(|it| it.standing == Standing::Accepted)
        .and_then(|it| {
            Some(Sent {
                request_id: it.request_id.clone()?,
                attempt: Some(it.id.clone()),
            })
        }))
}
