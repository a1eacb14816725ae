//! `releasepack sandbox`: the vendor's behaviour as a server on loopback.

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use releasepack_client::sandbox::{Fault, Sandbox, SandboxPack, Target};

use crate::arguments::{parse_component, parse_date};
use crate::end::End;
use crate::fault::{FAULTS, parse_fault};
use crate::interrupts::Interrupts;
use crate::report::Report;

/// Runs a server on 127.0.0.1 that behaves as the vendor's, for tests and scripts in any language.
///
/// It writes the settings to use, a line each, and runs until Ctrl-C. Nothing is really released.
#[derive(Args)]
#[command(after_help = FAULTS)]
pub(crate) struct SandboxArgs {
    /// The port; without it, a free one.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// How many calls are allowed in a second; 0 is no limit.
    #[arg(long, default_value_t = 5, value_name = "CALLS")]
    rate: usize,
    /// Something that goes wrong; may be given several times. See below.
    #[arg(long = "fault", value_name = "FAULT", value_parser = parse_fault)]
    faults: Vec<(Target, Fault)>,
    /// A pack, and what is released of it, such as orders-pack:order-intake=1.0,order-export=1.2; may be given several times.
    /// Without it, each id is a pack.
    #[arg(long = "pack", value_name = "ID[:COMPONENT=VERSION,…]", value_parser = parse_pack)]
    packs: Vec<SandboxPack>,
    /// Make the releases of a pack fail; may be given several times.
    #[arg(long = "fail", value_name = "PACK")]
    failing: Vec<String>,
    /// How many questions a release is in progress.
    #[arg(long, default_value_t = 2, value_name = "QUESTIONS")]
    polls: u32,
    /// The current day of the server; without it, that of this machine.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    today: Option<Date>,
}

pub(crate) async fn run(args: SandboxArgs, report: &mut Report) -> Result<End, End> {
    let mut interrupts = Interrupts::new()?;
    let now = || TimeZone::system().to_datetime(Timestamp::now()).date();
    let today = args.today.unwrap_or_else(now);
    let mut settings = Sandbox::builder()
        .port(args.port)
        .rate_limit((args.rate > 0).then_some(args.rate))
        .polls(args.polls)
        // Two runs do not give out the same request ids.
        .seed(fastrand::u64(..))
        .today(today);
    for pack in args.packs {
        settings = settings.pack(pack);
    }
    let sandbox = settings
        .start()
        .await
        .map_err(|error| End::invalid(format!("the port {} cannot be used: {error}", args.port)))?;
    for (target, fault) in args.faults {
        sandbox.inject(target, fault);
    }
    for pack in args.failing {
        sandbox.fail_releases_of(pack);
    }
    report.sandbox(&[
        ("BOOMI_BASE_URL", sandbox.url().as_str()),
        ("BOOMI_ACCOUNT", sandbox.account()),
        ("BOOMI_USER", sandbox.user()),
        ("BOOMI_SECRET", sandbox.password()),
    ]);
    report.note("the sandbox runs until Ctrl-C");
    interrupts.next().await;
    Ok(End::done("ended"))
}

fn parse_pack(text: &str) -> Result<SandboxPack, String> {
    let (id, components) = text.split_once(':').unwrap_or((text, ""));
    if id.trim().is_empty() {
        return Err("the id is empty".to_owned());
    }
    let mut pack = SandboxPack::new(id.trim());
    for component in components.split(',').filter(|it| !it.trim().is_empty()) {
        let component = parse_component(component)?;
        pack = pack.released(component.id, component.version);
    }
    Ok(pack)
}
