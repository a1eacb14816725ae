//! The credentials, the URL and the headers of each call.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use releasepack_client::{BuildError, Client, ClientBuilder, Credentials, Region};

use crate::server::{Server, done, released};
use crate::{ACCOUNT, client, create, settings, status};

fn basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

/// The values of the headers `Authorization` and `X-Boomi-OTP` in a call with `credentials`.
async fn headers_with(credentials: Credentials) -> (Vec<String>, Vec<String>) {
    let server = Server::responding([done()]);
    let client = Client::builder(ACCOUNT, credentials)
        .base_url(server.url())
        .build()
        .unwrap();
    status(&client).await.unwrap();
    let seen = server.only_request();
    let all = |name| seen.header(name).into_iter().map(str::to_owned).collect();
    (all("authorization"), all("x-boomi-otp"))
}

#[tokio::test]
async fn a_user_and_a_password_are_sent_as_basic() {
    let (authorization, code) =
        headers_with(Credentials::password("me@example.com", "pass:word é")).await;
    assert_eq!(authorization, [basic("me@example.com:pass:word é")]);
    assert!(code.is_empty());
}

#[tokio::test]
async fn a_one_time_code_is_sent_in_its_own_header() {
    let credentials = Credentials::password("me@example.com", "pw").one_time_code("123456");
    let (authorization, code) = headers_with(credentials).await;
    assert_eq!(authorization, [basic("me@example.com:pw")]);
    assert_eq!(code, ["123456"]);
}

#[tokio::test]
async fn the_token_prefix_is_added_exactly_once() {
    for user in [
        "me@example.com",
        "BOOMI_TOKEN.me@example.com",
        "boomi_token.me@example.com",
        "BOOMI_TOKEN.BOOMI_TOKEN.me@example.com",
    ] {
        let (authorization, _) = headers_with(Credentials::api_token(user, "t")).await;
        assert_eq!(
            authorization,
            [basic("BOOMI_TOKEN.me@example.com:t")],
            "{user}"
        );
    }
}

#[tokio::test]
async fn a_bearer_token_is_sent_as_bearer() {
    let (authorization, _) = headers_with(Credentials::bearer("eyJ.x.y")).await;
    assert_eq!(authorization, ["Bearer eyJ.x.y"]);
}

#[tokio::test]
async fn every_call_accepts_json_and_has_a_user_agent() {
    let server = Server::responding([done(), released()]);
    let client = client(&server);
    status(&client).await.unwrap();
    create(&client).await.unwrap();
    for seen in server.requests() {
        assert_eq!(seen.header("accept"), ["application/json"]);
        assert_eq!(
            seen.header("user-agent"),
            [concat!("releasepack-client/", env!("CARGO_PKG_VERSION"))]
        );
        assert!(
            seen.header("accept-encoding").is_empty(),
            "compression is not requested"
        );
    }
}

#[tokio::test]
async fn the_user_agent_can_be_set() {
    let server = Server::responding([done()]);
    let client = settings(&server).user_agent("nightly/2").build().unwrap();
    status(&client).await.unwrap();
    assert_eq!(server.only_request().header("user-agent"), ["nightly/2"]);
}

#[tokio::test]
async fn a_body_is_sent_as_json_without_unset_members() {
    let server = Server::responding([released()]);
    let body = releasepack_client::types::ReleaseIntegrationPack::default().id("pack");
    let client = client(&server);
    let response = client
        .create_release_integration_pack()
        .body(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(response.request_id.as_deref(), Some("r-1"));
    let seen = server.only_request();
    assert_eq!(
        seen.line,
        format!("POST /api/rest/v1/{ACCOUNT}/ReleaseIntegrationPack HTTP/1.1")
    );
    assert_eq!(seen.header("content-type"), ["application/json"]);
    assert_eq!(seen.body, br#"{"id":"pack"}"#);
}

#[tokio::test]
async fn the_partner_api_is_called_on_behalf_of_another_account() {
    let server = Server::responding([done(), done()]);
    let partner = settings(&server).partner().build().unwrap();
    status(&partner).await.unwrap();
    let overriding = settings(&server)
        .override_account("their & company")
        .build()
        .unwrap();
    status(&overriding).await.unwrap();
    let lines: Vec<_> = server
        .requests()
        .into_iter()
        .map(|seen| seen.line)
        .collect();
    let path = format!("/partner/api/rest/v1/{ACCOUNT}/ReleaseIntegrationPackStatus/r-1");
    assert_eq!(
        lines,
        [
            format!("GET {path} HTTP/1.1"),
            format!("GET {path}?overrideAccount=their+%26+company HTTP/1.1"),
        ]
    );
}

/// The base URL of a client with `settings`, or the message of the error.
fn base_url_of(settings: ClientBuilder) -> Result<String, String> {
    // The crate may be built without TLS. A client for https can then only be built with an own HTTP client.
    let built = settings.http_client(reqwest::Client::new()).build();
    built
        .map(|client| client.base_url().to_string())
        .map_err(|error| error.to_string())
}

fn any_settings() -> ClientBuilder {
    Client::builder(
        ACCOUNT,
        Credentials::api_token("me@example.com", "a1b2c3d4"),
    )
}

#[test]
fn each_region_has_its_own_host() {
    assert_eq!(
        base_url_of(any_settings()).unwrap(),
        format!("https://api.boomi.com/api/rest/v1/{ACCOUNT}")
    );
    assert_eq!(
        base_url_of(any_settings().region(Region::Gb)).unwrap(),
        format!("https://api.platform.gb.boomi.com/api/rest/v1/{ACCOUNT}"),
    );
    assert_eq!(
        base_url_of(any_settings().region(Region::Gb).override_account("theirs")).unwrap(),
        format!(
            "https://api.platform.gb.boomi.com/partner/api/rest/v1/{ACCOUNT}?overrideAccount=theirs"
        ),
    );
    assert_eq!(
        base_url_of(any_settings().base_url("https://proxy.example.com/boomi/")).unwrap(),
        format!("https://proxy.example.com/boomi/api/rest/v1/{ACCOUNT}"),
    );
}

#[test]
fn plain_http_is_refused_except_to_this_machine_or_if_allowed() {
    for host in [
        "http://127.0.0.1:1",
        "http://localhost:1",
        "http://[::1]:1",
        "http://127.9.9.9",
    ] {
        assert!(base_url_of(any_settings().base_url(host)).is_ok(), "{host}");
    }
    for host in [
        "http://api.boomi.com",
        "http://10.0.0.1",
        "http://localhost.example.com",
        "http://0.0.0.0",
    ] {
        let error = any_settings().base_url(host).build().expect_err(host);
        assert!(matches!(error, BuildError::PlainHttp(_)), "{error}");
        assert!(
            base_url_of(any_settings().base_url(host).allow_plain_http()).is_ok(),
            "{host}"
        );
    }
}

#[test]
fn a_base_url_that_cannot_be_used_is_refused() {
    for (base_url, expected) in [
        ("api.boomi.com", "relative URL"),
        ("ftp://api.boomi.com", "its scheme is `ftp`"),
        (
            "https://me:canary@api.boomi.com",
            "pass them as `Credentials`",
        ),
        ("https://api.boomi.com?x=1", "a query or a fragment"),
        (
            "https://api.boomi.com/api/rest/v1/mine",
            "the client adds them",
        ),
        ("mailto:me@example.com", "it has no host"),
    ] {
        let error = base_url_of(any_settings().base_url(base_url)).expect_err(base_url);
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
            "the account id is empty, `.` or `..`, or has a control character, which is not a valid id",
        ),
        // A URL parser removes these, so another account would be called.
        (
            Client::builder("mine\tother", token()),
            "or has a control character",
        ),
        (
            any_settings().override_account("..\n/other"),
            "the overridden account id is empty, `.` or `..`, or has a control character",
        ),
        (
            any_settings().override_account(""),
            "the overridden account id is empty",
        ),
        (any_settings().user_agent("a\nb"), "the user agent"),
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
            "for example a line break at the end",
        ),
        (
            Client::builder("a", Credentials::bearer("canary").one_time_code("1")),
            "only allowed with a user and a password",
        ),
    ] {
        let error = base_url_of(settings).expect_err(expected);
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }
}

fn from_variables(variables: &[(&str, &str)]) -> Result<String, String> {
    let value = |name| {
        let found = variables.iter().find(|(given, _)| *given == name);
        Ok(found.map(|(_, value)| (*value).to_owned()))
    };
    base_url_of(ClientBuilder::from_variables(value).map_err(|error| error.to_string())?)
}

#[test]
fn the_error_names_all_missing_variables() {
    let missing = |variables: &[_]| from_variables(variables).expect_err("a variable is missing");
    assert_eq!(
        missing(&[]),
        "required environment variables are not set: BOOMI_ACCOUNT, BOOMI_USER, BOOMI_SECRET"
    );
    assert_eq!(
        missing(&[("BOOMI_ACCOUNT", "a"), ("BOOMI_SECRET", "  ")]),
        "required environment variables are not set: BOOMI_USER, BOOMI_SECRET",
    );
}

#[test]
fn variables_set_a_region_or_a_base_url() {
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
            .contains("`MARS` is not a valid region")
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
            .contains("unset one of them")
    );
}

#[tokio::test]
async fn a_call_can_be_made_on_another_task() {
    let server = Server::responding([released()]);
    let client = client(&server);
    let call = tokio::spawn(async move { create(&client).await });
    assert_eq!(call.await.unwrap().unwrap().as_deref(), Some("r-1"));
}

/// Runs itself again as a child process, because the environment of a process is set when it starts.
#[test]
fn a_client_from_the_environment_does_not_send_plain_http_to_a_proxy() {
    const NAME: &str = "calling::a_client_from_the_environment_does_not_send_plain_http_to_a_proxy";
    const INSIDE: &str = "RELEASEPACK_TEST_INSIDE";
    if std::env::var_os(INSIDE).is_some() {
        let client = releasepack_client::blocking::Client::from_env().unwrap();
        client.run(status(&client)).unwrap();
        return;
    }
    let server = Server::responding([done()]);
    let proxy = Server::responding([]);
    let itself = std::env::current_exe().expect("the path of a running test is known");
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
        .expect("the child process starts");
    assert!(output.status.success(), "{output:?}");
    let sent = server.only_request();
    assert_eq!(
        sent.header("authorization"),
        [basic("BOOMI_TOKEN.me@example.com:a1b2c3d4")]
    );
    assert!(proxy.requests().is_empty());
}
