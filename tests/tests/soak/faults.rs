//! A thousand releases to a sandbox with random faults, with a fixed seed and a clock that does not wait.

use std::collections::BTreeMap;
use std::time::Duration;

use releasepack_client::release::WaitPolicy;
use releasepack_client::sandbox::{Fault, Sandbox, Target};
use releasepack_client::{Client, RateLimit, RetryPolicy};
use reqwest::StatusCode;
use reqwest::header::{HeaderValue, RETRY_AFTER};

use crate::report::{Counts, Reported, check, release};

const WORKERS: usize = 8;
const EACH: usize = 125;

#[tokio::test(start_paused = true)]
async fn a_thousand_releases_under_faults_are_made_once_or_reported() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .seed(11)
        .polls(2)
        .start()
        .await
        .unwrap();
    let client = sandbox
        .client_builder()
        .request_timeout(Duration::from_secs(30))
        .body_limit(256 << 10)
        .retry(RetryPolicy::default().seed(11))
        .rate_limit(RateLimit::none())
        .build()
        .unwrap();
    let mut random = fastrand::Rng::with_seed(11);

    // The first round also fills pools and caches, so that the following rounds show whether memory grows.
    let mut reported = run_round(&sandbox, &client, &mut random, 0).await;
    let early = memory();
    for number in 1..EACH {
        reported.extend(run_round(&sandbox, &client, &mut random, number).await);
        sandbox.take_requests();
    }
    let grown = memory().saturating_sub(early);

    let counts = check(&sandbox, &reported);
    assert_eq!(reported.len(), WORKERS * EACH);
    // All three outcomes happened often enough for the test to be meaningful.
    let Counts {
        made,
        not_made,
        unknown,
        ..
    } = counts;
    assert!(made > 300 && not_made > 80 && unknown > 80, "{counts:?}");
    assert!(grown < 32 << 20, "memory grew by {grown} bytes");
    let busy = busy();
    assert!(busy < Duration::from_secs(60), "{busy:?}");
}

/// Makes one release for each worker, all at the same time.
async fn run_round(
    sandbox: &Sandbox,
    client: &Client,
    random: &mut fastrand::Rng,
    number: usize,
) -> BTreeMap<String, Reported> {
    for _ in 0..WORKERS {
        if random.u8(..10) < 6 {
            sandbox.inject(Target::Create, random_fault(random));
        }
        if random.u8(..10) < 6 {
            sandbox.inject(Target::Status, random_fault(random));
        }
        if random.u8(..20) == 0 {
            sandbox.reset_connections(1);
        }
    }
    let mut workers = tokio::task::JoinSet::new();
    for worker in 0..WORKERS {
        let client = client.clone();
        workers.spawn(async move {
            let pack = format!("pack-{worker}-{number}");
            let reported = release(&client, &pack, &WaitPolicy::default()).await;
            (pack, reported)
        });
    }
    let reported = workers.join_all().await.into_iter().collect();
    sandbox.clear_faults();
    reported
}

/// A random fault.
fn random_fault(random: &mut fastrand::Rng) -> Fault {
    let pick = random.u8(..21);
    let fault = match pick {
        0 => Fault::reset_before_request(),
        1 | 2 => Fault::reset_after_request(),
        3 => Fault::truncate(random.usize(..200)),
        4 => Fault::delay(Duration::from_secs(random.u64(1..60))),
        5 => Fault::drip(
            random.usize(1..100),
            Duration::from_millis(random.u64(1..4000)),
        ),
        6 => Fault::endless(),
        7 => Fault::content_type("text/plain"),
        8 => Fault::answer(StatusCode::OK, "text/html", "<h1>Welcome</h1>"),
        9 => Fault::redirect(
            StatusCode::PERMANENT_REDIRECT,
            "http://127.0.0.1:9/elsewhere",
        ),
        10 => Fault::busy()
            .header(RETRY_AFTER, HeaderValue::from_static("7"))
            .times(random.u32(1..8)),
        11 => Fault::status(StatusCode::TOO_MANY_REQUESTS).times(random.u32(1..4)),
        12 => Fault::status(StatusCode::BAD_GATEWAY).times(random.u32(1..3)),
        13 => Fault::status(StatusCode::GATEWAY_TIMEOUT),
        14 => Fault::status(StatusCode::INTERNAL_SERVER_ERROR),
        15 => Fault::status(StatusCode::FORBIDDEN),
        16 => Fault::status(StatusCode::BAD_REQUEST),
        17 => Fault::gateway_busy(),
        18 => Fault::status(StatusCode::SEE_OTHER),
        19 => Fault::status(StatusCode::from_u16(600).expect("in range")),
        _ => Fault::status(StatusCode::from_u16(random.u16(400..600)).expect("in range")),
    };
    // Only these faults may be applied: the platform does not carry out a request that it refuses with 429, its own 503,
    // another 4xx, or a redirect to another place.
    let may_be_applied = matches!(pick, 1 | 2 | 6 | 8 | 12 | 13 | 14 | 17 | 18 | 19);
    if may_be_applied && random.bool() {
        fault.applied()
    } else {
        fault
    }
}

/// The memory of the process in bytes; zero where the system does not report it.
fn memory() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let resident = pages
        .as_deref()
        .and_then(|text| text.split(' ').nth(1)?.parse::<usize>().ok());
    resident.unwrap_or(0) * 4096
}

/// The CPU time of this thread, which does all the work; zero where the system does not report it. The load of the machine
/// does not count.
fn busy() -> Duration {
    let reported = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = reported
        .as_deref()
        .and_then(|text| text.split(' ').next()?.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}
