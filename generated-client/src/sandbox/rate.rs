//! The vendor's limit on how often an account may call.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

const WINDOW: Duration = Duration::from_secs(1);

/// So many calls a second an account, counted over the second that just went by (on tokio's clock).
#[derive(Debug, Default)]
pub(super) struct RateLimit {
    pub(super) calls: Option<usize>,
    seen: BTreeMap<String, VecDeque<Instant>>,
}

impl RateLimit {
    pub(super) fn new(calls: Option<usize>) -> Self {
        Self {
            calls,
            seen: BTreeMap::new(),
        }
    }

    /// Whether one more call of this account is within the limit; if it is, it counts.
    pub(super) fn admit(&mut self, account: &str) -> bool {
        let Some(limit) = self.calls else {
            return true;
        };
        let now = Instant::now();
        let seen = self.seen.entry(account.to_owned()).or_default();
        while seen
            .front()
            .is_some_and(|&then| now.duration_since(then) >= WINDOW)
        {
            seen.pop_front();
        }
        if seen.len() >= limit {
            return false;
        }
        seen.push_back(now);
        true
    }
}
