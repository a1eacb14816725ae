//! Runs progenitor on a thread of its own, so that neither its panics nor its deep recursion end the process.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

use openapiv3::OpenAPI;
use progenitor::Generator;

use super::answer::{self, Answers};

/// progenitor recurses over schemas. An overflow of the stack would end the process, because nothing can catch it.
const STACK: usize = 256 * 1024 * 1024;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The types that progenitor decided, or the reason why it stopped.
pub(super) fn run(question: OpenAPI) -> Result<Answers, String> {
    quieten_panics();
    let work = move || {
        QUIET.set(true);
        panic::catch_unwind(AssertUnwindSafe(|| ask(&question)))
            .unwrap_or_else(|panic| Err(message(&*panic)))
    };
    let thread = thread::Builder::new()
        .name("progenitor".to_owned())
        .stack_size(STACK);
    let thread = thread
        .spawn(work)
        .map_err(|error| format!("its thread does not start: {error}"))?;
    thread.join().unwrap_or_else(|panic| Err(message(&*panic)))
}

fn ask(question: &OpenAPI) -> Result<Answers, String> {
    let mut generator = Generator::new(&answer::settings());
    // This fills the type space. The code is not used.
    generator
        .generate_tokens(question)
        .map_err(|error| error.to_string())?;
    answer::read(generator.get_type_space())
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without a message").to_owned()
}

/// A panic on progenitor's thread becomes a diagnostic and is not printed. Every other panic is printed as before.
fn quieten_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                previous(info);
            }
        }));
    });
}
