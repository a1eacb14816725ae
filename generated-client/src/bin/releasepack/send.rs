//! Sends a release, with the journal before and after it.

use std::pin::pin;

use releasepack_client::Client;
use releasepack_client::exit_code::ExitCode;
use releasepack_client::release::{Accepted, Release, ReleaseError, Schedule};

use crate::arguments::Component;
use crate::end::{End, quoted, wait_command};
use crate::interrupts::Interrupts;
use crate::journal::{Event, Journal};
use crate::report::Report;

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// A new release.
    Release,
    /// Another date for the scheduled one.
    Move,
}

/// A release to send.
pub(crate) struct Sending<'a> {
    pub(crate) client: &'a Client,
    pub(crate) order: Order,
    pub(crate) release: &'a Release,
    pub(crate) journal: Option<&'a mut Journal>,
    pub(crate) interrupts: &'a mut Interrupts,
}

/// A release that was accepted.
pub(crate) struct Sent {
    pub(crate) request_id: String,
    /// The attempt in the journal.
    pub(crate) attempt: Option<String>,
}

impl Sending<'_> {
    /// Sends it. Ctrl-C does not stop it, so that its outcome becomes known; a second one does.
    pub(crate) async fn send(mut self, report: &mut Report) -> Result<Sent, End> {
        let pack = self.release.pack_id().to_owned();
        let attempt = self.ask().await?;
        let (result, signal) = self.exchange(report).await;
        if let (Some(journal), Some(attempt)) = (&mut self.journal, &attempt) {
            journal.add(attempt, event_of(result.as_ref()), report);
        }
        match result {
            Some(Ok(accepted)) => {
                report.accepted(&pack, &accepted);
                let request_id = accepted.request_id().to_owned();
                match signal {
                    None => Ok(Sent {
                        request_id,
                        attempt,
                    }),
                    Some(code) => Err(End::interrupted(code, "interrupted; the release goes on")
                        .next(wait_command(&request_id))
                        .about(request_id)),
                }
            }
            Some(Err(error)) if error.may_have_been_made() && error.request_id().is_none() => {
                Err(End::from(error).next(self.reconcile_command()))
            }
            Some(Err(error)) => Err(error.into()),
            None => Err(End::of(ExitCode::Look, "unknown")
                .message(format!(
                    "interrupted before the response arrived: it is unknown whether the release of pack {pack} was made"
                ))
                .next(self.reconcile_command())),
        }
    }

    /// Writes down what is about to be sent, with the pack as it is before.
    async fn ask(&mut self) -> Result<Option<String>, End> {
        let Some(journal) = &mut self.journal else {
            return Ok(None);
        };
        let plan = self.client.plan(self.release).await?;
        let command = match self.order {
            Order::Release => "release",
            Order::Move => "move",
        };
        let on = match self.release.schedule() {
            Schedule::On(date) => Some(date),
            _ => None,
        };
        let components = self.release.components();
        let event = Event::Asked {
            command: command.to_owned(),
            url: self.client.base_url().to_string(),
            pack: self.release.pack_id().to_owned(),
            on,
            components: components
                .map(|(id, version)| Component {
                    id: id.to_owned(),
                    version: version.to_owned(),
                })
                .collect(),
            before: Box::new(plan.before),
        };
        journal.begin(event).map(Some)
    }

    /// The result, unless the user did not wait for it, and the exit code of the signal that came meanwhile.
    async fn exchange(
        &mut self,
        report: &mut Report,
    ) -> (Option<Result<Accepted, ReleaseError>>, Option<u8>) {
        let exchange = async {
            match self.order {
                Order::Release => self.client.release(self.release).await,
                Order::Move => self.client.reschedule(self.release).await,
            }
        };
        let mut exchange = pin!(exchange);
        let mut signal = None;
        loop {
            tokio::select! {
                biased;
                result = &mut exchange => return (Some(result), signal),
                code = self.interrupts.next() => {
                    if signal.is_some() {
                        return (None, signal);
                    }
                    signal = Some(code);
                    report.note("the release was sent, so its response is awaited; interrupt again to leave without it");
                }
            }
        }
    }

    /// The command that finds out whether the release was made.
    fn reconcile_command(&self) -> String {
        let mut command = format!("releasepack reconcile {}", quoted(self.release.pack_id()));
        if let Some(journal) = &self.journal {
            let path = journal.path().display().to_string();
            return format!("{command} --journal {}", quoted(&path));
        }
        for (id, version) in self.release.components() {
            let component = format!("{id}={version}");
            command = format!("{command} --component {}", quoted(&component));
        }
        match self.release.schedule() {
            Schedule::On(date) => format!("{command} --on {date}"),
            _ => format!("{command} --before FILE"),
        }
    }
}

/// What the journal has of a result.
fn event_of(result: Option<&Result<Accepted, ReleaseError>>) -> Event {
    match result {
        Some(Ok(accepted)) => Event::Accepted {
            request_id: accepted.request_id().to_owned(),
        },
        Some(Err(error)) if error.may_have_been_made() => Event::Unknown {
            request_id: error.request_id().map(str::to_owned),
            error: error.to_string(),
        },
        Some(Err(error)) => Event::Refused {
            exit_code: error.exit_code().code(),
            error: error.to_string(),
        },
        None => Event::Unknown {
            request_id: None,
            error: "interrupted before the response arrived".to_owned(),
        },
    }
}
