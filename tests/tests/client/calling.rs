//! Credentials, base URLs and headers of calls.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use releasepack_client::{BuildError, Client, ClientBuilder, Credentials, Region};

use crate::server::{Server, done, released};
use crate::{ACCOUNT, client, create, settings, status};

fn basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

/// The headers of a call with `credentials`: `Authorization` and `X-Boomi-OTP`.
async fn sent(credentials: Credentials) -> (Vec<String>, Vec<String>) {
    let server = Server::answering([done()]);
    let client = Client::builder(ACCOUNT, credentials)
        .base_url(server.url())
        .build()
        .unwrap();
    status(&client).await.unwrap();
    let seen = server.only();
    let all = |name| seen.header(name).into_iter().map(str::to_owned).collect();
    (all("authorization"), all("x-boomi-otp"))
}

#[tokio::test]
async fn user_and_password_are_sent_as_basic() {
    let (authorization, code) = sent(Credentials::password("me@example.com", "pass:word é")).await;
    assert_eq!(authorization, [basic("me@example.com:pass:word é")]);
    assert!(code.is_empty());
}

#[tokio::test]
async fn a_one_time_code_is_sent_in_its_own_header() {
    let credentials = Credentials::password("me@example.com", "pw").one_time_code("123456");
    let (authorization, code) = sent(credentials).await;
    assert_eq!(authorization, [basic("me@example.com:pw")]);
    assert_eq!(code, ["123456"]);
}

#[tokio::test]
async fn the_token_prefix_is_added_once_and_only_once() {
    for user in [
        "me@example.com",
        "BOOMI_TOKEN.me@example.com",
        "boomi_token.me@example.com",
        "BOOMI_TOKEN.BOOMI_TOKEN.me@example.com",
    ] {
        let (authorization, _) = sent(Credentials::api_token(user, "t")).await;
        assert_eq!(
            authorization,
            [basic("BOOMI_TOKEN.me@example.com:t")],
            "{user}"
        );
    }
}

#[tokio::test]
async fn a_token_is_sent_as_bearer() {
    let (authorization, _) = sent(Credentials::bearer("eyJ.x.y")).await;
    assert_eq!(authorization, ["Bearer eyJ.x.y"]);
}

#[tokio::test]
async fn every_call_asks_for_json_and_names_its_user_agent() {
    let server = Server::answering([done(), released()]);
    let client = client(&server);
    status(&client).await.unwrap();
    create(&client).await.unwrap();
    for seen in server.seen() {
        assert_eq!(seen.header("accept"), ["application/json"]);
        assert_eq!(
            seen.header("user-agent"),
            [concat!("releasepack-client/", env!("CARGO_PKG_VERSION"))]
        );
        assert!(
            seen.header("accept-encoding").is_empty(),
            "no compression is asked for"
        );
    }
}

#[tokio::test]
async fn the_user_agent_can_be_chosen() {
    let server = Server::answering([done()]);
    let client = settings(&server).user_agent("nightly/2").build().unwrap();
    status(&client).await.unwrap();
    assert_eq!(server.only().header("user-agent"), ["nightly/2"]);
}

#[tokio::test]
async fn a_body_is_sent_as_json_without_unset_properties() {
    let server = Server::answering([released()]);
    let body = releasepack_client::types::ReleaseIntegrationPack::default().id("pack");
    let client = client(&server);
    let answer = client
        .create_release_integration_pack()
        .body(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.request_id.as_deref(), Some("r-1"));
    let seen = server.only();
    assert_eq!(
        seen.line,
        format!("POST /api/rest/v1/{ACCOUNT}/ReleaseIntegrationPack HTTP/1.1")
    );
    assert_eq!(seen.header("content-type"), ["application/json"]);
    assert_eq!(seen.body, br#"{"id":"pack"}"#);
}

#[tokio::test]
async fn the_partner_api_is_called_on_behalf_of_another_account() {
    let server = Server::answering([done(), done()]);
    let partner = settings(&server).partner().build().unwrap();
    status(&partner).await.unwrap();
    let overriding = settings(&server)
        .override_account("their & company")
        .build()
        .unwrap();
    status(&overriding).await.unwrap();
    let lines: Vec<_> = server.seen().into_iter().map(|seen| seen.line).collect();
    let path = format!("/partner/api/rest/v1/{ACCOUNT}/ReleaseIntegrationPackStatus/r-1");
    assert_eq!(
        lines,
        [
            format!("GET {path} HTTP/1.1"),
            format!("GET {path}?overrideAccount=their+%26+company HTTP/1.1"),
        ]
    );
}

fn address(settings: ClientBuilder) -> Result<String, String> {
    // Here the crate may be built without TLS. Then https needs an HTTP client of our own.
    let built = settings.http_client(reqwest::Client::new()).build();
    built
        .map(|client| client.base_url().to_string())
        .map_err(|error| error.to_string())
}

fn anyone() -> ClientBuilder {
    Client::builder(
        ACCOUNT,
        Credentials::api_token("me@example.com", "a1b2c3d4"),
    )
}

#[test]
fn each_region_has_its_host() {
    assert_eq!(
        address(anyone()).unwrap(),
        format!("https://api.boomi.com/api/rest/v1/{ACCOUNT}")
    );
    assert_eq!(
        address(anyone().region(Region::Gb)).unwrap(),
        format!("https://api.platform.gb.boomi.com/api/rest/v1/{ACCOUNT}"),
    );
    assert_eq!(
        address(anyone().region(Region::Gb).override_account("theirs")).unwrap(),
        format!(
            "https://api.platform.gb.boomi.com/partner/api/rest/v1/{ACCOUNT}?overrideAccount=theirs"
        ),
    );
    assert_eq!(
        address(anyone().base_url("https://proxy.example.com/boomi/")).unwrap(),
        format!("https://proxy.example.com/boomi/api/rest/v1/{ACCOUNT}"),
    );
}

#[test]
fn plain_http_is_refused_except_to_this_machine_or_by_name() {
    for host in [
        "http://127.0.0.1:1",
        "http://localhost:1",
        "http://[::1]:1",
        "http://127.9.9.9",
    ] {
        assert!(address(anyone().base_url(host)).is_ok(), "{host}");
    }
    for host in [
        "http://api.boomi.com",
        "http://10.0.0.1",
        "http://localhost.example.com",
        "http://0.0.0.0",
    ] {
        let error = anyone().base_url(host).build().expect_err(host);
        assert!(matches!(error, BuildError::PlainHttp(_)), "{error}");
        assert!(
            address(anyone().base_url(host).allow_plain_http()).is_ok(),
            "{host}"
        );
    }
}

#[test]
fn a_base_url_that_would_go_astray_is_refused() {
    for (base_url, expected) in [
        ("api.boomi.com", "relative URL"),
        ("ftp://api.boomi.com", "its scheme is ftp"),
        (
            "https://me:canary@api.boomi.com",
            "give them as credentials",
        ),
        ("https://api.boomi.com?x=1", "a query or a fragment"),
        ("https://api.boomi.com/api/rest/v1/mine", "they are added"),
        ("mailto:me@example.com", "it names no host"),
    ] {
        let error = address(anyone().base_url(base_url)).expect_err(base_url);
        assert!(error.contains(expected), "{base_url}: {error}");
        assert!(!error.contains("canary"), "{error}");
    }
}

#[test]
fn accounts_and_credentials_that_cannot_be_sent_are_refused() {
    let token = || Credentials::api_token("me@example.com", "a1b2c3d4");
    for (settings, expected) in [
        (Client::builder(" ", token()), "the account id is empty"),
        (
            Client::builder("..", token()),
            "the account id is empty or no id",
        ),
        (
            anyone().override_account(""),
            "the overridden account id is empty",
        ),
        (anyone().user_agent("a\nb"), "the user agent"),
        (
            Client::builder("a", Credentials::api_token("", "canary")),
            "the user name is empty",
        ),
        (
            Client::builder("a", Credentials::password("a:b", "canary")),
            "holds a colon",
        ),
        (
            Client::builder("a", Credentials::password("me", "")),
            "one-time code is empty",
        ),
        (
            Client::builder("a", Credentials::bearer("canary\n")),
            "perhaps a line break at its end",
        ),
        (
            Client::builder("a", Credentials::bearer("canary").one_time_code("1")),
            "with a user and a password only",
        ),
    ] {
        let error = address(settings).expect_err(expected);
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }
}

fn from_variables(variables: &[(&str, &str)]) -> Result<String, String> {
    let value = |name| {
        let found = variables.iter().find(|(given, _)| *given == name);
        Ok(found.map(|(_, value)| (*value).to_owned()))
    };
    address(ClientBuilder::from_variables(value).map_err(|error| error.to_string())?)
}

#[test]
fn the_environment_names_all_that_is_missing() {
    let missing = |variables: &[_]| from_variables(variables).expect_err("something is missing");
    assert_eq!(
        missing(&[]),
        "not set in the environment: BOOMI_ACCOUNT, BOOMI_USER, BOOMI_SECRET"
    );
    assert_eq!(
        missing(&[("BOOMI_ACCOUNT", "a"), ("BOOMI_SECRET", "  ")]),
        "not set in the environment: BOOMI_USER, BOOMI_SECRET",
    );
}

#[test]
fn the_environment_chooses_a_region_or_a_base_url() {
    let with = |name, value| {
        let all = [
            ("BOOMI_ACCOUNT", "a"),
            ("BOOMI_USER", "me"),
            ("BOOMI_SECRET", "s"),
            (name, value),
        ];
        from_variables(&all)
    };
    assert_eq!(
        with("BOOMI_REGION", "").unwrap(),
        "https://api.boomi.com/api/rest/v1/a"
    );
    assert_eq!(
        with("BOOMI_REGION", "gb").unwrap(),
        "https://api.platform.gb.boomi.com/api/rest/v1/a"
    );
    assert_eq!(
        with("BOOMI_BASE_URL", "http://localhost:9").unwrap(),
        "http://localhost:9/api/rest/v1/a"
    );
    assert!(
        with("BOOMI_REGION", "MARS")
            .unwrap_err()
            .contains("no region `MARS`")
    );
    let both = [
        ("BOOMI_ACCOUNT", "a"),
        ("BOOMI_USER", "me"),
        ("BOOMI_SECRET", "s"),
        ("BOOMI_REGION", "US"),
        ("BOOMI_BASE_URL", "http://localhost:9"),
    ];
    assert!(
        from_variables(&both)
            .unwrap_err()
            .contains("leave one of them out")
    );
}

#[tokio::test]
async fn a_call_can_be_made_on_another_task() {
    let server = Server::answering([released()]);
    let client = client(&server);
    let call = tokio::spawn(async move { create(&client).await });
    assert_eq!(call.await.unwrap().unwrap().as_deref(), Some("r-1"));
}

/// Runs itself again, because the environment of a process can only be set at its start.
#[test]
fn the_environment_configures_a_client_and_its_proxy_sees_no_plain_call() {
    const NAME: &str =
        "calling::the_environment_configures_a_client_and_its_proxy_sees_no_plain_call";
    const INSIDE: &str = "RELEASEPACK_TEST_INSIDE";
    if std::env::var_os(INSIDE).is_some() {
        let client = releasepack_client::blocking::Client::from_env().unwrap();
        client.run(status(&client)).unwrap();
        return;
    }
    let server = Server::answering([done()]);
    let proxy = Server::answering([]);
    let itself = std::env::current_exe().expect("a running test has a file");
    let output = std::process::Command::new(itself)
        .args(["--exact", NAME])
        .env(INSIDE, "1")
        .env("BOOMI_ACCOUNT", ACCOUNT)
        .env("BOOMI_USER", "BOOMI_TOKEN.me@example.com")
        .env("BOOMI_SECRET", "a1b2c3d4")
        .env("BOOMI_BASE_URL", server.url())
        .env_remove("BOOMI_REGION")
        .env("HTTP_PROXY", proxy.url())
        .env("http_proxy", proxy.url())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{output:?}");
    let sent = server.only();
    assert_eq!(
        sent.header("authorization"),
        [basic("BOOMI_TOKEN.me@example.com:a1b2c3d4")]
    );
    assert!(proxy.seen().is_empty());
}
