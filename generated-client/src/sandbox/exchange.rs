//! One request and its answer: recorded, spoiled if a fault is due, checked, carried out.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use axum::{Extension, Router};
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST};
use http::request::Parts;
use http::{HeaderMap, StatusCode};

use super::access::Right;
use super::answer::{Answer, Notation, Refusal};
use super::connection::Reset;
use super::fault::{Fault, Kind};
use super::record::Number;
use super::{Shared, Target, fault_body};
use crate::generated::types::ReleaseIntegrationPack;

/// The longest request body that is read, in bytes.
const LONGEST_BODY: usize = 1 << 20;

/// The paths of the API, as in the vendor's reference, and a fallback for all others.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    let mut router = Router::new();
    for face in ["/api/rest/v1/{account}", "/partner/api/rest/v1/{account}"] {
        router = router
            .route(
                &format!("{face}/ReleaseIntegrationPack"),
                operation(Target::Create),
            )
            .route(
                &format!("{face}/ReleaseIntegrationPack/{{id}}"),
                operation(Target::Update),
            )
            .route(
                &format!("{face}/ReleaseIntegrationPackStatus/{{id}}"),
                operation(Target::Status),
            );
    }
    router
        .fallback(async |State(shared), Extension(reset), request| {
            exchange(shared, reset, None, request).await
        })
        .with_state(shared)
}

/// What the path of an operation holds, decoded.
struct Place {
    operation: Target,
    account: String,
    id: String,
}

fn operation(operation: Target) -> MethodRouter<Arc<Shared>> {
    let handler = async move |State(shared): State<Arc<Shared>>,
                              Path(mut path): Path<Vec<(String, String)>>,
                              Extension(reset): Extension<Reset>,
                              request: Request| {
        let mut value = |name: &str| {
            path.iter_mut()
                .find(|(found, _)| found == name)
                .map(|(_, value)| std::mem::take(value))
                .unwrap_or_default()
        };
        let place = Place {
            operation,
            account: value("account"),
            id: value("id"),
        };
        exchange(shared, reset, Some(place), request).await
    };
    let fallback =
        async |State(shared): State<Arc<Shared>>, Extension(reset): Extension<Reset>, request| {
            exchange(shared, reset, None, request).await
        };
    match operation {
        Target::Status => get(handler),
        _ => post(handler),
    }
    .fallback(fallback)
}

async fn exchange(
    shared: Arc<Shared>,
    reset: Reset,
    place: Option<Place>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let operation = place.as_ref().map(|place| place.operation);
    let (number, fault) = {
        let mut inner = shared.lock();
        let number = inner
            .records
            .add(operation, &parts.method, &parts.uri, &parts.headers);
        (
            number,
            inner.faults.strike(operation.unwrap_or(Target::Any)),
        )
    };
    if let Some(Fault {
        kind: Kind::ResetBeforeRequest,
        ..
    }) = fault
    {
        reset.request();
        return Response::default();
    }
    let Ok(body) = to_bytes(body, LONGEST_BODY).await else {
        let refusal = Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The body is too long or was cut off.",
        );
        return finish(&shared, number, whole(&parts.headers, &refusal.into()));
    };
    shared.lock().records.set_body(number, &body);
    let carry_out = || perform(&shared, &parts, place.as_ref(), &body);
    let Some(fault) = fault else {
        return finish(&shared, number, whole(&parts.headers, &carry_out()));
    };
    // What the request does happens now, so a client that gives up during the fault leaves the release in place.
    let answer = fault.applied.then(carry_out);
    let response = spoil(fault, answer, &parts.headers, &reset).await;
    match response {
        Some(response) => finish(&shared, number, response),
        None => Response::default(),
    }
}

/// Notes the status that is answered.
fn finish(shared: &Shared, number: Number, mut response: Response) -> Response {
    let mut inner = shared.lock();
    if let Some(record) = inner.records.get(number) {
        record.status = Some(response.status());
    }
    for (name, value) in &inner.extra_headers {
        response
            .headers_mut()
            .entry(name)
            .or_insert_with(|| value.clone());
    }
    response
}

fn whole(headers: &HeaderMap, answer: &Answer) -> Response {
    let notation = Notation::asked_for(headers);
    notation.response(answer.status, notation.write(&answer.body))
}

/// The answer that the fault makes of the right one; `None` when there is no answer at all.
async fn spoil(
    fault: Fault,
    answer: Option<Answer>,
    headers: &HeaderMap,
    reset: &Reset,
) -> Option<Response> {
    let notation = Notation::asked_for(headers);
    let mut response = match (fault.kind, answer) {
        (Kind::ResetBeforeRequest | Kind::ResetAfterRequest, _) => {
            reset.request();
            return None;
        }
        (Kind::Answer { status, body }, _) => {
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = status;
            response
        }
        (Kind::Endless, _) => notation.response(StatusCode::OK, fault_body::endless()),
        (kind, Some(mut answer)) => {
            if let Kind::Edit(edit) = &kind {
                edit(&mut answer.body);
            }
            let bytes = Bytes::from(notation.write(&answer.body));
            match kind {
                Kind::Delay(time) => {
                    tokio::time::sleep(time).await;
                    notation.response(answer.status, bytes)
                }
                Kind::Drip { piece, pause } => {
                    let length = bytes.len();
                    let body = fault_body::drip(bytes, piece, pause);
                    sized(notation.response(answer.status, body), length)
                }
                Kind::Truncate { keep } => {
                    let length = bytes.len();
                    let kept = bytes.slice(..keep.min(length.saturating_sub(1)));
                    let body = fault_body::broken(kept);
                    sized(notation.response(answer.status, body), length)
                }
                _ => notation.response(answer.status, bytes),
            }
        }
        // Faults that spoil the right answer are always `applied`, so there is one.
        (_, None) => Response::default(),
    };
    for (name, value) in &fault.headers {
        response.headers_mut().insert(name, value.clone());
    }
    Some(response)
}

fn sized(mut response: Response, length: usize) -> Response {
    response.headers_mut().insert(CONTENT_LENGTH, length.into());
    response
}

/// What the API does with the request.
fn perform(shared: &Shared, parts: &Parts, place: Option<&Place>, body: &Bytes) -> Answer {
    attempt(shared, parts, place, body).unwrap_or_else(Answer::from)
}

fn attempt(
    shared: &Shared,
    parts: &Parts,
    place: Option<&Place>,
    body: &Bytes,
) -> Result<Answer, Refusal> {
    let mut inner = shared.lock();
    let right = inner.access.authenticate(&parts.headers)?;
    let Some(place) = place else {
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            format!("There is no {} {}.", parts.method, parts.uri.path()),
        ));
    };
    let partner = parts.uri.path().starts_with("/partner/");
    let instead = partner
        .then(|| override_account(parts.uri.query()))
        .flatten();
    let account = inner.access.account(&place.account, instead.as_deref())?;
    if !inner.rate.admit(account) {
        return Err(Refusal::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "The account is over its rate limit.",
        ));
    }
    if inner.retired {
        return Err(Refusal::new(StatusCode::GONE, "The object is retired."));
    }
    if place.operation == Target::Status {
        let status = inner.platform.status(account, &place.id)?;
        let code = u16::try_from(status.response_status_code)
            .ok()
            .and_then(|code| StatusCode::from_u16(code).ok())
            .unwrap_or(StatusCode::OK);
        return Ok(Answer::new(code, &status));
    }
    if right == Right::Read {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "The user lacks the privilege API Publisher Integration Pack.",
        ));
    }
    let release = read(&parts.headers, body)?;
    let url = status_url(parts);
    let platform = &mut inner.platform;
    let accepted = if place.operation == Target::Create {
        platform.create(account, release, &url)?
    } else {
        platform.update(account, &place.id, release, &url)?
    };
    Ok(Answer::new(StatusCode::OK, &accepted))
}

/// The body of a create or an update; the description makes it optional.
fn read(headers: &HeaderMap, body: &Bytes) -> Result<ReleaseIntegrationPack, Refusal> {
    if body.is_empty() {
        return Ok(ReleaseIntegrationPack::default());
    }
    let json = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"));
    if !json {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The sandbox reads application/json only.",
        ));
    }
    serde_json::from_slice(body)
        .map_err(|error| Refusal::bad_request(format!("The body cannot be read: {error}.")))
}

/// The account that the query names instead of the one in the path.
fn override_account(query: Option<&str>) -> Option<String> {
    url::form_urlencoded::parse(query?.as_bytes())
        .find(|(name, _)| name == "overrideAccount")
        .map(|(_, account)| account.into_owned())
}

/// Where the status of a release is asked for, at the address the request came to.
fn status_url(parts: &Parts) -> String {
    let host = parts
        .headers
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let path = parts.uri.path();
    let face = path
        .find("/ReleaseIntegrationPack")
        .map_or(path, |end| &path[..end]);
    format!("http://{host}{face}/ReleaseIntegrationPackStatus")
}
