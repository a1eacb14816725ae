//! Thousands of releases through a proxy that spoils half of all responses, in real time.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use releasepack_client::release::WaitPolicy;
use releasepack_client::sandbox::Sandbox;
use releasepack_client::{RateLimit, RetryPolicy};

use crate::proxy::Proxy;
use crate::report::{check, release_in_time};

const WORKERS: usize = 32;

/// The number of releases. `RELEASEPACK_SOAK` sets another one.
fn releases() -> usize {
    let set = std::env::var("RELEASEPACK_SOAK").ok();
    set.and_then(|number| number.parse().ok()).unwrap_or(3000)
}

#[tokio::test]
async fn no_release_is_made_twice_and_none_that_was_made_is_told_as_refused() {
    let begun = Instant::now();
    let releases = releases();
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .seed(13)
        .polls(1)
        .start()
        .await
        .unwrap();
    let platform = sandbox.url().socket_addrs(|| None).unwrap()[0];
    let proxy = Proxy::start(platform, 13);
    let retry = RetryPolicy::default()
        .initial_pause(Duration::from_millis(2))
        .max_pause(Duration::from_millis(20))
        .seed(13);
    let client = sandbox
        .client_builder()
        .base_url(proxy.url())
        .request_timeout(Duration::from_secs(1))
        .retry(retry)
        .rate_limit(RateLimit::none())
        .build()
        .unwrap();
    let policy = WaitPolicy::default()
        .first_pause(Duration::from_millis(1))
        .longest_pause(Duration::from_millis(10))
        .deadline(Duration::from_secs(20));

    let mut workers = tokio::task::JoinSet::new();
    for worker in 0..WORKERS {
        let (client, policy) = (client.clone(), policy.clone());
        workers.spawn(async move {
            let mut reported = Vec::new();
            for number in (worker..releases).step_by(WORKERS) {
                let pack = format!("pack-{number}");
                let told = release_in_time(&client, &pack, &policy).await;
                reported.push((pack, told));
            }
            reported
        });
    }
    let reported = workers.join_all().await.into_iter().flatten();
    let reported: BTreeMap<_, _> = reported.collect();
    // Requests that the client gave up may still be on their way. Without the client, the connections end.
    drop(client);
    while proxy.is_busy() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let counts = check(&sandbox, &reported);
    println!("{counts:?} in {:?}", begun.elapsed());
    assert_eq!(reported.len(), releases);
    // All outcomes happened often enough for the test to be meaningful.
    let is_meaningful = counts.made > releases / 2
        && counts.not_made > releases / 100
        && counts.unknown > releases / 20
        && counts.unknown_and_made > releases / 50;
    assert!(is_meaningful, "{counts:?}");
}
