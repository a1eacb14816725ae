//! The transport that ends each attempt.

use std::time::Duration;

use tokio::time::Instant;

use super::super::{Call, Exchange, Opening, Transport, TransportError, TransportErrorKind};

/// A transport that keeps to its timeout reports more than that it passed: for example, which part of the response came. So it
/// gets a moment longer before the attempt is ended from outside.
const MOMENT: Duration = Duration::from_millis(50);

/// A transport that ends each attempt after its timeout, and at the deadline of its call, whatever the transport below does.
/// For a response that is [opened](Transport::open), only the time to its head counts.
///
/// No order begins with less than its own timeout left before the deadline, because an order that the deadline ends has an unknown
/// outcome. It fails instead, without being sent ([`NotBegun`](TransportErrorKind::NotBegun)). Layers above may have waited, for
/// example [`Limited`](super::super::Limited).
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::runtime::{Http, Repeating, RetryPolicy, Service, Timed};
///
/// # fn main() -> Result<(), url::ParseError> {
/// let http = Timed::new(Http::new(reqwest::Client::new()));
/// let transport = Repeating::new(http, RetryPolicy::default(), Some(Duration::from_secs(60)));
/// let service = Service::new(&"https://example.com/v1".parse()?, transport);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Timed<T> {
    inner: T,
}

impl<T: Transport> Timed<T> {
    /// Ends the attempts that `inner` makes.
    pub fn new(inner: T) -> Self {
        Self { inner }
    }
}

impl Call {
    /// The time after which the call must not begin any more: an order needs its own timeout before the deadline.
    pub(in super::super) fn latest_begin(&self) -> Option<Instant> {
        let deadline = self.deadline?;
        let is_order = self.is_order();
        let needed = self.timeout.filter(|_| is_order).unwrap_or_default();
        Some(deadline.checked_sub(needed).unwrap_or_else(Instant::now))
    }

    /// Shortens the timeout of a call that begins now, so that it ends at the deadline. Gives the time after which it is ended
    /// from outside.
    fn begin(&mut self) -> Result<Option<Duration>, TransportError> {
        let now = Instant::now();
        let latest = self.latest_begin();
        // The moment is for a call whose timeout is its deadline: it has come through a few layers already.
        if latest.is_some_and(|latest| latest.checked_add(MOMENT).is_some_and(|it| it < now)) {
            let why = "too little time is left before the deadline";
            return Err(TransportError::new(TransportErrorKind::NotBegun, why));
        }
        let remaining = self.deadline.map(|at| at.saturating_duration_since(now));
        self.timeout = self.timeout.into_iter().chain(remaining).min();
        Ok(self.timeout.map(|timeout| timeout.saturating_add(MOMENT)))
    }
}

/// The result of `attempt`, or an error after `limit`.
async fn within<O>(
    limit: Option<Duration>,
    attempt: impl Future<Output = Result<O, TransportError>>,
) -> Result<O, TransportError> {
    let Some(limit) = limit else {
        return attempt.await;
    };
    tokio::time::timeout(limit, attempt)
        .await
        .unwrap_or_else(|late| Err(TransportError::new(TransportErrorKind::Timeout, late)))
}

impl<T: Transport> Transport for Timed<T> {
    fn send(&self, mut call: Call) -> Exchange<'_> {
        Box::pin(async move {
            let limit = call.begin()?;
            within(limit, self.inner.send(call)).await
        })
    }

    fn open(&self, mut call: Call) -> Opening<'_> {
        Box::pin(async move {
            let limit = call.begin()?;
            within(limit, self.inner.open(call)).await
        })
    }
}
