//! Carries out a request: checks who calls, and asks the platform.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST};
use http::request::Parts;
use http::{HeaderMap, StatusCode};

use super::Target;
use super::access::Right;
use super::response::{ApiResponse, Refusal};
use super::route::Route;
use super::server::{Inner, Shared};
use crate::generated::types::ReleaseIntegrationPack;

/// Carries out the request as the API does.
pub(super) fn perform(shared: &Shared, parts: &Parts, route: &Route, body: &Bytes) -> ApiResponse {
    let mut inner = shared.lock();
    let mut response =
        try_perform(&mut inner, parts, route, body).unwrap_or_else(ApiResponse::from);
    if inner.text_numbers {
        response.spell_numbers();
    }
    response
}

fn try_perform(
    inner: &mut Inner,
    parts: &Parts,
    route: &Route,
    body: &Bytes,
) -> Result<ApiResponse, Refusal> {
    let right = inner.access.authenticate(&parts.headers)?;
    let resource = match route.resource(&parts.method, parts.uri.path()) {
        Ok(resource) => resource,
        Err(response) => return Ok(*response),
    };
    let partner = parts.uri.path().starts_with("/partner/");
    let overriding = partner
        .then(|| override_account(parts.uri.query()))
        .flatten();
    let account = inner
        .access
        .account(&resource.account, overriding.as_deref())?;
    if !inner.rate.admit(account) {
        return Err(Refusal::busy());
    }
    if let Some(refusal) = &inner.retired {
        return Err(refusal.clone());
    }
    if resource.operation == Target::Status {
        let status = inner
            .platform
            .status(account, &resource.id, resource.advances)?;
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
        return Err(Refusal::forbidden());
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
