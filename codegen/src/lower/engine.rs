//! Runs the engine where neither its panics nor its recursion reach us.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::Value;

/// The engine recurses over schemas; an overflow of the stack would end the process, and no one can catch that.
const STACK: usize = 256 * 1024 * 1024;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The engine's output for a document, or what it said when it stopped.
pub(super) fn run(document: Value) -> Result<syn::File, String> {
    quieten_panics();
    // Tokens cannot leave the thread that they were made on, so the answer is text on its way.
    let work = move || {
        QUIET.set(true);
        panic::catch_unwind(AssertUnwindSafe(|| generate(document)))
            .unwrap_or_else(|panic| Err(message(&*panic)))
    };
    let thread = thread::Builder::new()
        .name("progenitor".to_owned())
        .stack_size(STACK);
    let thread = thread
        .spawn(work)
        .map_err(|error| format!("no thread for the engine: {error}"))?;
    let text = thread
        .join()
        .unwrap_or_else(|panic| Err(message(&*panic)))?;
    syn::parse_file(&text).map_err(|error| format!("the engine's output is no Rust: {error}"))
}

fn generate(document: Value) -> Result<String, String> {
    let document = serde_json::from_value(document).map_err(|error| error.to_string())?;
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Positional);
    let tokens = Generator::new(&settings)
        .generate_tokens(&document)
        .map_err(|error| error.to_string())?;
    Ok(tokens.to_string())
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without a message").to_owned()
}

/// Panics on the engine's thread are told as diagnostics; every other panic is printed as before.
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
