//! What the vendor's samples, texts and headers are, and what the sandbox does with requests that a client seldom makes.

use jiff::civil::date;
use releasepack_client::release::{Release, State};
use releasepack_client::sandbox::{Fault, Sandbox, SandboxPack, StatusCode, Target};
use releasepack_client::{ErrorKind, Notice, RetryPolicy};
use reqwest::Method;
use serde_json::{Value, json};

use super::wire::{address, create, now, plain, released, send, signed, status};

async fn start() -> Sandbox {
    Sandbox::builder().rate_limit(None).start().await.unwrap()
}

/// The components of a pack, as the sandbox answers for them: id, current, pending and latest version, and whether it is deleted.
async fn versions(sandbox: &Sandbox, pack: &str) -> Vec<(String, [String; 3], bool)> {
    let path = format!("PublisherIntegrationPack/{pack}");
    let (code, pack) = send(signed(sandbox, plain().get(address(sandbox, &path)))).await;
    assert_eq!(code, 200, "{pack}");
    assert_eq!(pack["@type"], "PublisherIntegrationPack");
    let components = &pack["PublisherPackagedComponents"]["PublisherPackagedComponent"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let components = components.as_array().unwrap().iter().map(|it| {
        let versions = ["currentVersion", "pendingVersion", "latestVersion"];
        (
            text(&it["componentId"]),
            versions.map(|name| text(&it[name])),
            it["deleted"].as_bool().unwrap(),
        )
    });
    components.collect()
}

fn row(id: &str, versions: [&str; 3], deleted: bool) -> (String, [String; 3], bool) {
    (id.to_owned(), versions.map(str::to_owned), deleted)
}

#[tokio::test]
async fn the_versions_of_a_pack_move_as_releases_happen() {
    let pack = SandboxPack::new("pack")
        .released("b420a8ab", "1.0")
        .latest("b420a8ab", "1.10")
        .released("gone", "3.0")
        .deleted("gone")
        .pending("next", "0.1");
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .polls(1)
        .pack(pack)
        .start()
        .await
        .unwrap();
    assert_eq!(
        versions(&sandbox, "pack").await,
        [
            row("b420a8ab", ["1.0", "", "1.10"], false),
            row("gone", ["3.0", "", ""], true),
            row("next", ["", "0.1", ""], false),
        ]
    );
    let id = released(&sandbox, &now("pack")).await;
    let before = versions(&sandbox, "pack").await;
    assert_eq!(before[0], row("b420a8ab", ["1.0", "2.0", "1.10"], false));
    assert_eq!(before.len(), 3);
    // In progress, then done, then asked again, which changes nothing more.
    for code in [202, 200, 200] {
        assert_eq!(send(status(&sandbox, &id)).await.0, code);
    }
    assert_eq!(
        versions(&sandbox, "pack").await,
        [
            row("b420a8ab", ["2.0", "", "2.0"], false),
            row("next", ["", "0.1", ""], false),
        ]
    );
}

#[tokio::test]
async fn the_errors_403_410_and_503_have_the_published_texts_in_json_and_xml() {
    let sandbox = Sandbox::builder()
        .rate_limit(1)
        .read_only_user("reader", "pw")
        .start()
        .await
        .unwrap();
    let post = |accept: &'static str| {
        plain()
            .post(address(&sandbox, "ReleaseIntegrationPack"))
            .basic_auth("reader", Some("pw"))
            .header("accept", accept)
    };
    let forbidden = "Access denied due to insufficient permissions.";
    let gone = "Endpoint is invalid or no longer exists.";
    let busy = "The Boomi server is currently unavailable or your account's rate limits have been exceeded. Retry later.";
    assert_eq!(
        send(post("application/json")).await,
        (403, json!({ "message": forbidden }))
    );
    assert_eq!(
        send(post("application/json")).await,
        (503, json!({ "message": busy }))
    );

    let sandbox = start().await;
    for (fault, code, text) in [
        (
            Some(Fault::error(StatusCode::FORBIDDEN, forbidden)),
            403,
            forbidden,
        ),
        (
            Some(Fault::nested_error(StatusCode::BAD_REQUEST, "no")),
            400,
            "no",
        ),
        (Some(Fault::busy()), 503, busy),
        (None, 410, gone),
    ] {
        match fault {
            Some(fault) => sandbox.inject(Target::Any, fault),
            None => sandbox.retire(),
        }
        let xml = plain()
            .get(address(&sandbox, "ReleaseIntegrationPackStatus/r"))
            .basic_auth(sandbox.user(), Some(sandbox.password()));
        let (found, body) = send(xml).await;
        let escaped = text.replace('\'', "&apos;");
        let expected = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><error><message>{text}</message></error>"#
        );
        assert_eq!(
            (found, body.as_str().unwrap().replace(&escaped, text)),
            (code, expected)
        );
    }
    assert_eq!(
        send(create(&sandbox, &now("p"))).await,
        (410, json!({ "message": gone }))
    );
}

#[tokio::test]
async fn an_unknown_pack_gets_the_text_of_the_vendor() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .pack(SandboxPack::new("known"))
        .start()
        .await
        .unwrap();
    let error = sandbox.client().unwrap().pack("other").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert_eq!(
        error.message(),
        Some(
            "Integration pack ID other is invalid. Provide a valid integration pack ID to complete this action."
        )
    );
}

#[tokio::test]
async fn a_deprecated_and_a_replaced_object_say_so_in_their_headers() {
    let sandbox = start().await;
    sandbox.deprecate();
    let response = create(&sandbox, &now("pack")).send().await.unwrap();
    let notice = Notice::of(response.headers()).expect("the object is deprecated");
    assert!(notice.deprecated_since().is_some() && notice.sunset_at().is_some());
    assert_eq!((notice.warnings.len(), notice.links.len()), (1, 1));
    for status in [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::PERMANENT_REDIRECT,
    ] {
        sandbox.replace(status, "https://api.example/new");
        let response = create(&sandbox, &now("pack")).send().await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["location"], "https://api.example/new");
    }
    assert_eq!(sandbox.releases().len(), 1);
}

#[tokio::test]
async fn numbers_can_be_strings_and_request_ids_no_uuids() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .polls(0)
        .numbers_as_text()
        .request_id_suffix("r")
        .start()
        .await
        .unwrap();
    let id = released(&sandbox, &now("pack")).await;
    assert!(
        id.starts_with("release-") && id.ends_with('r') && id.len() == 45,
        "{id}"
    );
    let (code, body) = send(status(&sandbox, &id)).await;
    assert_eq!((code, &body["responseStatusCode"]), (200, &json!("200")));
    let client = sandbox.client().unwrap();
    assert_eq!(*client.status(&id).await.unwrap().state(), State::Released);
    sandbox.write_numbers_as_text(false);
    assert_eq!(
        send(status(&sandbox, &id)).await.1["responseStatusCode"],
        200
    );
}

#[tokio::test]
async fn head_is_answered_like_get_and_changes_nothing_and_options_lists_the_methods() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .today(date(2026, 11, 24))
        .polls(1)
        .start()
        .await
        .unwrap();
    let id = released(&sandbox, &now("pack")).await;
    let ask = async |method: Method, path: &str| {
        let request = signed(&sandbox, plain().request(method, address(&sandbox, path)));
        let response = request.send().await.unwrap();
        let allow = response.headers().get("allow");
        let allow = allow.map(|it| it.to_str().unwrap().to_owned());
        (
            response.status().as_u16(),
            allow,
            response.text().await.unwrap(),
        )
    };
    let of_status = format!("ReleaseIntegrationPackStatus/{id}");
    sandbox.take_requests();
    for _ in 0..3 {
        let head = ask(Method::HEAD, &of_status).await;
        assert_eq!(head, (202, None, String::new()));
    }
    assert_eq!(ask(Method::GET, &of_status).await.0, 202);
    assert_eq!(ask(Method::HEAD, "ReleaseIntegrationPack").await.0, 404);
    for (path, methods) in [
        (of_status.as_str(), "GET, HEAD, OPTIONS"),
        ("PublisherIntegrationPack/p", "GET, HEAD, OPTIONS"),
        ("ReleaseIntegrationPack", "POST, OPTIONS"),
        ("ReleaseIntegrationPack/p", "POST, OPTIONS"),
    ] {
        let options = ask(Method::OPTIONS, path).await;
        assert_eq!(options, (200, Some(methods.to_owned()), String::new()));
    }
    let recorded = sandbox.requests();
    let recorded: Vec<_> = recorded
        .iter()
        .map(|it| (it.operation, it.method.as_str()))
        .collect();
    assert_eq!(recorded.len(), 9);
    assert_eq!(recorded[0], (Some(Target::Status), "HEAD"));
    assert_eq!(recorded[8], (None, "OPTIONS"));
}

#[tokio::test]
async fn a_path_that_is_not_utf8_gets_a_400_and_is_recorded() {
    let sandbox = start().await;
    for (path, operation) in [
        ("ReleaseIntegrationPackStatus/r-%ff", Target::Status),
        ("PublisherIntegrationPack/%c3%28", Target::Pack),
    ] {
        let (code, body) = send(signed(&sandbox, plain().get(address(&sandbox, path)))).await;
        assert_eq!(
            (code, &body["message"]),
            (400, &json!("The path is not valid UTF-8."))
        );
        let requests = sandbox.take_requests();
        assert_eq!(requests.len(), 1);
        assert!(requests[0].path.ends_with(path));
        assert_eq!(requests[0].operation, Some(operation));
        assert_eq!(requests[0].status, Some(StatusCode::BAD_REQUEST));
    }
    let nowhere = plain().get(sandbox.url().join("%ff/%ff").unwrap());
    assert_eq!(send(signed(&sandbox, nowhere)).await.0, 404);
    assert_eq!(sandbox.requests().len(), 1);
}

#[tokio::test]
async fn a_sandbox_on_a_thread_starts_and_ends_inside_asynchronous_code() {
    let sandbox = Sandbox::builder().start_on_thread().unwrap();
    let never = RetryPolicy::never();
    let client = sandbox.client_builder().retry(never).build().unwrap();
    client.release(&Release::now("pack")).await.unwrap();
    assert_eq!(sandbox.releases().len(), 1);
    drop(sandbox);
    client.release(&Release::now("pack")).await.unwrap_err();
}

#[test]
fn a_sandbox_needs_a_runtime_or_a_thread_and_says_so() {
    let mut starting = Box::pin(Sandbox::start());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match starting.as_mut().poll(&mut context) {
        std::task::Poll::Ready(Err(error)) => assert!(error.to_string().contains("runtime")),
        other => panic!("{other:?}"),
    }
}
