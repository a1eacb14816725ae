//! Which operation a request is for.

use http::{HeaderMap, HeaderValue, Method, StatusCode, header::ALLOW};
use percent_encoding::percent_decode_str;

use super::Target;
use super::response::{ApiResponse, Refusal};

/// The operation that a request is for, and the decoded values of the parameters in its path.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) operation: Target,
    pub(super) account: String,
    /// Empty if the path has none.
    pub(super) id: String,
    /// Whether the caller may change something: the method is not `HEAD`.
    pub(super) advances: bool,
}

/// What the method and the path of a request stand for.
#[derive(Debug)]
pub(super) enum Route {
    /// An operation.
    Operation(Resource),
    /// An operation, but its path is not UTF-8.
    NotUtf8(Target),
    /// The question which methods the path of an operation has.
    Methods(&'static str),
    /// Nothing that exists.
    Elsewhere,
}

impl Route {
    pub(super) fn of(method: &Method, path: &str) -> Self {
        let Some((operation, account, id)) = find(path) else {
            return Self::Elsewhere;
        };
        let (own, methods) = match operation {
            Target::Status | Target::Pack => (Method::GET, "GET, HEAD, OPTIONS"),
            _ => (Method::POST, "POST, OPTIONS"),
        };
        let is_head = *method == Method::HEAD && own == Method::GET;
        if *method == Method::OPTIONS {
            return Self::Methods(methods);
        }
        if *method != own && !is_head {
            return Self::Elsewhere;
        }
        match (decode(account), decode(id)) {
            (Some(account), Some(id)) => Self::Operation(Resource {
                operation,
                account,
                id,
                advances: !is_head,
            }),
            _ => Self::NotUtf8(operation),
        }
    }

    /// The operation, as the record of the request and the faults have it.
    pub(super) fn operation(&self) -> Option<Target> {
        match self {
            Self::Operation(resource) => Some(resource.operation),
            Self::NotUtf8(operation) => Some(*operation),
            Self::Methods(_) | Self::Elsewhere => None,
        }
    }

    /// The operation to carry out, or the response if there is none.
    pub(super) fn resource(
        &self,
        method: &Method,
        path: &str,
    ) -> Result<&Resource, Box<ApiResponse>> {
        match self {
            Self::Operation(resource) => Ok(resource),
            Self::NotUtf8(_) => Err(Box::new(
                Refusal::bad_request("The path is not valid UTF-8.").into(),
            )),
            Self::Methods(methods) => {
                let headers = HeaderMap::from_iter([(ALLOW, HeaderValue::from_static(methods))]);
                Err(Box::new(ApiResponse::empty(StatusCode::OK, headers)))
            }
            Self::Elsewhere => {
                let message = format!("There is no operation {method} {path}.");
                Err(Box::new(
                    Refusal::new(StatusCode::NOT_FOUND, message).into(),
                ))
            }
        }
    }
}

/// The operation at a path of the vendor's reference, the account and the id, percent-encoded.
fn find(path: &str) -> Option<(Target, &str, &str)> {
    let path = path.strip_prefix("/partner").unwrap_or(path);
    let (account, rest) = path.strip_prefix("/api/rest/v1/")?.split_once('/')?;
    let (object, id) = match rest.split_once('/') {
        Some((_, "")) => return None,
        Some((object, id)) => (object, id),
        None => (rest, ""),
    };
    if account.is_empty() || id.contains('/') {
        return None;
    }
    let operation = match (object, id.is_empty()) {
        ("ReleaseIntegrationPack", true) => Target::Create,
        ("ReleaseIntegrationPack", false) => Target::Update,
        ("ReleaseIntegrationPackStatus", false) => Target::Status,
        ("PublisherIntegrationPack", false) => Target::Pack,
        _ => return None,
    };
    Some((operation, account, id))
}

fn decode(segment: &str) -> Option<String> {
    let text = percent_decode_str(segment).decode_utf8().ok()?;
    Some(text.into_owned())
}
