//! Handles one request: records it, applies a fault if one is due, checks the request, carries it out, and responds.

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
use super::connection::Reset;
use super::fault::{Effect, Fault};
use super::record::Number;
use super::response::{ApiResponse, Format, Refusal};
use super::{Shared, Target, fault_body};
use crate::generated::types::ReleaseIntegrationPack;

/// The maximum size in bytes of a request body.
const LONGEST_BODY: usize = 1 << 20;

/// Routes the paths of the vendor's reference. All other paths get a response too.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    let mut router = Router::new();
    for base in ["/api/rest/v1/{account}", "/partner/api/rest/v1/{account}"] {
        router = router
            .route(
                &format!("{base}/ReleaseIntegrationPack"),
                route(Target::Create),
            )
            .route(
                &format!("{base}/ReleaseIntegrationPack/{{id}}"),
                route(Target::Update),
            )
            .route(
                &format!("{base}/ReleaseIntegrationPackStatus/{{id}}"),
                route(Target::Status),
            )
            .route(
                &format!("{base}/PublisherIntegrationPack/{{id}}"),
                route(Target::Pack),
            );
    }
    router
        .fallback(async |State(shared), Extension(reset), request| {
            exchange(shared, reset, None, request).await
        })
        .with_state(shared)
}

/// The operation that a path addresses, and the decoded values of its parameters.
struct Resource {
    operation: Target,
    account: String,
    id: String,
}

fn route(operation: Target) -> MethodRouter<Arc<Shared>> {
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
        let resource = Resource {
            operation,
            account: value("account"),
            id: value("id"),
        };
        exchange(shared, reset, Some(resource), request).await
    };
    let fallback =
        async |State(shared): State<Arc<Shared>>, Extension(reset): Extension<Reset>, request| {
            exchange(shared, reset, None, request).await
        };
    match operation {
        Target::Status | Target::Pack => get(handler),
        _ => post(handler),
    }
    .fallback(fallback)
}

async fn exchange(
    shared: Arc<Shared>,
    reset: Reset,
    resource: Option<Resource>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let operation = resource.as_ref().map(|resource| resource.operation);
    let (number, fault) = {
        let mut inner = shared.lock();
        let number = inner
            .records
            .add(operation, &parts.method, &parts.uri, &parts.headers);
        (
            number,
            inner.faults.next_for(operation.unwrap_or(Target::Any)),
        )
    };
    if let Some(Fault {
        effect: Effect::ResetBeforeRequest,
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
        return finish(&shared, number, write(&parts.headers, &refusal.into()));
    };
    shared.lock().records.set_body(number, &body);
    let carry_out = || perform(&shared, &parts, resource.as_ref(), &body);
    let Some(fault) = fault else {
        return finish(&shared, number, write(&parts.headers, &carry_out()));
    };
    // The request is carried out before the fault, so the release stays if the client gives up during the fault.
    let correct = fault.applied.then(carry_out);
    let response = apply_fault(fault, correct, &parts.headers, &reset).await;
    match response {
        Some(response) => finish(&shared, number, response),
        None => Response::default(),
    }
}

/// Records the status of the response, and adds the extra headers.
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

fn write(headers: &HeaderMap, response: &ApiResponse) -> Response {
    let format = Format::accepted_by(headers);
    format.response(response.status, format.write(&response.body))
}

/// The response that the fault makes of the correct one; `None` when the connection is reset.
async fn apply_fault(
    fault: Fault,
    correct: Option<ApiResponse>,
    headers: &HeaderMap,
    reset: &Reset,
) -> Option<Response> {
    let format = Format::accepted_by(headers);
    let mut response = match (fault.effect, correct) {
        (Effect::ResetBeforeRequest | Effect::ResetAfterRequest, _) => {
            reset.request();
            return None;
        }
        (Effect::Respond { status, body }, _) => {
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = status;
            response
        }
        (Effect::Endless, _) => format.response(StatusCode::OK, fault_body::endless()),
        (effect, Some(mut correct)) => {
            if let Effect::Edit(edit) = &effect {
                edit(&mut correct.body);
            }
            let bytes = Bytes::from(format.write(&correct.body));
            match effect {
                Effect::Delay(time) => {
                    tokio::time::sleep(time).await;
                    format.response(correct.status, bytes)
                }
                Effect::Drip { piece, pause } => {
                    let length = bytes.len();
                    let body = fault_body::drip(bytes, piece, pause);
                    with_length(format.response(correct.status, body), length)
                }
                Effect::Truncate { keep } => {
                    let length = bytes.len();
                    let kept = bytes.slice(..keep.min(length.saturating_sub(1)));
                    let body = fault_body::broken(kept);
                    with_length(format.response(correct.status, body), length)
                }
                _ => format.response(correct.status, bytes),
            }
        }
        // A fault that changes the correct response is always `applied`, so there is one.
        (_, None) => Response::default(),
    };
    for (name, value) in &fault.headers {
        response.headers_mut().insert(name, value.clone());
    }
    Some(response)
}

fn with_length(mut response: Response, length: usize) -> Response {
    response.headers_mut().insert(CONTENT_LENGTH, length.into());
    response
}

/// Carries out the request as the API does.
fn perform(
    shared: &Shared,
    parts: &Parts,
    resource: Option<&Resource>,
    body: &Bytes,
) -> ApiResponse {
    try_perform(shared, parts, resource, body).unwrap_or_else(ApiResponse::from)
}

fn try_perform(
    shared: &Shared,
    parts: &Parts,
    resource: Option<&Resource>,
    body: &Bytes,
) -> Result<ApiResponse, Refusal> {
    let mut inner = shared.lock();
    let right = inner.access.authenticate(&parts.headers)?;
    let Some(resource) = resource else {
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            format!(
                "There is no operation {} {}.",
                parts.method,
                parts.uri.path()
            ),
        ));
    };
    let partner = parts.uri.path().starts_with("/partner/");
    let overriding = partner
        .then(|| override_account(parts.uri.query()))
        .flatten();
    let account = inner
        .access
        .account(&resource.account, overriding.as_deref())?;
    if !inner.rate.admit(account) {
        return Err(Refusal::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "The account exceeded its rate limit.",
        ));
    }
    if inner.retired {
        return Err(Refusal::new(StatusCode::GONE, "The object is retired."));
    }
    if resource.operation == Target::Status {
        let status = inner.platform.status(account, &resource.id)?;
        let code = u16::try_from(status.response_status_code)
            .ok()
            .and_then(|code| StatusCode::from_u16(code).ok())
            .unwrap_or(StatusCode::OK);
        return Ok(ApiResponse::new(code, &status));
    }
    if resource.operation == Target::Pack {
        let pack = inner.platform.publisher_pack(account, &resource.id)?;
        return Ok(ApiResponse::new(StatusCode::OK, &pack));
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
    let accepted = if resource.operation == Target::Create {
        platform.create(account, release, &url)?
    } else {
        platform.update(account, &resource.id, release, &url)?
    };
    Ok(ApiResponse::new(StatusCode::OK, &accepted))
}

/// Reads the body of a create or an update. The API description makes it optional.
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

/// The account in the query parameter `overrideAccount`.
fn override_account(query: Option<&str>) -> Option<String> {
    url::form_urlencoded::parse(query?.as_bytes())
        .find(|(name, _)| name == "overrideAccount")
        .map(|(_, account)| account.into_owned())
}

/// The URL of the status operation, on the same host as the request.
fn status_url(parts: &Parts) -> String {
    let host = parts
        .headers
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let path = parts.uri.path();
    let base = path
        .find("/ReleaseIntegrationPack")
        .map_or(path, |end| &path[..end]);
    format!("http://{host}{base}/ReleaseIntegrationPackStatus")
}
