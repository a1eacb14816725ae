//! Many releases and many waits at once.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use releasepack_client::release::{Outcome, Release, WaitPolicy};
use releasepack_client::runtime::{Call, Exchange, HeaderMap, Reply, StatusCode, Transport};
use releasepack_client::sandbox::Sandbox;
use releasepack_client::{Client, Credentials, RateLimit};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Makes this many releases at once, to a platform that allows five calls a second. The clock is the real one: the paused one jumps
/// while requests are on their way.
async fn release_at_once(count: usize) {
    let sandbox = Sandbox::builder().rate_limit(5).start().await.unwrap();
    let client = sandbox.client().unwrap();
    let mut releases = JoinSet::new();
    for number in 0..count {
        let client = client.clone();
        releases.spawn(async move {
            let release = Release::now(format!("pack-{number}"));
            client.release(&release).await.map(drop)
        });
    }
    let failed: Vec<_> = releases.join_all().await;
    let failed: Vec<_> = failed.into_iter().filter_map(Result::err).collect();
    assert!(failed.is_empty(), "{count}: {failed:?}");
    assert_eq!(sandbox.releases().len(), count);
    assert_eq!(
        sandbox.requests().len(),
        count,
        "no call was repeated, so none was told that the platform is busy"
    );
}

#[tokio::test]
async fn releases_at_once_keep_to_the_rate_limit_of_the_platform() {
    tokio::join!(
        release_at_once(10),
        release_at_once(20),
        release_at_once(40)
    );
}

/// A platform that says twice that a release runs, and then that it is done. Records the time of each question.
#[derive(Clone, Debug, Default)]
struct Platform(Arc<Mutex<Vec<(Instant, String)>>>);

impl Transport for Platform {
    fn send(&self, call: Call) -> Exchange<'_> {
        let id = call.url.path().rsplit('/').next().unwrap().to_owned();
        let mut asked = self.0.lock().unwrap();
        let before = asked.iter().filter(|(_, other)| *other == id).count();
        asked.push((Instant::now(), id));
        let status = if before < 2 { "IN_PROGRESS" } else { "SUCCESS" };
        let body = format!(r#"{{"releaseStatus":"{status}"}}"#);
        Box::pin(async move { Ok(Reply::new(StatusCode::OK, HeaderMap::new(), body)) })
    }
}

impl Platform {
    fn client(&self, limit: RateLimit) -> Client {
        Client::builder("account", Credentials::password("me", "secret"))
            .rate_limit(limit)
            .build_over(self.clone())
            .unwrap()
    }

    /// When the question with this number was asked of each release, in milliseconds after the first question of all.
    fn times(&self, number: usize) -> Vec<u128> {
        let asked = self.0.lock().unwrap();
        let first = asked[0].0;
        let mut times = Vec::new();
        for (index, (at, id)) in asked.iter().enumerate() {
            let before = asked[..index].iter().filter(|(_, other)| other == id);
            if before.count() == number {
                times.push((*at - first).as_millis());
            }
        }
        times.sort_unstable();
        times
    }
}

/// The largest number of questions in half a second.
fn most_in_half_a_second(times: &[u128]) -> usize {
    let within = |from: u128| {
        let times = times.iter();
        times.filter(|at| (from..from + 500).contains(*at)).count()
    };
    times.iter().map(|from| within(*from)).max().unwrap_or(0)
}

async fn wait_for_all(clients: Vec<Client>) {
    let mut waits = JoinSet::new();
    for (number, client) in (0..).zip(clients) {
        let policy = WaitPolicy::default().seed(number);
        waits.spawn(async move { client.wait(&format!("r-{number}"), policy, |_| {}).await });
    }
    for outcome in waits.join_all().await {
        assert!(matches!(outcome, Ok(Outcome::Released(_))), "{outcome:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn waits_that_begin_together_do_not_ask_together() {
    // With a client each, so that no rate limit parts them: the first questions are asked at once.
    let platform = Platform::default();
    let clients = (0..60).map(|_| platform.client(RateLimit::none()));
    wait_for_all(clients.collect()).await;
    assert_eq!(platform.times(0), [0; 60]);
    for number in [1, 2] {
        let times = platform.times(number);
        assert_eq!(times.len(), 60);
        assert!(most_in_half_a_second(&times) <= 40, "{number}: {times:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn sixty_waits_of_one_client_keep_to_its_rate_limit_from_the_first_question() {
    let platform = Platform::default();
    let client = platform.client(RateLimit::default());
    wait_for_all(vec![client; 60]).await;
    let asked = platform.0.lock().unwrap().clone();
    assert_eq!(asked.len(), 180);
    for window in asked.windows(6) {
        assert!(window[5].0 - window[0].0 >= Duration::from_secs(1));
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_gives_the_same_pauses_of_a_wait() {
    let mut runs = Vec::new();
    for seed in [7, 7, 8] {
        let platform = Platform::default();
        let client = platform.client(RateLimit::none());
        let policy = WaitPolicy::default().seed(seed);
        client.wait("r-1", policy, |_| {}).await.unwrap();
        runs.push([platform.times(1), platform.times(2)]);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}
