//! `releasepack move`: moves the scheduled release of a pack to another day.

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use releasepack_client::Client;
use releasepack_client::exit_code::ExitCode;

use crate::arguments::{Component, Components, JournalFile, parse_date, parse_zone, release_of};
use crate::end::{End, quoted};
use crate::interrupts::Interrupts;
use crate::journal::{Journal, Standing};
use crate::report::Report;
use crate::send::{Order, Sending};

/// Moves the scheduled release of a pack to another day.
///
/// The platform takes the whole release, not only its date. Without `--component`, its components are those of the last scheduled
/// release in the journal, or else the versions of the pack that are pending.
#[derive(Args)]
#[command(after_help = "Example:\n  releasepack move orders-pack --on 2026-12-08")]
pub(crate) struct MoveArgs {
    /// The id of the integration pack.
    pack: String,
    /// The new day of the release, in the time zone of the account's user settings.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Date,
    /// That time zone, so that a day in the past is refused before anything is sent.
    #[arg(long, value_name = "ZONE", value_parser = parse_zone)]
    time_zone: Option<TimeZone>,
    #[command(flatten)]
    components: Components,
    #[command(flatten)]
    journal: JournalFile,
}

pub(crate) async fn run(args: MoveArgs, client: &Client, report: &mut Report) -> Result<End, End> {
    let mut interrupts = Interrupts::new()?;
    let mut journal = Journal::open_if_named(args.journal.journal.as_deref(), report)?;
    if let Some(journal) = &journal
        && journal
            .open_attempt(client.base_url().as_str(), &args.pack)
            .is_some()
    {
        let path = journal.path().display().to_string();
        return Err(End::of(ExitCode::Look, "unknown")
            .message(format!(
                "nothing was sent, because the journal {path} has a release of pack {} of which it is unknown whether it was made",
                args.pack
            ))
            .next(format!("releasepack reconcile {} --journal {}", quoted(&args.pack), quoted(&path))));
    }
    let components = components(&args, client, journal.as_ref()).await?;
    for Component { id, version } in &components {
        report.note(format!("{id}: {version}"));
    }
    let zone = args.time_zone.as_ref();
    let release = release_of(&args.pack, &components, Some(args.on), zone);
    let sending = Sending {
        client,
        order: Order::Move,
        release: &release,
        journal: journal.as_mut(),
        interrupts: &mut interrupts,
    };
    let sent = sending.send(report).await?;
    report.notice(format!("{} is scheduled for {}", sent.request_id, args.on));
    Ok(End::done("moved").about(sent.request_id))
}

/// The components of the scheduled release.
async fn components(
    args: &MoveArgs,
    client: &Client,
    journal: Option<&Journal>,
) -> Result<Vec<Component>, End> {
    if !args.components.components.is_empty() {
        return Ok(args.components.components.clone());
    }
    let url = client.base_url().as_str();
    let attempts = journal.map(Journal::attempts).unwrap_or_default();
    let scheduled = attempts.iter().rev().find(|it| {
        it.url == url
            && it.pack == args.pack
            && it.on.is_some()
            && it.standing == Standing::Accepted
    });
    if let Some(attempt) = scheduled {
        return Ok(attempt.components.clone());
    }
    let pack = client.pack(&args.pack).await?;
    let pending = pack.components.into_iter().filter(|it| !it.deleted);
    Ok(pending
        .filter_map(|it| {
            Some(Component {
                version: it.pending_version?,
                id: it.id,
            })
        })
        .collect())
}
