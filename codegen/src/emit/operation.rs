//! Operations: for each, a constant that describes it, the method that begins a request, and the type of the request.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote};

use super::parameter::{self, Argument, Goes};
use super::response::{self, Responses};
use super::support::Support;
use super::types::{Types, allow_complex};
use super::{docs, print};
use crate::model::{Model, NextPage, Operation, Paging, Requirement, Typed, code_span};

/// The code of one operation, as text.
pub(super) struct Rendered {
    /// The method of the client, in an implementation of its own.
    method: String,
    items: String,
    uses: BTreeSet<&'static str>,
    pub(super) support: Support,
}

/// The code of a module of operations: first the methods of the client, then the types of the requests.
pub(super) fn code(operations: Vec<Rendered>, is_split: bool) -> Vec<String> {
    if operations.is_empty() {
        return Vec::new();
    }
    let uses = operations.iter().flat_map(|operation| &operation.uses);
    let mut uses: BTreeSet<&str> = uses.copied().collect();
    let needs_types = uses.remove("types");
    let uses = uses.into_iter().map(|name| format_ident!("{name}"));
    let generated = if is_split {
        quote!(super::super)
    } else {
        quote!(super)
    };
    let types = needs_types.then(|| quote!(use #generated::types;));
    let uses = print(quote! {
        use #generated::Client;
        #types
        use crate::runtime::{#(#uses),*};
    });
    let methods = operations.iter().map(|operation| {
        let method = operation.method.strip_prefix(OPENING);
        let method = method.and_then(|method| method.strip_suffix(CLOSING));
        method.expect("a method is printed in an implementation")
    });
    let methods = [OPENING].into_iter().chain(methods).chain([CLOSING]);
    let methods = methods.collect();
    let items = operations.into_iter().map(|operation| operation.items);
    [uses, methods].into_iter().chain(items).collect()
}

/// The text around the methods of the client.
const OPENING: &str = "impl Client {\n";
const CLOSING: &str = "}\n";

impl Rendered {
    pub(super) fn new(operation: &Operation, types: &Types, model: &Model) -> Self {
        let mut support = Support::default();
        let parameters = operation.parameters.iter();
        let mut arguments: Vec<Argument> = parameters
            .map(|parameter| parameter::of_parameter(parameter, types, &mut support))
            .collect();
        let body = operation.body.iter();
        arguments.extend(body.map(|body| parameter::of_body(body, types, &mut support)));
        let is_multipart = arguments.iter().any(|argument| argument.goes == Goes::Part);
        let (required, optional): (Vec<_>, Vec<_>) = arguments
            .into_iter()
            .partition(|argument| argument.is_required);
        let success = response::successes(&operation.type_name, &operation.success, types);
        let errors = response::errors(&operation.type_name, &operation.errors, types);

        let writer = Writer {
            operation,
            name: format_ident!("{}", operation.type_name),
            constant: format_ident!("{}", operation.constant),
            is_multipart,
            types,
            usual: &model.usual_security,
            paging: operation.paging(model),
            complex: allow_complex(operation.typed().into_iter().map(Typed::ty)),
        };
        let method = writer.method(&required);
        let items = writer.items(&optional, &success, &errors);
        let mut uses: BTreeSet<_> = success.uses.iter().chain(&errors.uses).copied().collect();
        if names_types(&method) || names_types(&items) {
            uses.insert("types");
        }
        Self {
            method: print(quote!(impl Client { #method })),
            items: print(items),
            uses,
            support,
        }
    }
}

struct Writer<'o> {
    operation: &'o Operation<'o>,
    name: syn::Ident,
    constant: syn::Ident,
    is_multipart: bool,
    types: &'o Types,
    /// What most operations want: only what differs from it is written.
    usual: &'o Requirement,
    paging: Option<Paging<'o>>,
    /// The attribute that allows its complex types.
    complex: Option<TokenStream>,
}

impl Writer<'_> {
    /// The method of the client: it takes what is required and returns the request.
    fn method(&self, required: &[Argument]) -> TokenStream {
        let Self {
            operation,
            name,
            constant,
            ..
        } = self;
        let method = format_ident!("{}", operation.method_name);
        let call = code_span(&format!("{} {}", operation.method, operation.path));
        let mut text = docs::clean(&operation.prose);
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&call);
        let described: Vec<&Argument> = required
            .iter()
            .filter(|argument| argument.ident != argument.prose.trim_matches(['`', '.']))
            .collect();
        if !described.is_empty() {
            text.push('\n');
        }
        for argument in described {
            let label = format!("`{}`", argument.ident);
            text.push('\n');
            text.push_str(&docs::element(&label, &argument.prose));
        }
        let prose = docs::attributes(&text);
        let arguments = required
            .iter()
            .map(|Argument { ident, ty, .. }| quote!(#ident: #ty));
        let fixed = operation.fixed_query.iter().fold(
            quote!(self.service.request(&#constant)),
            |request, (key, value)| quote!(#request.query(#key, #value)),
        );
        let (parts, plain): (Vec<&Argument>, Vec<&Argument>) = required
            .iter()
            .partition(|argument| argument.goes == Goes::Part);
        let request = plain
            .into_iter()
            .fold(fixed, |request, argument| (argument.call)(request));
        let form = self.is_multipart.then(|| {
            let multipart = operation.multipart.as_ref();
            let subtype = multipart.and_then(|(media_type, names)| {
                let subtype = parameter::subtype(media_type)?;
                // Without names, the order says which part is which.
                Some(quote!(#subtype.order(&[#(#names),*])))
            });
            let form = quote!(crate::generated::support::Multipart::default() #subtype);
            let form = parts
                .into_iter()
                .fold(form, |form, argument| (argument.call)(form));
            quote!(, #form)
        });
        let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
        let has_body = required.iter().any(|argument| argument.goes == Goes::Body);
        let inline = has_body.then(|| quote!(#[inline]));
        let allow = (required.len() > 6).then(
            || quote!(#[allow(clippy::too_many_arguments, reason = "the API requires as many")]),
        );
        let complex = &self.complex;
        quote! {
            #prose
            #deprecated
            #allow
            #complex
            #inline
            pub fn #method(&self, #(#arguments),*) -> #name<'_> {
                #name(#request #form)
            }
        }
    }

    fn items(&self, optional: &[Argument], success: &Responses, errors: &Responses) -> TokenStream {
        let Self {
            operation,
            name,
            constant,
            ..
        } = self;
        let (id, path) = (&operation.id, &operation.path);
        let http_method = http_method(&operation.method);
        let accept = accept(operation);
        let method = format_ident!("{}", operation.method_name);
        let (reader, output) = (&success.reader, &success.output);
        let (error_reader, error) = (&errors.reader, &errors.output);
        let pages = self.paging.as_ref().map(|paging| self.pages(paging));
        let stream = operation.is_streamed().then(|| quote!(stream stream,));
        let events = operation.has_events.then(|| quote!(events events,));
        let items = operation
            .success
            .iter()
            .find_map(|it| it.items.as_ref())
            .map(|(media_type, typed)| {
                let item = self.types.outside(typed.ty());
                quote!(items items #media_type => #item,)
            });
        let security = (operation.security != *self.usual).then(|| {
            let alternatives = operation
                .security
                .iter()
                .map(|schemes| quote!([#(#schemes),*]));
            quote!(security [#(#alternatives),*],)
        });
        let form = self
            .is_multipart
            .then(|| quote!(form crate::generated::support::Multipart,));
        let setters = optional.iter().map(|argument| self.setter(argument));
        let complex = &self.complex;
        let setters = (!optional.is_empty()).then(|| {
            quote! {
                #complex
                impl #name<'_> {
                    #(#setters)*
                }
            }
        });
        let (success_item, error_item) = (&success.item, &errors.item);
        quote! {
            crate::runtime::operation! { #constant {
                id #id,
                #http_method #path,
                accept #accept,
                #security
                request #name by #method,
                success #reader => #output,
                error #error_reader => #error,
                #pages
                #stream
                #events
                #items
                #form
            } }
            #setters
            #success_item
            #error_item
        }
    }

    /// The line of the table that says how pages follow each other.
    fn pages(&self, paging: &Paging) -> TokenStream {
        let item = self.types.outside(paging.item);
        let items = paging.items.map(|field| format_ident!("{}", field.ident));
        let items = items.iter();
        let of_items = paging.items.map_or_else(String::new, |field| {
            format!(" The items of a page are in {}.", code_span(&field.name))
        });
        let (rule, about) = match paging.next {
            NextPage::Link => (
                quote!([link]),
                "The API description declares the header `Link` of the response: the page at its link `rel=\"next\"` follows."
                    .to_owned(),
            ),
            NextPage::Cursor { member, parameter } => {
                let ident = format_ident!("{}", member.ident);
                let (member, named) = (code_span(&member.name), code_span(parameter));
                (
                    quote!([#parameter #ident]),
                    format!(
                        "The member {member} of a page has the cursor of the next one, for the query parameter {named}; the last \
                         page has none."
                    ),
                )
            }
        };
        let about = format!(" {about}{of_items}");
        quote!(pages pages #about #rule [#(#items)*] => #item,)
    }

    fn setter(&self, argument: &Argument) -> TokenStream {
        let Argument {
            ident,
            setter,
            ty,
            call,
            prose,
            is_deprecated,
            goes,
            ..
        } = argument;
        let setter = format_ident!("{setter}");
        let prose = docs::attributes(prose);
        let deprecated = is_deprecated.then(|| quote!(#[deprecated]));
        let inline = (*goes == Goes::Body).then(|| quote!(#[inline]));
        let made = match (self.is_multipart, *goes == Goes::Part) {
            (false, _) => {
                let request = call(quote!(self.0));
                quote!(Self(#request))
            }
            (true, false) => {
                let request = call(quote!(self.0));
                quote!(Self(#request, self.1))
            }
            (true, true) => {
                let form = call(quote!(self.1));
                quote!(Self(self.0, #form))
            }
        };
        quote! {
            #prose
            #deprecated
            #inline
            pub fn #setter(self, #ident: #ty) -> Self {
                #made
            }
        }
    }
}

/// The name of the constant for a method; a literal for a method without one.
fn http_method(method: &str) -> TokenStream {
    const NAMED: [&str; 8] = [
        "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
    ];
    if NAMED.contains(&method) {
        format_ident!("{method}").to_token_stream()
    } else {
        quote!(#method)
    }
}

/// The media types of the responses, those of successes first.
fn accept(operation: &Operation) -> String {
    let mut media_types: Vec<String> = Vec::new();
    for response in operation.success.iter().chain(&operation.errors) {
        let media_type = match response.media_type.as_str() {
            text if text.contains('*') => text.to_owned(),
            text => parameter::header_text(text),
        };
        if response.content.is_some() && !media_types.contains(&media_type) {
            media_types.push(media_type);
        }
    }
    media_types.join(", ")
}

/// Whether code uses the module `types`.
fn names_types(code: &TokenStream) -> bool {
    code.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "types",
        TokenTree::Group(group) => names_types(&group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
