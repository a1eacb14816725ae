//! Waits for a future on the thread of the caller, wherever the caller is.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::Runtime;

/// Blocks until `future` is done. The thread of `runtime` drives the network and the timers of the future.
///
/// [`Runtime::block_on`] panics in asynchronous code, for example in a callback. This function does not: it polls the future, and
/// parks the thread until the future can go on.
pub(super) fn wait_for<F: Future>(runtime: &Runtime, future: F) -> F::Output {
    // The future finds the network and the timers of this runtime, also inside another one.
    let _entered = runtime.enter();
    // Inside a task of another runtime, the budget of that task does not count. When it is used up, the future could not go on
    // before the task returns, and the task waits for the future.
    let mut future = pin!(tokio::task::unconstrained(future));
    let parked = Arc::new(Parked {
        thread: thread::current(),
        is_woken: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&parked));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        // A thread can also be unparked for another reason.
        while !parked.is_woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

/// A thread that is parked until it is woken.
struct Parked {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
