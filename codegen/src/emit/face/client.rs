//! The module `client`: makes a client for the document's server, with credentials for its security schemes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::docs;
use crate::model::{Model, Requirement, Scheme, SchemeKind, Server, code_span};
use crate::tree;

pub(super) fn module(model: &Model, has_servers: bool, header: &[&str]) -> String {
    let server = model.servers.first().map(Server::usual);
    let constant = description(model, server.as_deref());
    let new = server.as_deref().filter(|url| is_absolute(url)).map(|url| {
        let text = format!(
            "A client of {} with the usual settings. It has no credentials: an operation that needs some is not sent, and the error \
             names the scheme.\n\n# Errors\n\nReturns a [`BuildError`] if the HTTP client cannot be set up.",
            code_span(url)
        );
        let text = docs::attributes(&text);
        quote! {
            #text
            pub fn new() -> Result<Self, BuildError> {
                Self::builder().build()
            }
        }
    });
    let base = match server.as_deref() {
        None => {
            "The API description names no server, so set one with [`Builder::base_url`].".to_owned()
        }
        Some(url) if is_absolute(url) => {
            format!("Unless another is set, the server is {}.", code_span(url))
        }
        Some(url) => format!(
            "The server of the API description is {}, which is relative: set the URL that it is relative to with \
             [`Builder::base_url`].",
            code_span(url)
        ),
    };
    let about_builder = docs::attributes(&format!("Starts to build a client. {base}"));
    let set_server = has_servers.then(|| {
        quote! {
            /// Sets the server, with the values of its variables. [`base_url`](Self::base_url) replaces it.
            pub fn server(self, server: impl Into<Server>) -> Self {
                self.server_url(server.into().url())
            }
        }
    });
    let use_server = has_servers.then(|| {
        quote!(
            use crate::servers::Server;
        )
    });
    let setters = model.schemes.iter().map(setter);
    let use_scheme = (!model.schemes.is_empty()).then(|| quote!(Scheme, SchemeKind,));
    let has_tokens = model.schemes.iter().any(is_token);
    let use_token = has_tokens.then(|| {
        quote!(
            use crate::runtime::Token;
        )
    });
    let has_secrets = model
        .schemes
        .iter()
        .any(|scheme| !is_of_connection(scheme) && !is_token(scheme));
    let use_secret = has_secrets.then(|| {
        quote!(
            use secrecy::SecretString;
        )
    });
    let about =
        "Makes a [`Client`]: for which server, with which credentials, with which settings.";
    let about = [format!(" {about}")];
    let code = quote! {
        #(#![doc = #about])*
        #use_secret
        use crate::generated::Client;
        use crate::runtime::{BuildError, Builder, Description, #use_scheme Transport};
        #use_token
        #use_server
        #constant
        impl Client {
            #new
            #about_builder
            pub fn builder() -> Builder {
                Builder::new(DESCRIPTION)
            }
        }
        /// Settings that this API has.
        impl Builder {
            #set_server
            #(#setters)*
            /// Builds the client. Nothing is sent yet.
            ///
            /// # Errors
            ///
            /// Returns a [`BuildError`] if there is no usable base URL, if credentials cannot be sent, or if the HTTP client cannot
            /// be set up.
            pub fn build(self) -> Result<Client, BuildError> {
                self.service().map(Client::from_service)
            }
            /// As [`build`](Self::build), with a transport that you implement, or that wraps [`Http`](crate::runtime::Http): for tests.
            ///
            /// # Errors
            ///
            /// Those of [`build`](Self::build).
            pub fn build_over(self, transport: impl Transport) -> Result<Client, BuildError> {
                self.service_over(transport).map(Client::from_service)
            }
        }
    };
    let file = syn::parse2(code).expect("the quoted code is Rust");
    tree::render(file, header)
}

/// The constant that says what the document does.
fn description(model: &Model, server: Option<&str>) -> TokenStream {
    let server = server.map_or(quote!(None), |url| quote!(Some(#url)));
    let schemes = model.schemes.iter().map(|scheme| {
        let (name, setter) = (&scheme.name, &scheme.setter);
        let kind = kind(&scheme.kind);
        quote!(Scheme::new(#name, #kind, #setter))
    });
    let usual = alternatives(&model.usual_security);
    quote! {
        /// What the API description says about its servers and credentials.
        pub const DESCRIPTION: Description = Description::new(
            #server,
            &[#(#schemes),*],
            &#usual,
            concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        );
    }
}

/// The alternatives of a requirement, as an array of references.
fn alternatives(requirement: &Requirement) -> TokenStream {
    let alternatives = requirement.iter().map(|schemes| quote!(&[#(#schemes),*]));
    quote!([#(#alternatives),*])
}

fn kind(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::Basic => quote!(SchemeKind::Basic),
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            quote!(SchemeKind::Bearer)
        }
        SchemeKind::Http(scheme) => quote!(SchemeKind::Http(#scheme)),
        SchemeKind::Unknown(_) => quote!(SchemeKind::Header("authorization")),
        SchemeKind::Header(name) => quote!(SchemeKind::Header(#name)),
        SchemeKind::Query(name) => quote!(SchemeKind::Query(#name)),
        SchemeKind::Cookie(name) => quote!(SchemeKind::Cookie(#name)),
        SchemeKind::MutualTls => quote!(SchemeKind::Connection),
    }
}

fn is_token(scheme: &Scheme) -> bool {
    matches!(
        scheme.kind,
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect
    )
}

fn is_of_connection(scheme: &Scheme) -> bool {
    scheme.kind == SchemeKind::MutualTls
}

/// The method of the builder that takes the credentials of a scheme.
fn setter(scheme: &Scheme) -> TokenStream {
    let name = &scheme.name;
    let setter = format_ident!("{}", scheme.setter);
    let mut text = format!("Sets the credentials of {}.", scheme.describe());
    let prose = docs::clean(&scheme.prose);
    if !prose.is_empty() {
        text.push_str("\n\n");
        text.push_str(&prose);
    }
    match scheme.kind {
        SchemeKind::MutualTls => quote!(),
        SchemeKind::Basic => {
            let text = docs::attributes(&text);
            quote! {
                #text
                pub fn #setter(self, user: impl AsRef<str>, password: impl Into<SecretString>) -> Self {
                    self.with_basic(#name, user, password)
                }
            }
        }
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            text.push_str(
                "\n\nIt is one token, or [`Tokens`](crate::runtime::Tokens) that are renewed when they expire.",
            );
            let text = docs::attributes(&text);
            quote! {
                #text
                pub fn #setter(self, token: impl Into<Token>) -> Self {
                    self.with_token(#name, token)
                }
            }
        }
        _ => {
            let text = docs::attributes(&text);
            quote! {
                #text
                pub fn #setter(self, secret: impl Into<SecretString>) -> Self {
                    self.with_secret(#name, secret)
                }
            }
        }
    }
}

/// Whether a URL begins with a scheme.
pub(super) fn is_absolute(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|it| {
        it.starts_with(|first: char| first.is_ascii_alphabetic())
            && it
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it))
    })
}
