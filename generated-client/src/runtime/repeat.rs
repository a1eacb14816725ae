//! Whether a call that failed may be made again: the one place that decides.

use http::{Method, StatusCode};

use super::TransportErrorKind;

/// How a call failed, as far as it matters for repeating it. The status counts before the body: whatever a body says or
/// hides, the status says whether the server has refused the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observed {
    /// An answer with this status.
    Status(StatusCode),
    /// No answer, or only the head of one.
    Transport(TransportErrorKind),
}

/// What follows from a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The call may be made again without harm, and that may help.
    Repeatable,
    /// The server may or may not have done what was asked. Making the call again may do it twice.
    OutcomeUnknown,
    /// Making the same call again would end the same way.
    Final,
}

/// What follows when a call with `method` has failed in the way `observed`.
///
/// | failure | idempotent method (GET) | any other (POST) |
/// |---|---|---|
/// | 429, 503: refused, busy or over the rate | repeatable | repeatable |
/// | could not connect: nothing was sent | repeatable | repeatable |
/// | 502, 504, connection lost or timed out after sending | repeatable | outcome unknown |
/// | a redirect was followed | final | outcome unknown |
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
