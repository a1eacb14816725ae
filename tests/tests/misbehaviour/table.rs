//! A row of the tables: what a server does, and what the client must say.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use releasepack_client::release::{Release, ReleaseError, State};
use releasepack_client::{Client, ClientBuilder, Credentials, ErrorKind, RateLimit, RetryPolicy};

use tokio::task::JoinSet;

use crate::server::{Behaviour, Peer, Server};

/// The secret of the client. No server may get it into a text.
pub(crate) const SECRET: &str = "c4nary=\"s3cret&";

/// What the client must say of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// It was made; its request id is this.
    Made(&'static str),
    /// It was not made.
    Refused,
    /// Nobody knows.
    Unknown,
}

/// What the client must say of a question for the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The release is done.
    Released,
    /// The state of the release is not in the response.
    NoState,
    /// The question failed, after asking until the repeats are used up.
    Again(ErrorKind),
    /// The question failed at once.
    Fails(ErrorKind),
}

/// A row.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) behaviour: Behaviour,
    pub(crate) told: Told,
    /// The number of orders that reach the server.
    pub(crate) orders: usize,
    pub(crate) asked: Asked,
}

/// Makes a row. An order is sent once.
pub(crate) fn row(
    name: &'static str,
    told: Told,
    asked: Asked,
    behaviour: impl Fn(&mut Peer) -> io::Result<()> + Send + Sync + 'static,
) -> Row {
    Row {
        name,
        behaviour: Arc::new(behaviour),
        told,
        orders: 1,
        asked,
    }
}

impl Row {
    /// An order is sent until the repeats are used up.
    pub(crate) fn repeated(self) -> Self {
        Self {
            orders: REPEATS + 1,
            ..self
        }
    }
}

const REPEATS: usize = 2;
const TIMEOUT: Duration = Duration::from_secs(20);
/// For rows that wait for it.
const HURRIED: Duration = Duration::from_secs(1);

/// The settings of the client in all rows.
pub(crate) fn settings(url: &str) -> ClientBuilder {
    let retry = RetryPolicy::default()
        .max_repeats(u32::try_from(REPEATS).unwrap())
        .initial_pause(Duration::from_millis(2));
    Client::builder("account", Credentials::password("me", SECRET))
        .base_url(url)
        .request_timeout(TIMEOUT)
        .body_limit(1 << 20)
        .retry(retry)
        .rate_limit(RateLimit::none())
}

/// Checks each row: makes a release, and asks for a status, each with a server of its own. Those rows that need a timeout wait
/// for it together.
pub(crate) async fn check(rows: Vec<Row>) {
    let mut waiting = JoinSet::new();
    let mut wrong = Vec::new();
    for row in rows {
        if row.asked == Asked::Again(ErrorKind::Timeout) {
            waiting.spawn(check_row(row, HURRIED));
        } else {
            wrong.extend(check_row(row, TIMEOUT).await);
        }
    }
    wrong.extend(waiting.join_all().await.concat());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn check_row(row: Row, timeout: Duration) -> Vec<String> {
    let settings = |server: &Server| settings(&server.url()).request_timeout(timeout);
    let mut wrong = Vec::new();
    let server = Server::new(Arc::clone(&row.behaviour));
    let client = settings(&server).build().unwrap();
    let begun = Instant::now();
    let (told, text) = release(&client).await;
    if told != row.told.into() || server.count() != row.orders {
        let count = server.count();
        wrong.push(format!(
            "{}: {told:?} after {count} orders: {text}",
            row.name
        ));
    }
    let server = Server::new(row.behaviour);
    let client = settings(&server).build().unwrap();
    let (asked, asks, more) = ask(&client, row.asked).await;
    if asked != row.asked || server.count() != asks {
        let count = server.count();
        wrong.push(format!(
            "{}: {asked:?} after {count} questions: {more}",
            row.name
        ));
    }
    for text in [text, more] {
        let is_clean = !text.contains("c4nary") && !text.contains(|c: char| c.is_control());
        if !is_clean || text.chars().count() > 900 {
            wrong.push(format!("{}: {text:?}", row.name));
        }
    }
    let elapsed = begun.elapsed();
    if elapsed > timeout * 6 {
        wrong.push(format!("{}: {elapsed:?}", row.name));
    }
    wrong
}

/// [`Told`], with the request id that was received.
#[derive(Debug, PartialEq)]
pub(crate) enum Report {
    Made(String),
    Refused,
    Unknown,
}

impl From<Told> for Report {
    fn from(told: Told) -> Self {
        match told {
            Told::Made(id) => Self::Made(id.to_owned()),
            Told::Refused => Self::Refused,
            Told::Unknown => Self::Unknown,
        }
    }
}

/// Makes a release. Gives what the client says, and its text.
pub(crate) async fn release(client: &Client) -> (Report, String) {
    match client
        .release(&Release::now("pack").component("c", "1"))
        .await
    {
        Ok(accepted) => (
            Report::Made(accepted.request_id().to_owned()),
            String::new(),
        ),
        Err(error) => {
            let report = match &error {
                ReleaseError::Refused(_) => Report::Refused,
                error if error.may_have_been_made() => Report::Unknown,
                error => panic!("{error}"),
            };
            check_agreement(&error);
            (report, error.to_string())
        }
    }
}

/// The error of the call and that of the release say the same.
fn check_agreement(error: &ReleaseError) {
    if let Some(call) = error.call() {
        assert_eq!(
            call.is_outcome_unknown(),
            error.may_have_been_made(),
            "{error}"
        );
        assert!(
            !(error.may_have_been_made() && call.is_retryable()),
            "{error}"
        );
    }
}

/// Asks for the status. Gives what the client says, how often it must have asked, and its text.
async fn ask(client: &Client, expected: Asked) -> (Asked, usize, String) {
    let once = |asked| (asked, 1, String::new());
    match client.status("r-1").await {
        Ok(status) => match status.state() {
            State::Released => once(Asked::Released),
            State::Unknown(value) if value.is_empty() => once(Asked::NoState),
            state => panic!("{state}"),
        },
        Err(error) => {
            assert!(
                !error.is_outcome_unknown(),
                "a question changes nothing: {error}"
            );
            let (asks, asked) = match expected {
                Asked::Again(_) => (REPEATS + 1, Asked::Again(error.kind())),
                _ => (1, Asked::Fails(error.kind())),
            };
            (asked, asks, error.to_string())
        }
    }
}
