//! A thousand releases with a network and a platform that fail at random, with a fixed seed.

use std::collections::BTreeMap;
use std::time::Duration;

use releasepack_client::release::{Outcome, Release, ReleaseError, WaitPolicy};
use releasepack_client::sandbox::{Fault, Sandbox, Target};
use releasepack_client::{Client, RetryPolicy};
use reqwest::StatusCode;
use reqwest::header::{HeaderValue, RETRY_AFTER};

const WORKERS: usize = 8;
const EACH: usize = 125;

/// The outcome of a release, as the client reports it.
#[derive(Debug)]
enum Told {
    Made(String),
    NotMade,
    Unknown,
}

#[tokio::test(start_paused = true)]
async fn a_thousand_releases_under_faults_are_made_once_or_reported() {
    let sandbox = Sandbox::builder().seed(11).polls(2).start().await.unwrap();
    let client = sandbox
        .client_builder()
        .request_timeout(Duration::from_secs(30))
        .body_limit(256 << 10)
        .retry(RetryPolicy::default().seed(11))
        .build()
        .unwrap();
    let mut chance = fastrand::Rng::with_seed(11);

    // The first round also fills pools and caches. Later rounds show whether memory grows.
    let mut told = round(&sandbox, &client, &mut chance, 0).await;
    let early = memory();
    for number in 1..EACH {
        told.extend(round(&sandbox, &client, &mut chance, number).await);
        sandbox.take_requests();
    }
    let grown = memory().saturating_sub(early);

    let mut made = BTreeMap::<_, Vec<_>>::new();
    for release in sandbox.releases() {
        made.entry(release.pack_id)
            .or_default()
            .push(release.request_id);
    }
    let mut counts = [0; 3];
    for (pack, told) in &told {
        let made = made.get(pack).map_or(&[][..], Vec::as_slice);
        assert!(
            made.len() <= 1,
            "{pack} was released {} times, and told: {told:?}",
            made.len()
        );
        match told {
            Told::Made(id) => assert!(made.len() == 1 && made[0] == *id, "{pack}: {made:?}"),
            Told::NotMade => assert!(made.is_empty(), "{pack} was made after all: {made:?}"),
            Told::Unknown => {}
        }
        counts[match told {
            Told::Made(_) => 0,
            Told::NotMade => 1,
            Told::Unknown => 2,
        }] += 1;
    }
    assert_eq!(told.len(), WORKERS * EACH);
    assert!(made.keys().all(|pack| told.contains_key(pack)));
    // All three must occur often enough to be meaningful.
    assert!(
        counts[0] > 300 && counts[1] > 80 && counts[2] > 80,
        "{counts:?}"
    );
    assert!(grown < 32 << 20, "memory grew by {grown} bytes");
    let busy = busy();
    assert!(busy < Duration::from_secs(60), "{busy:?}");
}

/// One release for each worker, all at the same time.
async fn round(
    sandbox: &Sandbox,
    client: &Client,
    chance: &mut fastrand::Rng,
    number: usize,
) -> BTreeMap<String, Told> {
    for _ in 0..WORKERS {
        if chance.u8(..10) < 6 {
            sandbox.inject(Target::Create, random(chance));
        }
        if chance.u8(..10) < 6 {
            sandbox.inject(Target::Status, random(chance));
        }
        if chance.u8(..20) == 0 {
            sandbox.reset_connections(1);
        }
    }
    let mut workers = tokio::task::JoinSet::new();
    for worker in 0..WORKERS {
        let client = client.clone();
        workers.spawn(async move {
            let pack = format!("pack-{worker}-{number}");
            let told = release(&client, &pack).await;
            (pack, told)
        });
    }
    let told = workers.join_all().await.into_iter().collect();
    sandbox.clear_faults();
    told
}

async fn release(client: &Client, pack: &str) -> Told {
    let release = Release::now(pack).component("b420a8ab", "2.0");
    let accepted = match client.release(&release).await {
        Ok(accepted) => accepted,
        Err(ReleaseError::Refused(_)) => return Told::NotMade,
        Err(error) if error.may_have_been_made() => return Told::Unknown,
        Err(error) => panic!("{pack}: {error}"),
    };
    let id = accepted.request_id();
    // Starts a failed wait again, as a person would. A release that was made must be seen as released.
    for _ in 0..100 {
        match client.wait(id, WaitPolicy::default(), |_| {}).await {
            Ok(Outcome::Released(_)) => return Told::Made(id.to_owned()),
            Ok(other) => panic!("{pack}: {other:?}"),
            Err(_) => {}
        }
    }
    panic!("{pack}: the release is never out")
}

/// A random fault.
fn random(chance: &mut fastrand::Rng) -> Fault {
    let pick = chance.u8(..18);
    let fault = match pick {
        0 => Fault::reset_before_request(),
        1 | 2 => Fault::reset_after_request(),
        3 => Fault::truncate(chance.usize(..200)),
        4 => Fault::delay(Duration::from_secs(chance.u64(1..60))),
        5 => Fault::drip(
            chance.usize(1..100),
            Duration::from_millis(chance.u64(1..4000)),
        ),
        6 => Fault::endless(),
        7 => Fault::content_type("text/plain"),
        8 => Fault::answer(StatusCode::OK, "text/html", "<h1>Welcome</h1>"),
        9 => Fault::redirect(
            StatusCode::PERMANENT_REDIRECT,
            "http://127.0.0.1:9/elsewhere",
        ),
        10 => Fault::answer(
            StatusCode::SERVICE_UNAVAILABLE,
            "text/html",
            "<h1>Busy</h1>",
        )
        .header(RETRY_AFTER, HeaderValue::from_static("7"))
        .times(chance.u32(1..8)),
        11 => Fault::status(StatusCode::TOO_MANY_REQUESTS).times(chance.u32(1..4)),
        12 => Fault::status(StatusCode::BAD_GATEWAY).times(chance.u32(1..3)),
        13 => Fault::status(StatusCode::GATEWAY_TIMEOUT),
        14 => Fault::status(StatusCode::INTERNAL_SERVER_ERROR),
        15 => Fault::status(StatusCode::FORBIDDEN),
        16 => Fault::status(StatusCode::BAD_REQUEST),
        _ => Fault::status(StatusCode::from_u16(chance.u16(400..600)).expect("in range")),
    };
    // A refusal has no effect: the platform does not execute a request if it responds with 429, 503, a 4xx or a redirect.
    let may_be_applied = matches!(pick, 1 | 2 | 6 | 8 | 12 | 13 | 14);
    if may_be_applied && chance.bool() {
        fault.applied()
    } else {
        fault
    }
}

/// The memory of the process in bytes; zero if the system does not report it.
fn memory() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let resident = pages
        .as_deref()
        .and_then(|text| text.split(' ').nth(1)?.parse::<usize>().ok());
    resident.unwrap_or(0) * 4096
}

/// The processor time of this thread, which does all the work; zero if the system does not report it. Other processes do not
/// count.
fn busy() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told
        .as_deref()
        .and_then(|text| text.split(' ').next()?.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}
