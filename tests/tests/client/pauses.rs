//! The pauses between repeats, with a paused clock that advances only when the test waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use releasepack_client::runtime::{
    Bytes, Call, Exchange, HeaderMap, Reply, StatusCode, Transport, TransportError,
    TransportErrorKind,
};
use releasepack_client::{Client, Credentials, ErrorKind, RateLimit, RetryPolicy};
use tokio::time::{Instant, sleep};

use crate::{ACCOUNT, create, status};

/// The outcome of one attempt.
#[derive(Clone, Debug)]
enum Outcome {
    Busy {
        headers: HeaderMap,
    },
    NoConnection,
    /// No response comes until the timeout of the attempt.
    NoResponse,
    Done,
}

/// The time of the attempt, and its timeout.
type Attempt = (Instant, Option<Duration>);

/// A transport with prepared outcomes that records the time and the timeout of each attempt.
#[derive(Clone, Debug)]
struct Script {
    outcome: fn(usize) -> Outcome,
    calls: Arc<Mutex<Vec<Attempt>>>,
}

impl Script {
    fn new(outcome: fn(usize) -> Outcome) -> Self {
        Self {
            outcome,
            calls: Arc::default(),
        }
    }

    fn client(&self, retry: RetryPolicy) -> Client {
        Client::builder(
            ACCOUNT,
            Credentials::api_token("me@example.com", "a1b2c3d4"),
        )
        .retry(retry)
        .rate_limit(RateLimit::none())
        .build_over(self.clone())
        .expect("the settings are valid")
    }

    /// The pauses between the calls, in milliseconds.
    fn pauses(&self) -> Vec<u128> {
        let calls = self.calls.lock().unwrap();
        calls
            .windows(2)
            .map(|pair| (pair[1].0 - pair[0].0).as_millis())
            .collect()
    }

    fn timeouts(&self) -> Vec<u64> {
        let calls = self.calls.lock().unwrap();
        calls
            .iter()
            .map(|(_, timeout)| timeout.expect("each call has a timeout").as_secs())
            .collect()
    }
}

impl Transport for Script {
    fn send(&self, call: Call) -> Exchange<'_> {
        let attempt = {
            let mut calls = self.calls.lock().unwrap();
            calls.push((Instant::now(), call.timeout));
            calls.len() - 1
        };
        let outcome = (self.outcome)(attempt);
        Box::pin(async move {
            let reply = |status, headers, body: &'static [u8]| {
                Ok(Reply::new(status, headers, Bytes::from_static(body)))
            };
            match outcome {
                Outcome::Busy { headers } => reply(
                    StatusCode::SERVICE_UNAVAILABLE,
                    headers,
                    br#"{"message": "Retry later."}"#,
                ),
                Outcome::NoConnection => Err(TransportError::new(
                    TransportErrorKind::Connect,
                    "the cable is cut",
                )),
                Outcome::NoResponse => {
                    sleep(call.timeout.expect("each call has a timeout")).await;
                    Err(TransportError::new(
                        TransportErrorKind::Timeout,
                        "nothing came",
                    ))
                }
                Outcome::Done => reply(
                    StatusCode::OK,
                    HeaderMap::new(),
                    br#"{"responseStatusCode": 200}"#,
                ),
            }
        })
    }
}

fn busy(headers: &[(&'static str, &'static str)]) -> Outcome {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().expect("the test uses valid headers"));
    }
    Outcome::Busy { headers: map }
}

#[tokio::test(start_paused = true)]
async fn random_pauses_double_up_to_the_maximum() {
    let script = Script::new(|_| busy(&[]));
    let policy = RetryPolicy::default().max_repeats(8).no_deadline().seed(7);
    status(&script.client(policy)).await.unwrap_err();
    let pauses = script.pauses();
    assert_eq!(pauses.len(), 8);
    let longest = [500, 1000, 2000, 4000, 8000, 16000, 20000, 20000];
    for (pause, longest) in pauses.iter().zip(longest) {
        assert!((longest / 2..=longest + 1).contains(pause), "{pauses:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_gives_the_same_pauses() {
    let mut runs = Vec::new();
    for seed in [7, 7, 8] {
        let script = Script::new(|_| Outcome::NoConnection);
        create(&script.client(RetryPolicy::default().seed(seed)))
            .await
            .unwrap_err();
        runs.push(script.pauses());
    }
    assert_eq!(runs[0].len(), 5);
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}

#[tokio::test(start_paused = true)]
async fn a_release_is_repeated_if_the_connection_failed() {
    let script = Script::new(|attempt| {
        if attempt < 3 {
            Outcome::NoConnection
        } else {
            Outcome::Done
        }
    });
    create(&script.client(RetryPolicy::default()))
        .await
        .unwrap();
    assert_eq!(script.pauses().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn the_server_can_ask_for_a_pause_in_seconds_or_until_a_date() {
    let script = Script::new(|attempt| match attempt {
        0 => busy(&[("retry-after", "7")]),
        1 => busy(&[
            ("retry-after", "Tue, 24 Nov 2026 10:00:09 GMT"),
            ("date", "Tue, 24 Nov 2026 10:00:00 GMT"),
        ]),
        // In the past.
        2 => busy(&[
            ("retry-after", "Tue, 24 Nov 2026 09:00:00 GMT"),
            ("date", "Tue, 24 Nov 2026 10:00:00 GMT"),
        ]),
        3 => busy(&[("retry-after", "0")]),
        _ => Outcome::Done,
    });
    status(&script.client(RetryPolicy::default()))
        .await
        .unwrap();
    // What the server asks for and a random part more, but never less than the pause without that.
    let pauses = script.pauses();
    let ranges = [7000..=7251, 9000..=9501, 1000..=2001, 2000..=4001];
    assert_eq!(pauses.len(), ranges.len());
    for (pause, range) in pauses.iter().zip(ranges) {
        assert!(range.contains(pause), "{pauses:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn clients_that_were_refused_together_do_not_come_back_together() {
    let mut returns = std::collections::BTreeSet::new();
    for seed in 0..20 {
        let script = Script::new(|attempt| match attempt {
            0 => busy(&[("retry-after", "7")]),
            _ => Outcome::Done,
        });
        let client = script.client(RetryPolicy::default().seed(seed));
        status(&client).await.unwrap();
        returns.insert(script.pauses()[0]);
    }
    assert!(returns.len() > 15, "{returns:?}");
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_the_server_asks_for_has_a_maximum() {
    let script = Script::new(|attempt| match attempt {
        0 => busy(&[("retry-after", "86400")]),
        1 => busy(&[("retry-after", "99999999999999999999999999")]),
        2 => busy(&[("retry-after", "Tue, 24 Nov 2099 10:00:00 GMT")]),
        _ => Outcome::Done,
    });
    let policy = RetryPolicy::default()
        .max_retry_after(Duration::from_secs(20))
        .no_deadline();
    status(&script.client(policy)).await.unwrap();
    let pauses = script.pauses();
    assert_eq!(pauses.len(), 3);
    let is_near = |pause: &u128| (20_000..=21_001).contains(pause);
    assert!(pauses.iter().all(is_near), "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_the_deadline_cannot_hold_fails_at_once() {
    for asked in [
        "3600",
        "99999999999999999999999999",
        "Tue, 24 Nov 2099 10:00:00 GMT",
    ] {
        let server = Script {
            outcome: match asked {
                "3600" => |_| busy(&[("retry-after", "3600")]),
                "Tue, 24 Nov 2099 10:00:00 GMT" => {
                    |_| busy(&[("retry-after", "Tue, 24 Nov 2099 10:00:00 GMT")])
                }
                _ => |_| busy(&[("retry-after", "99999999999999999999999999")]),
            },
            calls: Arc::default(),
        };
        let begun = Instant::now();
        let error = status(&server.client(RetryPolicy::default())).await;
        assert_eq!(error.unwrap_err().kind(), ErrorKind::Busy);
        assert_eq!((server.pauses().len(), begun.elapsed().as_secs()), (0, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn an_invalid_retry_after_is_ignored() {
    let script = Script::new(|attempt| match attempt {
        0 => busy(&[("retry-after", "soon")]),
        1 => busy(&[("retry-after", "-1")]),
        2 => busy(&[("retry-after", "")]),
        _ => Outcome::Done,
    });
    status(&script.client(RetryPolicy::default()))
        .await
        .unwrap();
    let pauses = script.pauses();
    assert!((250..=501).contains(&pauses[0]), "{pauses:?}");
    assert!((500..=1001).contains(&pauses[1]), "{pauses:?}");
    assert!((1000..=2001).contains(&pauses[2]), "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_would_pass_the_deadline_is_not_started() {
    let script = Script::new(|_| busy(&[("retry-after", "40")]));
    let policy = RetryPolicy::default().deadline(Duration::from_secs(100));
    let begun = Instant::now();
    let error = status(&script.client(policy)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy);
    let pauses = script.pauses();
    assert_eq!(pauses.len(), 2);
    let is_near = |pause: &u128| (40_000..=40_501).contains(pause);
    assert!(pauses.iter().all(is_near), "{pauses:?}");
    assert!((80..=81).contains(&begun.elapsed().as_secs()));
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_an_attempt_ends_at_the_deadline() {
    let script = Script::new(|_| Outcome::NoResponse);
    let policy = RetryPolicy::default()
        .deadline(Duration::from_secs(100))
        .initial_pause(Duration::from_millis(2));
    let begun = Instant::now();
    let error = status(&script.client(policy)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(script.timeouts(), [60, 39]);
    assert!(
        begun.elapsed() <= Duration::from_secs(100),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn no_attempt_of_an_order_begins_with_less_than_its_own_timeout_left() {
    // One attempt may take 60 of 100 seconds. After 45 seconds, there is not enough time for another one.
    let script = Script::new(|attempt| match attempt {
        0 => busy(&[("retry-after", "30")]),
        _ => busy(&[("retry-after", "15")]),
    });
    let policy = RetryPolicy::default().deadline(Duration::from_secs(100));
    let error = create(&script.client(policy.clone())).await.unwrap_err();
    assert!(error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!(script.timeouts(), [60, 60]);

    // A question may be asked as long as there is time.
    let script = Script::new(|attempt| match attempt {
        0 => busy(&[("retry-after", "30")]),
        1 => busy(&[("retry-after", "15")]),
        _ => Outcome::Done,
    });
    status(&script.client(policy)).await.unwrap();
    assert_eq!(script.timeouts()[..2], [60, 60]);
    assert!(script.timeouts()[2] < 60);

    // A deadline that is shorter than the timeout is the timeout.
    let script = Script::new(|_| Outcome::NoConnection);
    let policy = RetryPolicy::default().deadline(Duration::from_secs(10));
    create(&script.client(policy)).await.unwrap_err();
    assert_eq!(script.timeouts(), [10]);
}

/// A transport that does nothing, for ever.
#[derive(Debug)]
struct Hanging;

impl Transport for Hanging {
    fn send(&self, _: Call) -> Exchange<'_> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn an_attempt_ends_at_its_timeout_whatever_the_transport_does() {
    let credentials = Credentials::api_token("me@example.com", "a1b2c3d4");
    let client = Client::builder(ACCOUNT, credentials)
        .request_timeout(Duration::from_secs(20))
        .retry(RetryPolicy::default().deadline(Duration::from_secs(50)))
        .build_over(Hanging)
        .unwrap();
    let begun = Instant::now();
    let error = create(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_outcome_unknown());
    assert_eq!(begun.elapsed().as_secs(), 20);

    let begun = Instant::now();
    let error = status(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let elapsed = begun.elapsed().as_millis();
    assert!((49_000..=50_100).contains(&elapsed), "{elapsed}");
}

#[tokio::test(start_paused = true)]
async fn the_policy_never_does_not_repeat() {
    let script = Script::new(|_| Outcome::NoConnection);
    let error = status(&script.client(RetryPolicy::never()))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetReleaseIntegrationPackStatus: could not connect: the cable is cut"
    );
    assert_eq!(script.pauses().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_is_not_repeated() {
    let script = Script::new(|_| busy(&[]));
    let client = script.client(RetryPolicy::default());
    assert!(
        tokio::time::timeout(Duration::from_millis(100), status(&client))
            .await
            .is_err()
    );
    sleep(Duration::from_secs(60)).await;
    assert_eq!(script.pauses().len(), 0);
}
