//! Runs the engine where neither its panics nor its recursion reach us.

use std::any::Any;
use std::cell::Cell;
use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use quote::ToTokens;
use serde_json::Value;

/// The engine recurses over schemas; an overflow of the stack would end the process, and no one can catch that.
const STACK: usize = 256 * 1024 * 1024;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The types of the fields of each struct, as text: tokens cannot leave the thread that they were made on.
pub(super) type Structs = HashMap<String, Vec<String>>;

/// The structs that the engine makes of a document, or what it said when it stopped.
pub(super) fn run(document: Value) -> Result<Structs, String> {
    quieten_panics();
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
    thread.join().unwrap_or_else(|panic| Err(message(&*panic)))
}

fn generate(document: Value) -> Result<Structs, String> {
    let document = serde_json::from_value(document).map_err(|error| error.to_string())?;
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Positional);
    let tokens = Generator::new(&settings)
        .generate_tokens(&document)
        .map_err(|error| error.to_string())?;
    let file: syn::File =
        syn::parse2(tokens).map_err(|error| format!("the engine's output is no Rust: {error}"))?;
    let structs = types_module(&file).iter().filter_map(|item| match item {
        syn::Item::Struct(item) => {
            let fields = item.fields.iter();
            let fields = fields.map(|field| field.ty.to_token_stream().to_string());
            Some((item.ident.to_string(), fields.collect()))
        }
        _ => None,
    });
    Ok(structs.collect())
}

fn types_module(file: &syn::File) -> &[syn::Item] {
    file.items
        .iter()
        .find_map(|item| match item {
            syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
            _ => None,
        })
        .map_or(&[], |(_, items)| items)
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
