//! Releases an integration pack and waits until the release is done. Then schedules a second release and moves its date.
//!
//! Run it against the sandbox, which needs no account (nothing is really released):
//!
//! ```text
//! cargo run --features sandbox --example release_pack
//! ```
//!
//! Run it against the account in the environment variables `BOOMI_ACCOUNT`, `BOOMI_USER` and `BOOMI_SECRET`. This makes a
//! real release! The dates are optional. With them, a second release is scheduled for `DATE` and then moved to `LATER_DATE`:
//!
//! ```text
//! cargo run --example release_pack -- PACK_ID COMPONENT_ID VERSION [DATE LATER_DATE]
//! ```
//!
//! The exit code is 0 for success, 1 if a release failed or was refused, 2 if the command line or the environment is wrong,
//! 3 if it is unknown whether a release was made and somebody must check in the platform, and 75 if it is worth trying again.

use std::error::Error;
use std::io::{IsTerminal, Write as _};
use std::process::ExitCode;

use jiff::civil::Date;
use releasepack_client::release::{
    Outcome, Progress, Release, ReleaseError, State, WaitError, WaitPolicy,
};
use releasepack_client::{BuildError, Client};

/// The client and the release to make with it.
struct Plan {
    client: Client,
    pack: String,
    component: String,
    version: String,
    dates: Option<(Date, Date)>,
    policy: WaitPolicy,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match &arguments[..] {
        #[cfg(feature = "sandbox")]
        [] => in_sandbox().await,
        #[cfg(not(feature = "sandbox"))]
        [] => return usage("the sandbox needs `--features sandbox`"),
        [pack, component, version] => in_account(pack, component, version, None).await,
        [pack, component, version, date, later] => match (date.parse(), later.parse()) {
            (Ok(date), Ok(later)) => {
                in_account(pack, component, version, Some((date, later))).await
            }
            _ => return usage("a date is not valid: write it as yyyy-mm-dd"),
        },
        _ => return usage("expected no arguments, three arguments or five arguments"),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            exit_code(error.as_ref())
        }
    }
}

/// The exit code of the table that the client documents.
fn exit_code(error: &(dyn Error + 'static)) -> ExitCode {
    if let Some(error) = error.downcast_ref::<ReleaseError>() {
        error.exit_code().into()
    } else if let Some(error) = error.downcast_ref::<WaitError>() {
        error.exit_code().into()
    } else if let Some(error) = error.downcast_ref::<BuildError>() {
        error.exit_code().into()
    } else {
        ExitCode::FAILURE
    }
}

fn usage(wrong: &str) -> ExitCode {
    eprintln!("error: {wrong}");
    eprintln!("usage: release_pack [PACK_ID COMPONENT_ID VERSION [DATE LATER_DATE]]");
    eprintln!("       without arguments, it runs against the sandbox");
    ExitCode::from(2)
}

/// Runs against the account in the environment variables.
async fn in_account(
    pack: &str,
    component: &str,
    version: &str,
    dates: Option<(Date, Date)>,
) -> Result<(), Box<dyn Error>> {
    let plan = Plan {
        client: Client::from_env()?,
        pack: pack.to_owned(),
        component: component.to_owned(),
        version: version.to_owned(),
        dates,
        policy: WaitPolicy::default(),
    };
    plan.carry_out().await
}

/// Runs against a sandbox in this process.
#[cfg(feature = "sandbox")]
async fn in_sandbox() -> Result<(), Box<dyn Error>> {
    use std::time::Duration;

    use jiff::civil::date;
    use releasepack_client::sandbox::{Sandbox, SandboxPack};

    let sandbox = Sandbox::builder()
        .seed(2)
        .today(date(2026, 11, 24))
        .polls(4)
        .pack(
            SandboxPack::new("orders-pack")
                .name("Orders")
                .released("order-intake", "1.0"),
        )
        .start()
        .await?;
    let plan = Plan {
        client: sandbox.client()?,
        pack: "orders-pack".to_owned(),
        component: "order-intake".to_owned(),
        version: "2.0".to_owned(),
        dates: Some((date(2026, 12, 1), date(2026, 12, 8))),
        policy: WaitPolicy::default()
            .first_pause(Duration::from_millis(300))
            .longest_pause(Duration::from_millis(600)),
    };
    plan.carry_out().await
}

impl Plan {
    async fn carry_out(self) -> Result<(), Box<dyn Error>> {
        let Self {
            client,
            pack,
            component,
            version,
            dates,
            policy,
        } = self;

        println!("Releasing {component} {version} in {pack} now.");
        let accepted = client
            .release(&Release::now(&pack).component(&component, &version))
            .await?;
        println!("Accepted as {}.", accepted.request_id());
        let mut bar = Bar::new();
        let outcome = client
            .wait(accepted.request_id(), policy, |progress| bar.show(progress))
            .await;
        bar.end();
        match outcome? {
            Outcome::Released(_) => println!("It is out."),
            other => println!("It is {}.", other.status()),
        }

        let Some((date, later)) = dates else {
            return Ok(());
        };
        println!("Scheduling {component} {version} in {pack} for {date}.");
        let release = Release::on(&pack, date).component(&component, &version);
        let accepted = client.release(&release).await?;
        println!("Accepted as {}.", accepted.request_id());
        println!("Moving it to {later}.");
        let release = Release::on(&pack, later).component(&component, &version);
        let accepted = client.reschedule(&release).await?;
        println!("It is {}.", client.status(accepted.request_id()).await?);
        Ok(())
    }
}

/// Shows progress on standard error: as a bar on a terminal, otherwise as lines.
struct Bar {
    terminal: bool,
    drawn: bool,
}

impl Bar {
    const WIDTH: usize = 30;

    fn new() -> Self {
        Self {
            terminal: std::io::stderr().is_terminal(),
            drawn: false,
        }
    }

    fn show(&mut self, progress: &Progress) {
        let percent = match progress {
            Progress::Status(status) if *status.state() == State::Released => Some(100),
            Progress::Status(status) => status.percent(),
            _ => None,
        };
        match percent {
            Some(percent) if self.terminal => {
                let done = Self::WIDTH * usize::from(percent) / 100;
                let (done, rest) = ("#".repeat(done), ".".repeat(Self::WIDTH - done));
                // `\r` goes to the beginning of the line, `\x1b[K` clears the line.
                eprint!("\r\x1b[K[{done}{rest}] {progress}");
            }
            None if self.terminal => eprint!("\r\x1b[K{progress}"),
            _ => eprintln!("  {progress}"),
        }
        // The error is ignored: if standard error is closed, nobody sees the bar.
        let _ = std::io::stderr().flush();
        self.drawn = true;
    }

    fn end(&mut self) {
        if self.terminal && self.drawn {
            eprintln!();
        }
    }
}
