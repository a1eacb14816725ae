//! The root module: the client. The modules of the operations add its methods.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Module, docs, print};
use crate::model::{Model, code_span};
use crate::pointer::Pointer;

pub(super) fn module(model: &Model, has_support: bool) -> Module {
    let title = model.title.replace(['\n', '\r'], " ");
    let title = if title.trim().is_empty() {
        "the API".to_owned()
    } else {
        docs::inline(&title)
    };
    let about = match model.version.trim() {
        "" => format!("{title}."),
        version => format!("{title}, version {}.", spoken(version)),
    };
    let client = docs::attributes(&format!("A client of {title}."));
    let access = access(model);
    let support = has_support.then(|| {
        quote!(
            pub mod support;
        )
    });
    let unused = model
        .operations
        .is_empty()
        .then(|| quote!(#[allow(dead_code, reason = "the API description has no operations")]));
    let body = quote! {
        pub mod operations;
        #support
        pub mod types;
        use crate::runtime::Service;
        #client
        ///
        /// Each method begins the request of one operation; its method `send` sends the request.
        #access
        #[derive(Clone, Debug)]
        pub struct Client {
            #unused
            service: Service,
        }
        impl Client {
            /// A client that sends its requests to `service`.
            pub fn from_service(service: Service) -> Self {
                Self { service }
            }
        }
    };
    Module {
        path: "mod.rs".to_owned(),
        sources: sources(),
        about,
        code: vec![print(body)],
        tags: None,
    }
}

/// A version as people write it, or else as code.
fn spoken(version: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || ". +-".contains(character);
    if version.chars().all(is_plain) {
        version.to_owned()
    } else {
        code_span(version)
    }
}

/// The parts of the document that the root module is made from.
fn sources() -> Vec<Pointer> {
    vec![
        Pointer::from_tokens(["info"]),
        Pointer::from_tokens(["servers"]),
        Pointer::from_tokens(["components", "securitySchemes"]),
    ]
}

/// The documentation of the base URLs and of the security schemes.
fn access(model: &Model) -> TokenStream {
    let mut text = String::new();
    if !model.servers.is_empty() {
        text.push_str("\nThe API description declares these base URLs:\n");
        for server in &model.servers {
            let _ = write!(text, "\n- {}", server.describe());
        }
        text.push('\n');
    }
    if !model.schemes.is_empty() {
        text.push_str("\nThe transport must add the credentials. The API description declares these security schemes:\n");
        for scheme in &model.schemes {
            let _ = write!(text, "\n- {}", scheme.describe());
        }
    }
    docs::attributes(text.trim_end())
}
