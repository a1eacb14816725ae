//! The requests of a release, and its errors.

use jiff::civil::date;
use releasepack_client::release::{Release, ReleaseError};
use releasepack_client::sandbox::{Fault, Sandbox, Target};
use releasepack_client::types::{InstallationType, ReleaseSchedule};
use releasepack_client::{ErrorKind, RetryPolicy};
use reqwest::StatusCode;
use reqwest::header::{HeaderName, HeaderValue};
use serde_json::json;

async fn sandbox() -> Sandbox {
    Sandbox::builder()
        .rate_limit(None)
        .today(date(2026, 11, 24))
        .start()
        .await
        .unwrap()
}

fn pack() -> Release {
    Release::now("f0f7face").component("b420a8ab", "2.0")
}

#[tokio::test]
async fn an_immediate_release_sends_all_its_members() {
    let sandbox = sandbox().await;
    let release = pack()
        .name("Orders")
        .installation_type(InstallationType::Multi);
    let accepted = sandbox.client().unwrap().release(&release).await.unwrap();
    assert_eq!(accepted.request_id(), sandbox.releases()[0].request_id);
    assert_eq!(
        sandbox.requests()[0].json().unwrap(),
        json!({
            "id": "f0f7face",
            "name": "Orders",
            "installationType": "MULTI",
            "releaseSchedule": "IMMEDIATELY",
            "ReleasePackagedComponents": {
                "ReleasePackagedComponent": [{ "componentId": "b420a8ab", "version": "2.0" }]
            }
        })
    );
}

#[tokio::test]
async fn the_response_to_an_immediate_release_may_have_a_date() {
    let sandbox = sandbox().await;
    let accepted = sandbox.client().unwrap().release(&pack()).await.unwrap();
    assert_eq!(
        accepted.answer().release_schedule,
        Some(ReleaseSchedule::Immediately)
    );
    assert_eq!(accepted.release_on(), Some(date(2026, 11, 24)));
}

#[tokio::test]
async fn a_rescheduled_release_keeps_its_request_id() {
    let sandbox = sandbox().await;
    let client = sandbox.client().unwrap();
    let first = client
        .release(&Release::on("a/b", date(2026, 12, 1)))
        .await
        .unwrap();
    assert_eq!(first.release_on(), Some(date(2026, 12, 1)));
    let moved = client
        .reschedule(&Release::on("a/b", date(2026, 12, 8)))
        .await
        .unwrap();
    assert_eq!(moved.request_id(), first.request_id());
    let body = sandbox.requests()[1].json().unwrap();
    assert_eq!(body["releaseSchedule"], "RELEASE_ON_SPECIFIED_DATE");
    assert_eq!(body["releaseOnDate"], "2026-12-08");
    assert_eq!(body.get("ReleasePackagedComponents"), None);
    assert_eq!(sandbox.releases()[0].release_on, date(2026, 12, 8));
}

#[tokio::test]
async fn rescheduling_without_a_scheduled_release_is_refused_with_the_vendors_message() {
    let sandbox = sandbox().await;
    let error = sandbox
        .client()
        .unwrap()
        .reschedule(&pack())
        .await
        .unwrap_err();
    let ReleaseError::Refused(call) = &error else {
        panic!("{error}")
    };
    assert_eq!(call.kind(), ErrorKind::Invalid);
    assert!(
        call.message()
            .unwrap()
            .contains("no scheduled release request")
    );
    assert!(!error.may_have_been_made());
}

#[tokio::test(start_paused = true)]
async fn a_release_that_may_have_been_made_is_reported_and_sent_once() {
    for (fault, made) in [
        (Fault::reset_before_request(), 0),
        (Fault::reset_after_request(), 0),
        (Fault::reset_after_request().applied(), 1),
        (Fault::status(StatusCode::BAD_GATEWAY), 0),
        (Fault::status(StatusCode::GATEWAY_TIMEOUT).applied(), 1),
        (
            Fault::status(StatusCode::INTERNAL_SERVER_ERROR).applied(),
            1,
        ),
        (Fault::gateway_busy(), 0),
        (Fault::gateway_busy().applied(), 1),
        (Fault::status(StatusCode::SEE_OTHER).applied(), 1),
        (Fault::status(StatusCode::REQUEST_TIMEOUT).applied(), 1),
        (Fault::truncate(20), 1),
        (
            Fault::answer(StatusCode::OK, "text/html", "<h1>Welcome</h1>").applied(),
            1,
        ),
        (Fault::endless().applied(), 1),
        (Fault::delay(std::time::Duration::from_secs(3600)), 1),
    ] {
        let name = format!("{fault:?}");
        let sandbox = sandbox().await;
        sandbox.inject(Target::Create, fault);
        let error = sandbox
            .client()
            .unwrap()
            .release(&pack())
            .await
            .unwrap_err();
        assert!(
            matches!(error, ReleaseError::OutcomeUnknown { .. }),
            "{name}: {error}"
        );
        assert!(error.may_have_been_made());
        assert!(
            error
                .to_string()
                .starts_with("it is unknown whether the release of pack f0f7face")
        );
        assert!(
            error
                .to_string()
                .contains("check the releases of the pack in the platform"),
            "{error}"
        );
        assert_eq!(sandbox.requests().len(), 1, "{name}");
        assert_eq!(sandbox.releases().len(), made, "{name}");
    }
}

#[tokio::test]
async fn a_change_that_may_have_been_made_is_reported_and_sent_once() {
    let sandbox = sandbox().await;
    let client = sandbox.client().unwrap();
    client
        .release(&Release::on("pack", date(2026, 12, 1)))
        .await
        .unwrap();
    sandbox.inject(Target::Update, Fault::reset_after_request().applied());
    let error = client
        .reschedule(&Release::on("pack", date(2026, 12, 8)))
        .await
        .unwrap_err();
    assert!(error.may_have_been_made());
    let message = error.to_string();
    assert!(
        message.starts_with("it is unknown whether the scheduled release of pack pack was changed"),
        "{message}"
    );
    assert_eq!(sandbox.releases()[0].updates, 1);
    assert_eq!(sandbox.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_to_a_busy_platform_is_repeated_and_releases_once() {
    let sandbox = sandbox().await;
    sandbox.inject(Target::Create, Fault::busy().times(3));
    sandbox.client().unwrap().release(&pack()).await.unwrap();
    assert_eq!((sandbox.requests().len(), sandbox.releases().len()), (4, 1));
}

#[tokio::test]
async fn a_refused_release_was_not_made() {
    let codes = [400, 401, 403, 404, 405, 409, 410, 429, 301, 308];
    let faults = codes.map(|code| Fault::status(StatusCode::from_u16(code).unwrap()));
    for (fault, code) in [(Fault::busy(), 503)]
        .into_iter()
        .chain(faults.into_iter().zip(codes))
    {
        let sandbox = sandbox().await;
        let status = StatusCode::from_u16(code).unwrap();
        sandbox.inject(Target::Create, fault);
        let client = sandbox
            .client_builder()
            .retry(RetryPolicy::never())
            .build()
            .unwrap();
        let error = client.release(&pack()).await.unwrap_err();
        let ReleaseError::Refused(call) = &error else {
            panic!("{status}: {error}")
        };
        assert_eq!(call.status(), Some(status));
        assert!(
            error.to_string().starts_with("the release was not made: "),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_release_to_an_unreachable_platform_was_not_made() {
    let sandbox = sandbox().await;
    let client = sandbox
        .client_builder()
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    drop(sandbox);
    let error = client.release(&pack()).await.unwrap_err();
    let ReleaseError::Refused(call) = &error else {
        panic!("{error}")
    };
    assert_eq!(call.kind(), ErrorKind::Connect);
}

#[tokio::test]
async fn a_response_without_a_request_id_is_an_error() {
    let sandbox = sandbox().await;
    sandbox.inject(
        Target::Create,
        Fault::edit(|response| drop(response.as_object_mut().unwrap().remove("requestId"))),
    );
    let error = sandbox
        .client()
        .unwrap()
        .release(&pack())
        .await
        .unwrap_err();
    assert!(error.may_have_been_made());
    let ReleaseError::NoRequestId { answer: body, .. } = error else {
        panic!("{error}")
    };
    assert_eq!(body.id.as_deref(), Some("f0f7face"));
}

#[tokio::test]
async fn a_deprecation_notice_of_the_platform_is_available() {
    let sandbox = sandbox().await;
    sandbox.answer_with_header(
        HeaderName::from_static("sunset"),
        HeaderValue::from_static("Thu, 01 Jul 2027 00:00:00 GMT"),
    );
    let client = sandbox.client().unwrap();
    let accepted = client.release(&pack()).await.unwrap();
    let sunset = "2027-07-01T00:00:00Z".parse().unwrap();
    assert_eq!(accepted.notice().unwrap().sunset_at(), Some(sunset));
    let status = client.status(accepted.request_id()).await.unwrap();
    assert_eq!(status.notice(), accepted.notice());
}
