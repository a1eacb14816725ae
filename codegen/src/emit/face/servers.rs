//! The module `servers`: the servers of the document and their variables.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::docs;
use crate::model::{Model, Server, Variable, code_span};
use crate::tree;

/// The code of the module; none if there is nothing to choose.
pub(super) fn module(model: &Model) -> Option<TokenStream> {
    match model.servers.as_slice() {
        [] => None,
        [server] if server.variables.is_empty() => None,
        [server] => {
            let mut server = server.clone();
            "Server".clone_into(&mut server.name);
            Some(structure(&server))
        }
        servers => Some(several(servers)),
    }
}

pub(super) fn text(code: &TokenStream, header: &[&str]) -> String {
    let code = quote! {
        #![doc = " The servers that the API description names."]
        #code
    };
    tree::render(syn::parse2(code).expect("the quoted code is Rust"), header)
}

fn several(servers: &[Server]) -> TokenStream {
    let names: Vec<_> = servers
        .iter()
        .map(|server| format_ident!("{}", server.name))
        .collect();
    let variants = servers.iter().zip(&names).map(|(server, name)| {
        let text = docs::attributes(&about(server));
        let inner = (!server.variables.is_empty()).then(|| quote!((#name)));
        quote!(#text #name #inner)
    });
    let urls = servers.iter().zip(&names).map(|(server, name)| {
        let url = &server.url;
        if server.variables.is_empty() {
            quote!(Self::#name => #url.to_owned())
        } else {
            quote!(Self::#name(server) => server.url())
        }
    });
    let of_variables = servers.iter().filter(|server| !server.variables.is_empty());
    let structures = of_variables.clone().map(structure);
    let conversions = of_variables.map(|server| {
        let name = format_ident!("{}", server.name);
        quote! {
            impl From<#name> for Server {
                fn from(server: #name) -> Self {
                    Self::#name(server)
                }
            }
        }
    });
    quote! {
        /// A server of the API.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Server {
            #(#variants,)*
        }
        impl Server {
            /// Its URL. It may be relative to the URL of the API description.
            pub fn url(&self) -> String {
                match self {
                    #(#urls,)*
                }
            }
        }
        #(#structures)*
        #(#conversions)*
    }
}

fn about(server: &Server) -> String {
    let url = code_span(&server.url);
    match docs::clean(&server.prose).as_str() {
        "" => url,
        prose => format!("{url}\n\n{prose}"),
    }
}

/// The type of a server that has variables.
fn structure(server: &Server) -> TokenStream {
    let name = format_ident!("{}", server.name);
    let text = docs::attributes(&format!(
        "{}\n\nThe variables of the URL have their defaults until they are set.",
        about(server)
    ));
    let variables: Vec<Rendered> = server
        .variables
        .iter()
        .map(|it| Rendered::new(server, it))
        .collect();
    let fields = variables.iter().map(|it| {
        let (field, ty) = (&it.field, &it.ty);
        quote!(#field: #ty)
    });
    let defaults = variables.iter().map(|it| {
        let (field, default) = (&it.field, &it.default);
        quote!(#field: #default)
    });
    let setters = variables.iter().map(|it| &it.setter);
    let types = variables.iter().filter_map(|it| it.enumeration.as_ref());
    let parts = parts(server);
    quote! {
        #text
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct #name {
            #(#fields,)*
        }
        impl Default for #name {
            fn default() -> Self {
                Self { #(#defaults,)* }
            }
        }
        impl #name {
            /// The server with the defaults of its variables.
            pub fn new() -> Self {
                Self::default()
            }
            #(#setters)*
            /// Its URL. It may be relative to the URL of the API description.
            pub fn url(&self) -> String {
                [#(#parts),*].concat()
            }
        }
        #(#types)*
    }
}

/// The parts of the URL template: texts, and expressions for the variables.
fn parts(server: &Server) -> Vec<TokenStream> {
    let mut parts = Vec::new();
    let mut rest = server.url.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            parts.push(quote!(#before));
        }
        let variable = server.variables.iter().find(|it| it.name == name);
        let text = format!("{{{name}}}");
        parts.push(variable.map_or(quote!(#text), |variable| {
            let field = format_ident!("{}", variable.setter);
            quote!(self.#field.as_str())
        }));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(quote!(#rest));
    }
    parts
}

/// The code of a variable.
struct Rendered {
    field: syn::Ident,
    ty: TokenStream,
    default: TokenStream,
    setter: TokenStream,
    enumeration: Option<TokenStream>,
}

impl Rendered {
    fn new(server: &Server, variable: &Variable) -> Self {
        let field = format_ident!("{}", variable.setter);
        let mut text = format!("Sets the variable {}.", code_span(&variable.name));
        let prose = docs::clean(&variable.prose);
        if !prose.is_empty() {
            text.push_str("\n\n");
            text.push_str(&prose);
        }
        if !variable.default.is_empty() {
            text.push_str("\n\nThe default is ");
            text.push_str(&code_span(&variable.default));
            text.push('.');
        }
        let text = docs::attributes(&text);
        // Of one variable only, the rest of the others does not exist.
        let others = (server.variables.len() > 1).then(|| quote!(, ..self));
        if variable.values.is_empty() {
            let default = &variable.default;
            return Self {
                ty: quote!(String),
                default: if default.is_empty() {
                    quote!(String::new())
                } else {
                    quote!(#default.to_owned())
                },
                setter: quote! {
                    #text
                    pub fn #field(self, #field: impl Into<String>) -> Self {
                        Self { #field: #field.into() #others }
                    }
                },
                enumeration: None,
                field,
            };
        }
        let ty = format_ident!("{}{}", server.name, crate::model::type_name(&variable.name));
        let variants = variable
            .values
            .iter()
            .map(|(_, variant)| format_ident!("{variant}"));
        let variants: Vec<_> = variants.collect();
        let values: Vec<&str> = variable
            .values
            .iter()
            .map(|(value, _)| value.as_str())
            .collect();
        let index = values.iter().position(|value| *value == variable.default);
        let default = &variants[index.unwrap_or_default()];
        let about = values
            .iter()
            .map(|value| docs::attributes(&code_span(value)));
        let about_type = docs::attributes(&format!(
            "The values of the variable {} of [`{}`].",
            code_span(&variable.name),
            server.name
        ));
        Self {
            ty: quote!(#ty),
            default: quote!(#ty::#default),
            setter: quote! {
                #text
                pub fn #field(self, #field: #ty) -> Self {
                    Self { #field #others }
                }
            },
            enumeration: Some(quote! {
                #about_type
                #[derive(Clone, Copy, Debug, PartialEq, Eq)]
                #[non_exhaustive]
                pub enum #ty {
                    #(#about #variants,)*
                }
                impl #ty {
                    /// The value as it stands in the URL.
                    pub fn as_str(self) -> &'static str {
                        match self {
                            #(Self::#variants => #values,)*
                        }
                    }
                }
            }),
            field,
        }
    }
}
