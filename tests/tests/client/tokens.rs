//! Tokens that a provider gives.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use releasepack_client::runtime::{
    Call, Effect, Exchange, HeaderMap, Reply, StatusCode, Transport,
};
use releasepack_client::{Client, Credentials, ErrorKind, RateLimit, RetryPolicy};
use tokio::time::sleep;

use crate::server::{Server, response};
use crate::{ACCOUNT, create, short_pauses, status};

const CANARY: &str = "canary-eyJhbGciOi";

/// A platform that accepts only tokens whose number is in a range, and repeats every token in its response.
#[derive(Clone, Debug)]
struct Platform {
    /// The number of the first token that it accepts.
    first: Arc<AtomicUsize>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Platform {
    fn accepting_from(first: usize) -> Self {
        Self {
            first: Arc::new(first.into()),
            seen: Arc::default(),
        }
    }

    fn client(&self, credentials: Credentials) -> Client {
        Client::builder(ACCOUNT, credentials)
            .retry(RetryPolicy::never())
            .rate_limit(RateLimit::none())
            .build_over(self.clone())
            .unwrap()
    }

    /// The numbers of the tokens of all calls.
    fn seen(&self) -> Vec<usize> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|token| number(token)).collect()
    }
}

fn number(token: &str) -> usize {
    token.rsplit('-').next().unwrap().parse().unwrap()
}

impl Transport for Platform {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(async move {
            let header = call.headers["authorization"].to_str().unwrap();
            let token = header.strip_prefix("Bearer ").unwrap().to_owned();
            sleep(Duration::from_millis(10)).await;
            let is_valid = number(&token) >= self.first.load(Ordering::SeqCst);
            let body = format!(r#"{{"message":"you sent {token}","responseStatusCode":200}}"#);
            self.seen.lock().unwrap().push(token);
            let status = if is_valid {
                StatusCode::OK
            } else {
                StatusCode::UNAUTHORIZED
            };
            Ok(Reply::new(status, HeaderMap::new(), body))
        })
    }
}

/// A provider that counts its tokens, each of which takes a second.
fn counted() -> (Credentials, Arc<AtomicUsize>) {
    let asked = Arc::<AtomicUsize>::default();
    let count = Arc::clone(&asked);
    let credentials = Credentials::provider(move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move {
            sleep(Duration::from_secs(1)).await;
            Ok::<_, std::io::Error>(format!("{CANARY}-{number}"))
        }
    });
    (credentials, asked)
}

#[tokio::test(start_paused = true)]
async fn calls_share_a_token_until_it_is_old() {
    let platform = Platform::accepting_from(0);
    let (credentials, asked) = counted();
    let client = platform.client(credentials);
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    let calls: Vec<_> = (0..40)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { status(&client).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    sleep(Duration::from_secs(260)).await;
    create(&client).await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    sleep(Duration::from_secs(20)).await;
    create(&client).await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert_eq!(platform.seen()[40..], [0, 1]);
}

#[tokio::test(start_paused = true)]
async fn after_a_401_a_call_is_made_again_once_with_one_new_token_for_all() {
    let platform = Platform::accepting_from(0);
    let (credentials, asked) = counted();
    let client = platform.client(credentials);
    status(&client).await.unwrap();
    platform.first.store(1, Ordering::SeqCst);
    let calls: Vec<_> = (0..40)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move {
                if number % 2 == 0 {
                    create(&client).await.map(drop)
                } else {
                    status(&client).await.map(drop)
                }
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert_eq!(platform.seen().len(), 1 + 40 + 40);

    // A second 401 is the error of the call.
    platform.first.store(usize::MAX, Ordering::SeqCst);
    let error = create(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    assert_eq!(platform.seen()[81..], [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn no_token_that_was_ever_given_is_shown() {
    let platform = Platform::accepting_from(usize::MAX);
    let (credentials, _) = counted();
    let client = platform.client(credentials.clone());
    let mut shown = vec![format!("{credentials:?}{client:?}{:?}", client.service())];
    for _ in 0..3 {
        let error = create(&client).await.unwrap_err();
        assert_eq!(error.message(), Some("you sent [redacted]"));
        shown.push(format!("{error}{error:?}{error:#?}"));
    }
    // A server may repeat an old one.
    let redaction = client.service().redaction();
    for number in 0..4 {
        let echo = format!("{CANARY}-{number} canary%2DeyJhbGciOi-{number}");
        shown.push(redaction.text(&echo).into_owned());
    }
    let shown = shown.concat();
    assert!(!shown.contains("canary"), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_fails_is_a_final_error_of_a_call_that_was_not_sent() {
    let platform = Platform::accepting_from(0);
    let asked = Arc::<AtomicUsize>::default();
    let count = Arc::clone(&asked);
    let client = platform.client(Credentials::provider(move || {
        count.fetch_add(1, Ordering::SeqCst);
        async {
            sleep(Duration::from_secs(1)).await;
            Err::<String, _>("the vault is sealed")
        }
    }));
    let (one, other) = tokio::join!(create(&client), create(&client));
    for error in [one.unwrap_err(), other.unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert_eq!(error.effect(), Effect::Nothing);
        assert!(!error.is_retryable());
        assert_eq!(
            error.to_string(),
            "CreateReleaseIntegrationPack: could not get a token: the vault is sealed"
        );
    }
    assert_eq!(
        asked.load(Ordering::SeqCst),
        1,
        "both calls share the failure"
    );
    create(&client).await.unwrap_err();
    assert_eq!(asked.load(Ordering::SeqCst), 2, "a later call asks again");
    assert!(platform.seen().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_token_that_cannot_be_sent_is_an_error_that_does_not_show_it() {
    for token in ["", " ", "canary-token\n"] {
        let platform = Platform::accepting_from(0);
        let client = platform.client(Credentials::provider_fn(move || {
            Ok::<_, std::io::Error>(token)
        }));
        let error = status(&client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert!(!format!("{error}{error:?}").contains("canary"), "{error:?}");
        assert!(platform.seen().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_is_too_slow_leaves_a_release_unsent() {
    let platform = Platform::accepting_from(0);
    let client = Client::builder(
        ACCOUNT,
        Credentials::provider(std::future::pending::<Result<String, std::io::Error>>),
    )
    .build_over(platform.clone())
    .unwrap();
    let error = create(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotBegun);
    assert_eq!(error.effect(), Effect::Nothing);
    assert!(platform.seen().is_empty());
}

#[test]
fn a_provider_works_without_async() {
    let server = Server::responding([
        response(401, "", r#"{"message":"expired"}"#),
        response(200, "", r#"{"requestId":"r-1"}"#),
    ]);
    let count = AtomicUsize::new(0);
    let credentials = Credentials::provider_fn(move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        Ok::<_, std::io::Error>(format!("{CANARY}-{number}"))
    });
    let client = Client::builder(ACCOUNT, credentials)
        .base_url(server.url())
        .retry(short_pauses())
        .build_blocking()
        .unwrap();
    client
        .run(client.create_release_integration_pack().send())
        .unwrap();
    let requests = server.requests();
    let tokens: Vec<_> = requests
        .iter()
        .map(|it| it.header("authorization"))
        .collect();
    assert_eq!(
        tokens,
        [
            [format!("Bearer {CANARY}-0")],
            [format!("Bearer {CANARY}-1")]
        ]
    );
}
