//! Handles one request: records it, applies a fault if one is due, has it carried out, and responds.

use axum::body::{Body, to_bytes};
use axum::response::Response;
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Request, StatusCode};
use hyper::body::Incoming;

use super::Target;
use super::connection::Reset;
use super::fault::{self, Effect, Fault};
use super::perform::perform;
use super::record::Number;
use super::response::{ApiResponse, Format, Refusal};
use super::route::Route;
use super::server::Shared;

/// The maximum size in bytes of a request body.
const LONGEST_BODY: usize = 1 << 20;

/// Handles one request.
pub(super) async fn exchange(
    shared: &Shared,
    reset: &Reset,
    request: Request<Incoming>,
) -> Response {
    let (parts, body) = request.into_parts();
    let route = Route::of(&parts.method, parts.uri.path());
    let operation = route.operation();
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
    let Ok(body) = to_bytes(Body::new(body), LONGEST_BODY).await else {
        let refusal = Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The body is too long or was cut off.",
        );
        return finish(shared, number, write(&parts.headers, &refusal.into()));
    };
    shared.lock().records.set_body(number, &body);
    let carry_out = || perform(shared, &parts, &route, &body);
    let Some(fault) = fault else {
        return finish(shared, number, write(&parts.headers, &carry_out()));
    };
    // The request is carried out before the fault, so the release stays if the client gives up during the fault.
    let correct = fault.applied.then(carry_out);
    let response = apply_fault(fault, correct, &parts.headers, reset).await;
    match response {
        Some(response) => finish(shared, number, response),
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
    let body = format.write(&response.body);
    let mut written = format.response(response.status, body);
    written.headers_mut().extend(response.headers.clone());
    written
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
        (Effect::Refuse { status, body }, _) => format.response(status, format.write(&body)),
        (Effect::Endless, _) => format.response(StatusCode::OK, fault::endless()),
        (effect, Some(mut correct)) => {
            if let Effect::Edit(edit) = &effect {
                edit(&mut correct.body);
            }
            if let Effect::Status(status) = effect {
                correct.status = status;
            }
            let bytes = Bytes::from(format.write(&correct.body));
            match effect {
                Effect::Delay(time) => {
                    tokio::time::sleep(time).await;
                    format.response(correct.status, bytes)
                }
                Effect::Drip { piece, pause } => {
                    let length = bytes.len();
                    let body = fault::drip(bytes, piece, pause);
                    with_length(format.response(correct.status, body), length)
                }
                Effect::Truncate { keep } => {
                    let length = bytes.len();
                    let kept = bytes.slice(..keep.min(length.saturating_sub(1)));
                    let body = fault::broken(kept);
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
