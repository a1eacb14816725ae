//! The rate limit of an account.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

const WINDOW: Duration = Duration::from_secs(1);

/// Limits the calls of each account in the last second (on tokio's clock).
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

    /// Counts a call of the account if it is within the limit, and returns whether it is.
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
