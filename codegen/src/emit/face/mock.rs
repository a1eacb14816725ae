//! The module `mock`: a server for tests. Its code is written by hand, in `codegen/mock/`; the table of the operations is generated.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::emit::types::Types;
use crate::examples::Example;
use crate::model::{
    Body, Integer, Media, Model, Operation, Parameter, ParameterPlace, SchemaIndex, Shape, Style,
    Type,
};
use crate::tree;

/// The code that every mock has.
const FILES: [(&str, &str); 7] = [
    ("check.rs", include_str!("../../../mock/check.rs")),
    ("mod.rs", include_str!("../../../mock/mod.rs")),
    ("operation.rs", include_str!("../../../mock/operation.rs")),
    ("request.rs", include_str!("../../../mock/request.rs")),
    ("respond.rs", include_str!("../../../mock/respond.rs")),
    ("route.rs", include_str!("../../../mock/route.rs")),
    ("serve.rs", include_str!("../../../mock/serve.rs")),
];

/// The files of the module. `features` has the feature of each operation that has one.
pub(super) fn files(
    model: &Model,
    examples: &[Example],
    features: &[String],
    header: &[&str],
) -> Vec<tree::File> {
    let files = FILES
        .iter()
        .map(|(path, text)| tree::File::new(format!("mock/{path}"), *text));
    let table = table(model, examples, features, header);
    files
        .chain([tree::File::new("mock/operations.rs", table)])
        .collect()
}

fn table(model: &Model, examples: &[Example], features: &[String], header: &[&str]) -> String {
    let writer = Writer {
        model,
        types: Types::new(model),
    };
    let rows: Vec<TokenStream> = model
        .operations
        .iter()
        .zip(examples)
        .enumerate()
        .map(|(index, (operation, example))| {
            let feature = features.get(index);
            let feature = feature.map(|feature| quote!(#[cfg(feature = #feature)]));
            let row = writer.row(operation, example);
            quote!(#feature #row)
        })
        .collect();
    let mut used = BTreeSet::new();
    for row in &rows {
        idents(row, &mut used);
    }
    let names = ["Body", "Form", "Kind", "Parameter", "Place", "json"];
    let names = names.into_iter().filter(|name| used.contains(*name));
    let names: Vec<_> = names
        .chain(["Operation"])
        .map(|name| format_ident!("{name}"))
        .collect();
    let types = used.contains("types").then(|| {
        quote!(
            use crate::generated::types;
        )
    });
    let allow = (!features.is_empty()).then(|| {
        quote!(#![allow(unused_imports, reason = "each is used by operations of some features")])
    });
    let code = quote! {
        #![doc = " What the API description says about its operations."]
        #allow
        #types
        use super::operation::{#(#names),*};
        /// The operations, in the order of the API description.
        pub(super) const OPERATIONS: &[Operation] = &[#(#rows),*];
    };
    tree::render(syn::parse2(code).expect("the quoted code is Rust"), header)
}

/// The identifiers in code, without those in strings.
fn idents(code: &TokenStream, found: &mut BTreeSet<String>) {
    for token in code.clone() {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Group(group) => idents(&group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

struct Writer<'m, 'd> {
    model: &'m Model<'d>,
    types: Types,
}

impl Writer<'_, '_> {
    fn row(&self, operation: &Operation, example: &Example) -> TokenStream {
        let Operation {
            id, method, path, ..
        } = operation;
        let pairs = operation.fixed_query.iter();
        let fixed_query = pairs.map(|(name, value)| quote!((#name, #value)));
        let parameters = operation.parameters.iter();
        let parameters = parameters.filter_map(|parameter| self.parameter(parameter));
        let security = operation.security.iter();
        let security = security.map(|schemes| quote!(&[#(#schemes),*]));
        let body = match &operation.multipart {
            Some((media_type, _)) => {
                let required = operation.parameters.iter();
                let required = required
                    .filter(|it| it.place == ParameterPlace::Part)
                    .any(|it| it.required);
                quote!(Some(Body { required: #required, media_type: #media_type, check: None }))
            }
            None => operation
                .body
                .as_ref()
                .map_or(quote!(None), |body| self.body(body)),
        };
        let status = example.status;
        let contents = example.contents.iter().map(|content| {
            let media_type = &content.media_type;
            let body = content.body.as_ref();
            let body = body.map_or(quote!(None), |body| quote!(Some(#body)));
            quote!((#media_type, #body))
        });
        quote! {
            Operation {
                id: #id,
                method: #method,
                path: #path,
                fixed_query: &[#(#fixed_query),*],
                parameters: &[#(#parameters),*],
                security: &[#(#security),*],
                body: #body,
                status: #status,
                contents: &[#(#contents),*],
            }
        }
    }

    fn body(&self, body: &Body) -> TokenStream {
        let Body {
            required,
            media_type,
            ..
        } = body;
        let check = if body.media == Media::Json {
            let ty = self.types.outside(body.typed.ty());
            quote!(Some(json::<#ty>))
        } else {
            quote!(None)
        };
        quote!(Some(Body { required: #required, media_type: #media_type, check: #check }))
    }

    /// `None` for a part of a body.
    fn parameter(&self, parameter: &Parameter) -> Option<TokenStream> {
        let place = match parameter.place {
            ParameterPlace::Path => "Path",
            ParameterPlace::Query => "Query",
            ParameterPlace::Header => "Header",
            ParameterPlace::Cookie => "Cookie",
            ParameterPlace::Part => return None,
        };
        let place = format_ident!("{place}");
        let ty = self.resolved(parameter.typed.ty());
        let (form, kind) = match (&parameter.style, ty) {
            (Style::Text, ty) => ("Named", self.kind(ty)),
            (Style::Exploded, Type::Vec(element)) => ("Named", self.kind(element)),
            (Style::Segments, _) => ("Segments", quote!(Kind::Any)),
            (Style::DeepObject, _) => ("Brackets", quote!(Kind::Any)),
            (Style::QueryString { .. } | Style::Exploded, _) => ("Members", quote!(Kind::Any)),
            (Style::Json | Style::Joined(_) | Style::Part(_), _) => ("Named", quote!(Kind::Any)),
        };
        let form = format_ident!("{form}");
        let Parameter { name, required, .. } = parameter;
        Some(quote! {
            Parameter {
                name: #name,
                place: Place::#place,
                required: #required,
                form: Form::#form,
                kind: #kind,
            }
        })
    }

    fn kind(&self, ty: &Type) -> TokenStream {
        match self.resolved(ty) {
            // A number of any size may have a fraction without digits: `1.0`.
            Type::Integer(Integer::AnySize) | Type::Number | Type::ExactNumber => {
                quote!(Kind::Number)
            }
            Type::Integer(_) => quote!(Kind::Integer),
            Type::Boolean => quote!(Kind::Boolean),
            Type::Date => quote!(Kind::Date),
            Type::Uuid => quote!(Kind::Uuid),
            Type::Named(index) => self.named(*index),
            _ => quote!(Kind::Any),
        }
    }

    fn named(&self, index: SchemaIndex) -> TokenStream {
        match &self.model.schemas[index].shape {
            Shape::StringEnum(values) if !values.is_empty() => {
                let values = values.iter().map(|it| &it.value);
                quote!(Kind::OneOf(&[#(#values),*]))
            }
            _ => quote!(Kind::Any),
        }
    }

    /// The type behind options, boxes and aliases.
    fn resolved<'t>(&'t self, ty: &'t Type) -> &'t Type {
        match self.types.resolved(ty) {
            Type::Option(inner) | Type::Box(inner) => self.types.resolved(inner),
            other => other,
        }
    }
}
