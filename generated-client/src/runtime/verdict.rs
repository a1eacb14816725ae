//! The one place that decides what a response says about the request, and whether the call may be made again.
//!
//! Everything else asks here: the layer that repeats calls, the errors of single operations, and the code that is written by
//! hand for one API. So they cannot disagree.

use http::header::CONTENT_TYPE;
use http::{Method, StatusCode};

use super::error_text::message;
use super::{Reply, TransportErrorKind};

/// How a call ended, as far as it matters for the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Observed {
    /// The request was not valid, so it was not sent.
    Invalid,
    /// No complete response was received, for this reason.
    Transport(TransportErrorKind),
    /// A response was received.
    Status(StatusCode, Sender),
    /// A response with a 2xx status was received, and its body is not in the format that the API description declares: it is a
    /// page of a gateway, or it breaks off.
    Unreadable,
    /// A response with a 2xx status was received. Its body is in the right format, but does not have the declared form.
    Unexpected,
}

/// Who wrote a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sender {
    /// The service itself, as far as this can be seen: the body has an error message in JSON, or in XML that a transport
    /// converted to JSON.
    Service,
    /// Perhaps a gateway in front of it: the body is empty, a page, or plain text.
    Gateway,
}

impl Sender {
    /// Who wrote `reply`. A body that broke off counts by its media type.
    pub fn of(reply: &Reply) -> Self {
        let is_own = message(reply).is_some() || (!reply.is_complete && is_structured(reply));
        if is_own { Self::Service } else { Self::Gateway }
    }
}

/// Whether the media type of the response is JSON or XML.
fn is_structured(reply: &Reply) -> bool {
    let Some(value) = reply.headers.get(CONTENT_TYPE) else {
        return false;
    };
    let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
    let essence = value.split(';').next().unwrap_or_default().trim();
    let (_, subtype) = essence.split_once('/').unwrap_or_default();
    let suffix = subtype.rsplit('+').next().unwrap_or_default();
    // A page may be XML, too.
    matches!(suffix, "json" | "xml") && !subtype.starts_with("xhtml")
}

/// What became of a request, as far as a response says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// The server did nothing.
    Nothing,
    /// The server carried out the request.
    Done,
    /// The server may have carried out the request, or not.
    Unknown,
}

/// Whether a failed call may be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// Making the call again is safe and may succeed.
    Repeatable,
    /// It is unknown whether the server carried out the request. It may carry it out twice if the call is made again.
    OutcomeUnknown,
    /// The same call would fail again in the same way, or it did not fail.
    Final,
}

/// For which calls another attempt may succeed.
#[derive(Clone, Copy)]
enum Again {
    /// For none.
    Never,
    /// For calls with an idempotent method.
    Idempotent,
    /// For all calls.
    Always,
}

/// The table. Each line is what a response says about the request, and for which calls another attempt may succeed.
#[allow(clippy::match_same_arms, reason = "each line is one of the table")]
fn judge(observed: Observed) -> (Effect, Again) {
    use Again::{Always, Idempotent, Never};
    use Effect::{Done, Nothing, Unknown};
    use TransportErrorKind as Kind;
    match observed {
        Observed::Invalid => (Nothing, Never),
        Observed::Transport(kind) => match kind {
            Kind::Connect | Kind::NotBegun => (Nothing, Always),
            Kind::Request
            | Kind::Tls
            | Kind::NameNotFound
            | Kind::ProxyAuthentication
            | Kind::Credentials => (Nothing, Never),
            Kind::Timeout | Kind::Lost => (Unknown, Idempotent),
            Kind::TooLarge | Kind::Redirected => (Unknown, Never),
        },
        Observed::Unreadable => (Unknown, Idempotent),
        Observed::Unexpected => (Unknown, Never),
        Observed::Status(status, sender) => match (status.as_u16(), sender) {
            (200..=299, _) => (Done, Never),
            (301 | 307 | 308, _) => (Nothing, Never),
            (408, _) => (Unknown, Idempotent),
            // Too early, too many requests: the server did nothing. Only the service itself says for how long.
            (425 | 429, Sender::Service) => (Nothing, Always),
            (425 | 429, Sender::Gateway) => (Nothing, Idempotent),
            (400..=499, _) => (Nothing, Never),
            // A gateway also sends this if the connection to the service broke after the request went through.
            (503, Sender::Service) => (Nothing, Always),
            (503, Sender::Gateway) | (502 | 504, _) => (Unknown, Idempotent),
            // Also what HTTP does not define: 1xx as a final response, 6xx to 9xx.
            _ => (Unknown, Never),
        },
    }
}

/// What a call that ended as `observed` says about its request.
///
/// | observed | effect |
/// |---|---|
/// | the request was not sent: it is not valid, the connection, TLS, the proxy or the provider of tokens failed, the name was not found, it was too late to begin | nothing |
/// | 301, 307, 308; 4xx, but not 408 | nothing |
/// | 503, and the service itself sent it | nothing |
/// | 2xx | done |
/// | 2xx with a body that cannot be decoded or is too long | unknown |
/// | the connection was lost or timed out after sending; the HTTP client followed a redirect | unknown |
/// | any other status: 1xx, other 3xx, 408, 5xx, 6xx to 9xx | unknown |
///
/// ```
/// use releasepack_client::runtime::{Effect, Observed, Sender, StatusCode, effect};
///
/// let busy = |sender| effect(Observed::Status(StatusCode::SERVICE_UNAVAILABLE, sender));
/// assert_eq!(busy(Sender::Service), Effect::Nothing);
/// assert_eq!(busy(Sender::Gateway), Effect::Unknown);
/// ```
pub fn effect(observed: Observed) -> Effect {
    judge(observed).0
}

/// Decides whether a call with `method` that ended as `observed` may be made again.
///
/// | observed | idempotent method (GET) | any other (POST) |
/// |---|---|---|
/// | 503, 429 or 425 of the service itself, which has an error message in JSON or XML | repeatable | repeatable |
/// | the connection failed, or it was too late to begin, so nothing was sent | repeatable | repeatable |
/// | 429 or 425 without such a message | repeatable | final |
/// | 503 without such a message, 502, 504, 408 | repeatable | outcome unknown |
/// | the connection was lost or timed out after sending | repeatable | outcome unknown |
/// | a 2xx response whose body is not in the declared format, or breaks off | repeatable | outcome unknown |
/// | any other [effect] that is unknown | final | outcome unknown |
/// | anything else | final | final |
///
/// ```
/// use releasepack_client::runtime::{Method, Observed, Sender, StatusCode, Verdict, verdict};
///
/// let gateway_timeout = Observed::Status(StatusCode::GATEWAY_TIMEOUT, Sender::Gateway);
/// assert_eq!(verdict(&Method::GET, gateway_timeout), Verdict::Repeatable);
/// assert_eq!(verdict(&Method::POST, gateway_timeout), Verdict::OutcomeUnknown);
/// ```
pub fn verdict(method: &Method, observed: Observed) -> Verdict {
    let (effect, again) = judge(observed);
    match (again, method.is_idempotent()) {
        (Again::Always, _) | (Again::Idempotent, true) => Verdict::Repeatable,
        (_, false) if effect == Effect::Unknown => Verdict::OutcomeUnknown,
        _ => Verdict::Final,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that can be observed.
    fn all() -> Vec<Observed> {
        use TransportErrorKind as Kind;
        let kinds = [
            Kind::Request,
            Kind::Connect,
            Kind::Tls,
            Kind::NameNotFound,
            Kind::ProxyAuthentication,
            Kind::Credentials,
            Kind::NotBegun,
            Kind::Timeout,
            Kind::Lost,
            Kind::TooLarge,
            Kind::Redirected,
        ];
        let statuses = (100..1000).filter_map(|code| StatusCode::from_u16(code).ok());
        let responses = statuses.flat_map(|status| {
            [Sender::Service, Sender::Gateway].map(|sender| Observed::Status(status, sender))
        });
        [
            Observed::Invalid,
            Observed::Unreadable,
            Observed::Unexpected,
        ]
        .into_iter()
        .chain(kinds.map(Observed::Transport))
        .chain(responses)
        .collect()
    }

    #[test]
    fn an_order_is_repeatable_only_if_nothing_was_done_and_open_whenever_that_is_unknown() {
        let (mut repeatable, mut open) = (0, 0);
        for observed in all() {
            let effect = effect(observed);
            match verdict(&Method::POST, observed) {
                Verdict::Repeatable => {
                    assert_eq!(effect, Effect::Nothing, "{observed:?}");
                    repeatable += 1;
                }
                Verdict::OutcomeUnknown => {
                    assert_eq!(effect, Effect::Unknown, "{observed:?}");
                    open += 1;
                }
                Verdict::Final => assert_ne!(effect, Effect::Unknown, "{observed:?}"),
            }
        }
        // The connection failed, or it was too late to begin; 425, 429 and 503 of the service.
        assert_eq!(repeatable, 5);
        assert!(open > 1000, "{open}");
    }

    #[test]
    fn a_question_is_never_open_and_repeatable_whenever_an_order_is() {
        for observed in all() {
            for method in [Method::GET, Method::PUT, Method::DELETE] {
                let question = verdict(&method, observed);
                assert_ne!(question, Verdict::OutcomeUnknown, "{observed:?}");
                if verdict(&Method::POST, observed) == Verdict::Repeatable {
                    assert_eq!(question, Verdict::Repeatable, "{observed:?}");
                }
            }
        }
    }
}
