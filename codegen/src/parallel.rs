//! Does the same work for many items on several threads. The results have the order of the items, so that they do not depend on
//! the number of threads.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The stack of the main thread on most systems. Deep syntax needs as much on any thread.
const STACK: usize = 8 * 1024 * 1024;

/// Does `work` for each item, on up to `threads` threads, one of which is the current one. A panic of `work` is passed on.
pub(crate) fn map<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take_and_work = || {
        let mut results = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return results;
            };
            results.push((index, work(item)));
        }
    };
    let mut results = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(items.len()))
            // If the system refuses a thread, fewer threads do the work.
            .map_while(|_| {
                let thread = thread::Builder::new().stack_size(STACK);
                thread.spawn_scoped(scope, take_and_work).ok()
            })
            .collect();
        let mut results = take_and_work();
        for other in others {
            results.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        results
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1_000).collect();
        let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
        for threads in [0, 1, 3, 2_000] {
            assert_eq!(map(&items, threads, |item| item * 2), doubled);
        }
        assert_eq!(map(&[], 4, |item: &usize| *item), [0; 0]);
    }
}
