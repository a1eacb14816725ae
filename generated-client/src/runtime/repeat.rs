//! The one place that decides whether a failed call may be made again.

use http::{Method, StatusCode};

use super::TransportErrorKind;

/// How a call failed, as far as it matters for repeating it. The body is not looked at: the status alone decides whether
/// the server refused the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observed {
    /// A response with this status was received.
    Status(StatusCode),
    /// No complete response was received, for this reason.
    Transport(TransportErrorKind),
}

/// Whether a failed call may be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Making the call again is safe and may succeed.
    Repeatable,
    /// It is unknown whether the server carried out the request. It may carry it out twice if the call is made again.
    OutcomeUnknown,
    /// The same call would fail again in the same way.
    Final,
}

/// Decides whether a call with `method` that failed as `observed` may be made again.
///
/// | failure | idempotent method (GET) | any other (POST) |
/// |---|---|---|
/// | 429, 503: the server is busy, or the rate limit is exceeded | repeatable | repeatable |
/// | the connection failed, so nothing was sent | repeatable | repeatable |
/// | 502, 504, or the connection was lost or timed out after sending | repeatable | outcome unknown |
/// | the HTTP client followed a redirect | final | outcome unknown |
/// | anything else | final | final |
///
/// ```
/// use releasepack_client::runtime::{Method, Observed, StatusCode, Verdict, verdict};
///
/// let gateway_timeout = Observed::Status(StatusCode::GATEWAY_TIMEOUT);
/// assert_eq!(verdict(&Method::GET, gateway_timeout), Verdict::Repeatable);
/// assert_eq!(verdict(&Method::POST, gateway_timeout), Verdict::OutcomeUnknown);
/// ```
pub fn verdict(method: &Method, observed: Observed) -> Verdict {
    use TransportErrorKind as Kind;
    let once_or_more = if method.is_idempotent() {
        Verdict::Repeatable
    } else {
        Verdict::OutcomeUnknown
    };
    match observed {
        Observed::Status(status) => match status.as_u16() {
            429 | 503 => Verdict::Repeatable,
            502 | 504 => once_or_more,
            _ => Verdict::Final,
        },
        Observed::Transport(Kind::Connect) => Verdict::Repeatable,
        Observed::Transport(Kind::Timeout | Kind::Lost) => once_or_more,
        Observed::Transport(Kind::Redirected) if !method.is_idempotent() => Verdict::OutcomeUnknown,
        Observed::Transport(Kind::Request | Kind::TooLarge | Kind::Redirected) => Verdict::Final,
    }
}
