//! The rate limit of a client, with a paused clock and a transport that only records.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use releasepack_client::runtime::{
    Call, Effect, Exchange, HeaderMap, Reply, StatusCode, Transport,
};
use releasepack_client::{Client, ClientBuilder, Credentials, ErrorKind, RateLimit, RetryPolicy};
use tokio::time::{Instant, sleep, timeout};

use crate::{ACCOUNT, create, status};

/// Records the time, the last segment of the path, and the timeout of each call.
#[derive(Clone, Debug)]
struct Record {
    calls: Arc<Mutex<Vec<(Instant, String, Duration)>>>,
    /// The status of each response.
    status: StatusCode,
    /// How long each response takes.
    takes: Duration,
}

impl Record {
    fn new(status: StatusCode) -> Self {
        Self {
            calls: Arc::default(),
            status,
            takes: Duration::ZERO,
        }
    }

    fn settings() -> ClientBuilder {
        Client::builder(ACCOUNT, Credentials::password("me", "a1b2c3d4"))
    }

    fn client(&self) -> Client {
        Self::settings().build_over(self.clone()).unwrap()
    }

    /// When the calls began, in milliseconds since the first one.
    fn times(&self) -> Vec<u128> {
        let calls = self.calls.lock().unwrap();
        calls
            .iter()
            .map(|(at, ..)| (*at - calls[0].0).as_millis())
            .collect()
    }

    fn timeouts(&self) -> Vec<u64> {
        let calls = self.calls.lock().unwrap();
        calls.iter().map(|call| call.2.as_secs()).collect()
    }
}

impl Transport for Record {
    fn send(&self, call: Call) -> Exchange<'_> {
        let last = call.url.path().rsplit('/').next().unwrap().to_owned();
        let timeout = call.timeout.expect("each call has a timeout");
        let mut calls = self.calls.lock().unwrap();
        calls.push((Instant::now(), last, timeout));
        Box::pin(async move {
            sleep(self.takes).await;
            let body = r#"{"message":"Retry later.","requestId":"r-1","responseStatusCode":200}"#;
            Ok(Reply::new(self.status, HeaderMap::new(), body))
        })
    }
}

/// Fails if more than five calls began in a second.
fn assert_within_the_limit(times: &[u128]) {
    for window in times.windows(6) {
        assert!(window[5] - window[0] >= 1000, "{times:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn all_clones_of_a_client_keep_to_the_rate_limit_in_the_order_of_their_calls() {
    let record = Record::new(StatusCode::OK);
    let client = record.client();
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..60 {
        let client = client.clone();
        calls.spawn(async move { client.status(&format!("r-{number}")).await.map(drop) });
    }
    assert!(calls.join_all().await.iter().all(Result::is_ok));
    let times = record.times();
    assert_within_the_limit(&times);
    assert_eq!(
        (times.len(), times[4]),
        (60, 0),
        "the first five need not wait"
    );
    assert!(times[59] < 13_000, "{times:?}");
    let calls = record.calls.lock().unwrap();
    let order: Vec<_> = calls.iter().map(|call| call.1.clone()).collect();
    let expected: Vec<_> = (0..60).map(|number| format!("r-{number}")).collect();
    assert_eq!(order, expected);
}

#[tokio::test(start_paused = true)]
async fn repeats_count_for_the_rate_limit() {
    let record = Record::new(StatusCode::SERVICE_UNAVAILABLE);
    let retry = RetryPolicy::default()
        .max_repeats(20)
        .initial_pause(Duration::from_millis(1))
        .max_pause(Duration::from_millis(1));
    let client = Record::settings().retry(retry);
    let client = client.build_over(record.clone()).unwrap();
    create(&client).await.unwrap_err();
    assert_eq!(record.times().len(), 21);
    assert_within_the_limit(&record.times());
}

#[tokio::test(start_paused = true)]
async fn waiting_for_the_rate_limit_is_not_a_part_of_an_attempt() {
    let record = Record {
        takes: Duration::from_secs(19),
        ..Record::new(StatusCode::OK)
    };
    let client = Record::settings()
        .request_timeout(Duration::from_secs(20))
        .rate_limit(RateLimit::new(1, Duration::from_secs(30)))
        .build_over(record.clone())
        .unwrap();
    let (first, second, third) = tokio::join!(create(&client), create(&client), status(&client));
    assert!(first.is_ok() && second.is_ok() && third.is_ok());
    assert_eq!(record.times(), [0, 30_000, 60_000]);
    assert_eq!(record.timeouts(), [20, 20, 20]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_the_rate_limit_holds_up_until_it_is_too_late_was_never_sent() {
    let record = Record::new(StatusCode::OK);
    let client = Record::settings()
        .request_timeout(Duration::from_secs(20))
        .retry(RetryPolicy::default().deadline(Duration::from_secs(60)))
        .rate_limit(RateLimit::new(1, Duration::from_secs(50)))
        .build_over(record.clone())
        .unwrap();
    status(&client).await.unwrap();
    let (order, question) = tokio::join!(create(&client), status(&client));
    // After 50 of 60 seconds, an order could still be sent, but the deadline might end it.
    let error = order.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotBegun);
    assert_eq!(error.effect(), Effect::Nothing);
    assert!(error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!(
        error.to_string(),
        "CreateReleaseIntegrationPack: the call did not begin in time: the rate limit of the client allows it only when it is too \
         late"
    );
    question.unwrap();
    assert_eq!(record.times(), [0, 50_000]);
    assert_eq!(record.timeouts()[1], 10);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_waits_takes_no_place_in_the_rate_limit() {
    let record = Record::new(StatusCode::OK);
    let client = Record::settings()
        .rate_limit(RateLimit::new(1, Duration::from_secs(10)))
        .build_over(record.clone())
        .unwrap();
    status(&client).await.unwrap();
    for _ in 0..5 {
        let dropped = timeout(Duration::from_millis(100), status(&client));
        assert!(dropped.await.is_err());
    }
    status(&client).await.unwrap();
    assert_eq!(record.times(), [0, 10_000]);
}

#[tokio::test(start_paused = true)]
async fn without_a_rate_limit_no_call_waits() {
    let record = Record::new(StatusCode::OK);
    let client = Record::settings().rate_limit(RateLimit::none());
    let client = client.build_over(record.clone()).unwrap();
    for _ in 0..100 {
        status(&client).await.unwrap();
    }
    assert_eq!(record.times(), [0; 100]);
}
