//! `releasepack status`: how releases are now.

use clap::Args;
use releasepack_client::Client;
use releasepack_client::exit_code::ExitCode;
use releasepack_client::release::State;

use crate::end::End;
use crate::report::Report;

/// Shows the status of releases.
///
/// The exit code is 0 if each status could be read and no release has failed, and 1 if one has failed.
#[derive(Args)]
#[command(
    after_help = "Example:\n  releasepack status release-33db7430-40f8-4a8e-a9c9-32d26834c151"
)]
pub(crate) struct StatusArgs {
    /// The request ids of the releases.
    #[arg(value_name = "REQUEST-ID", required = true)]
    request_ids: Vec<String>,
}

pub(crate) async fn run(
    args: StatusArgs,
    client: &Client,
    report: &mut Report,
) -> Result<End, End> {
    let mut worst = End::done("read");
    for request_id in &args.request_ids {
        let end = match client.status(request_id).await {
            Ok(status) => {
                report.status(request_id, &status);
                if *status.state() == State::Failed {
                    End::of(ExitCode::Failed, "failed")
                        .message(format!("the release {request_id} failed"))
                        .about(request_id)
                } else {
                    End::done("read").about(request_id)
                }
            }
            Err(error) => {
                let end = End::from(error).about(request_id);
                let message = end.message.unwrap_or_default();
                End {
                    message: Some(format!("{request_id}: {message}")),
                    ..end
                }
            }
        };
        worst = worse(worst, end, report);
    }
    Ok(worst)
}

/// The end that says more; what the other one has to say is a warning.
fn worse(one: End, other: End, report: &mut Report) -> End {
    let (kept, other) = if weight(other.code) > weight(one.code) {
        (other, one)
    } else {
        (one, other)
    };
    if let Some(message) = other.message {
        report.warn(message);
    }
    kept
}

/// How much an exit code asks of people.
fn weight(code: u8) -> u8 {
    match code {
        0 => 0,
        75 => 1,
        1 => 2,
        2 => 3,
        _ => 4,
    }
}
