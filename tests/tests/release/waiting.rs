//! The events of a wait, and its ends.

use std::time::Duration;

use jiff::civil::date;
use releasepack_client::release::{Outcome, Progress, Release, State, WaitError, WaitPolicy};
use releasepack_client::sandbox::{Fault, Sandbox, Target};
use releasepack_client::{Client, ErrorKind, RetryPolicy};
use reqwest::StatusCode;
use tokio::time::Instant;

async fn start(polls: u32) -> (Sandbox, Client) {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .today(date(2026, 11, 24))
        .polls(polls)
        .start()
        .await
        .unwrap();
    let client = sandbox.client().unwrap();
    (sandbox, client)
}

async fn released(client: &Client) -> String {
    let accepted = client
        .release(&Release::now("f0f7face").name("Orders"))
        .await
        .unwrap();
    accepted.request_id().to_owned()
}

async fn scheduled(client: &Client) -> String {
    let release = Release::on("f0f7face", date(2026, 12, 1));
    client
        .release(&release)
        .await
        .unwrap()
        .request_id()
        .to_owned()
}

/// Waits, and returns the text of each event and the result.
async fn wait(
    client: &Client,
    id: &str,
    policy: WaitPolicy,
) -> (Vec<String>, Result<Outcome, WaitError>) {
    let mut lines = Vec::new();
    let outcome = client
        .wait(id, policy, |progress| lines.push(progress.to_string()))
        .await;
    (lines, outcome)
}

#[tokio::test(start_paused = true)]
async fn a_wait_reports_progress_and_ends_when_the_release_is_done() {
    let (_sandbox, client) = start(3).await;
    let id = released(&client).await;
    let (lines, outcome) = wait(&client, &id, WaitPolicy::default()).await;
    let expected = [
        "in progress, 25 %",
        "in progress, 50 %",
        "in progress, 75 %",
        "released",
    ];
    assert_eq!(lines, expected);
    let Ok(Outcome::Released(status)) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        (status.http_status(), status.request_id()),
        (StatusCode::OK, &*id)
    );
    assert_eq!(status.answer().name.as_deref(), Some("Orders"));
}

#[tokio::test(start_paused = true)]
async fn the_pauses_grow_up_to_the_maximum() {
    let (_sandbox, client) = start(12).await;
    let id = released(&client).await;
    let policy = WaitPolicy::default()
        .first_pause(Duration::from_secs(2))
        .longest_pause(Duration::from_secs(10))
        .seed(5);
    let mut follow = client.follow(&id, policy);
    let mut pauses = Vec::new();
    let mut before = Instant::now();
    while let Some(progress) = follow.next().await {
        progress.unwrap();
        pauses.push(before.elapsed().as_millis());
        before = Instant::now();
    }
    assert_eq!(pauses.len(), 13);
    for (pause, longest) in pauses
        .iter()
        .zip([0, 2000, 3000, 4500, 6750, 10_000, 10_000])
    {
        assert!((longest / 2..=longest + 5).contains(pause), "{pauses:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_failed_release_holds_the_complete_response() {
    let (sandbox, client) = start(1).await;
    sandbox.fail_releases_of("f0f7face");
    let id = released(&client).await;
    let why = Fault::edit(|response| response["errorMessage"] = "Component is locked".into());
    sandbox.inject(Target::Status, why.times(2));
    let (lines, outcome) = wait(&client, &id, WaitPolicy::default()).await;
    assert_eq!(lines, ["in progress, 50 %"]);
    let error = outcome.unwrap_err();
    assert!(
        error.to_string().ends_with(&format!(
            "the release {id} of pack f0f7face failed (state ERROR): Component is locked"
        )),
        "{error}"
    );
    assert!(error.to_string().contains("Component is locked"), "{error}");
    let WaitError::Failed { status, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(status.said()["errorMessage"], "Component is locked");
    assert_eq!(*status.state(), State::Failed);
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_failed_release_holds_no_control_characters() {
    let (sandbox, client) = start(0).await;
    let id = released(&client).await;
    sandbox.inject(
        Target::Status,
        Fault::edit(|response| {
            response["releaseStatus"] = "ERROR".into();
            response["requestId"] = "\u{1b}[2J".into();
            response["name"] = "\u{202e}gnp.exe \u{9b}2J".repeat(1000).into();
        }),
    );
    let (_, outcome) = wait(&client, &id, WaitPolicy::default()).await;
    let message = outcome.unwrap_err().to_string();
    assert!(
        message.starts_with(&format!("the release {id} of pack f0f7face failed")),
        "{message}"
    );
    let is_control = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!message.contains(is_control), "{message:?}");
    assert!(message.chars().count() < 2200);
}

#[tokio::test(start_paused = true)]
async fn a_scheduled_release_ends_the_wait_unless_the_policy_waits_for_its_date() {
    let (sandbox, client) = start(1).await;
    let id = scheduled(&client).await;
    let (lines, outcome) = wait(&client, &id, WaitPolicy::default()).await;
    assert_eq!(lines, ["scheduled for 2026-12-01"]);
    let Ok(Outcome::Scheduled(status)) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(status.release_on(), Some(date(2026, 12, 1)));

    let mut lines = Vec::new();
    let policy = WaitPolicy::default().through_schedule();
    let outcome = client.wait(&id, policy, |progress| {
        lines.push(progress.to_string());
        if lines.len() == 40 {
            sandbox.set_today(date(2026, 12, 1));
        }
    });
    let begun = Instant::now();
    assert!(matches!(outcome.await, Ok(Outcome::Released(_))));
    // Waiting for the date took longer than the deadline, because that time does not count.
    assert!(
        begun.elapsed() > Duration::from_secs(2 * 3600),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(
        lines[39..],
        ["scheduled for 2026-12-01", "in progress, 50 %", "released"]
    );
}

#[tokio::test(start_paused = true)]
async fn the_wait_continues_and_reports_an_unknown_status() {
    let (sandbox, client) = start(0).await;
    let id = released(&client).await;
    let unknown_status = Fault::edit(|response| response["releaseStatus"] = "PAUSED".into());
    sandbox.inject(Target::Status, unknown_status.times(2));
    let no_status =
        Fault::edit(|response| drop(response.as_object_mut().unwrap().remove("releaseStatus")));
    sandbox.inject(Target::Status, no_status);
    let (lines, outcome) = wait(&client, &id, WaitPolicy::default()).await;
    let unknown = "unknown: PAUSED (still waiting)";
    let missing = "unknown: the response has no status (still waiting)";
    assert_eq!(lines, [unknown, unknown, missing, "released"]);
    assert!(matches!(outcome, Ok(Outcome::Released(_))));
}

#[tokio::test(start_paused = true)]
async fn the_spelling_inprogress_and_a_202_without_status_count_as_in_progress() {
    let (sandbox, client) = start(2).await;
    let id = released(&client).await;
    let spelled = Fault::edit(|response| {
        response["releaseStatus"] = "INPROGRESS".into();
        response["releaseProgress"] = "33 %".into();
    });
    sandbox.inject(Target::Status, spelled);
    let bare = Fault::edit(|response| {
        *response = serde_json::json!({ "responseStatusCode": 202 });
    });
    sandbox.inject(Target::Status, bare);
    let (lines, _) = wait(&client, &id, WaitPolicy::default()).await;
    assert_eq!(lines, ["in progress, 33 %", "in progress", "released"]);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_ends_the_wait_with_the_last_status() {
    let (_sandbox, client) = start(u32::MAX - 1).await;
    let id = released(&client).await;
    let begun = Instant::now();
    let policy = WaitPolicy::default().deadline(Duration::from_secs(300));
    let (_, outcome) = wait(&client, &id, policy).await;
    assert_eq!(begun.elapsed().as_secs(), 300);
    let error = outcome.unwrap_err();
    let WaitError::Deadline {
        request_id, waited, ..
    } = &error
    else {
        panic!("{error}")
    };
    assert_eq!((request_id, waited.as_secs()), (&id, 300));
    assert_eq!(*error.last_seen().unwrap().state(), State::InProgress);
    assert!(
        error
            .to_string()
            .contains("it continues, and you can wait for it again"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_deadline_also_ends_a_status_call_without_a_response() {
    let (sandbox, client) = start(0).await;
    let id = released(&client).await;
    sandbox.inject(Target::Status, Fault::delay(Duration::from_secs(3600)));
    let begun = Instant::now();
    let policy = WaitPolicy::default().deadline(Duration::from_secs(10));
    let (lines, outcome) = wait(&client, &id, policy).await;
    assert!(lines.is_empty());
    assert!(matches!(
        outcome,
        Err(WaitError::Deadline { last: None, .. })
    ));
    assert_eq!(begun.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn the_wait_reports_temporary_failures_and_continues() {
    let (sandbox, _) = start(0).await;
    let client = sandbox
        .client_builder()
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let id = released(&client).await;
    for fault in [
        Fault::status(StatusCode::SERVICE_UNAVAILABLE),
        Fault::status(StatusCode::BAD_GATEWAY),
        Fault::status(StatusCode::INTERNAL_SERVER_ERROR),
        Fault::reset_after_request(),
        Fault::truncate(5),
    ] {
        sandbox.inject(Target::Status, fault);
    }
    let mut interruptions = 0;
    let outcome = client.wait(&id, WaitPolicy::default(), |progress| {
        interruptions += usize::from(matches!(progress, Progress::Interrupted(_)));
    });
    assert!(matches!(outcome.await, Ok(Outcome::Released(_))));
    assert_eq!((interruptions, sandbox.faults_waiting()), (5, 0));
}

#[tokio::test(start_paused = true)]
async fn a_permanent_failure_ends_the_wait() {
    let (sandbox, client) = start(5).await;
    let id = released(&client).await;
    sandbox.inject(
        Target::Status,
        Fault::status(StatusCode::UNAUTHORIZED).after(1),
    );
    let (lines, outcome) = wait(&client, &id, WaitPolicy::default()).await;
    assert_eq!(lines, ["in progress, 16 %"]);
    let error = outcome.unwrap_err();
    let WaitError::Call { source, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(source.kind(), ErrorKind::Unauthorized);
    assert!(error.last_seen().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_wait_can_be_dropped_at_any_time_and_started_again() {
    let (sandbox, client) = start(50).await;
    let id = released(&client).await;
    for millis in [0, 1, 500, 2500, 4000] {
        let waiting = client.wait(&id, WaitPolicy::default(), |_| {});
        let cut = tokio::time::timeout(Duration::from_millis(millis), waiting).await;
        assert!(cut.is_err());
    }
    let (_, outcome) = wait(&client, &id, WaitPolicy::default()).await;
    assert!(matches!(outcome, Ok(Outcome::Released(_))));
    assert_eq!(sandbox.releases().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn dropping_the_future_of_next_loses_no_event() {
    let (sandbox, client) = start(2).await;
    let id = released(&client).await;
    let mut follow = client.follow(&id, WaitPolicy::default());
    let mut lines = Vec::new();
    loop {
        match tokio::time::timeout(Duration::from_millis(300), follow.next()).await {
            Err(_) => {}
            Ok(Some(progress)) => lines.push(progress.unwrap().to_string()),
            Ok(None) => break,
        }
    }
    assert_eq!(
        lines,
        ["in progress, 33 %", "in progress, 66 %", "released"]
    );
    assert_eq!(sandbox.requests().len(), 4);
    assert!(follow.next().await.is_none());
}

#[tokio::test]
async fn a_blank_request_id_is_not_sent() {
    let (sandbox, client) = start(0).await;
    let (_, outcome) = wait(&client, " ", WaitPolicy::default()).await;
    let Err(WaitError::Call { source, .. }) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(source.kind(), ErrorKind::Request);
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn a_wait_can_run_on_another_task() {
    let (_sandbox, client) = start(0).await;
    let id = released(&client).await;
    let task = tokio::spawn(async move {
        client
            .wait(&id, WaitPolicy::default(), |_| {})
            .await
            .map(|outcome| outcome.status().clone())
    });
    assert_eq!(*task.await.unwrap().unwrap().state(), State::Released);
}
