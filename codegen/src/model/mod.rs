//! The contents of a normalized document as plain data: component schemas and operations with their Rust names.
//!
//! It reads the result of `normalize`. The later steps, `types` and `emit`, read only the model and not the document.

mod body;
mod components;
mod constraints;
mod depth;
mod ledger;
mod names;
mod naming;
mod node;
mod operation;
mod paging;
mod parameter;
mod response;
mod rust_type;
mod schema;
mod security;
mod server;
mod uses;

use std::sync::OnceLock;

pub(crate) use body::{Body, Encoding, FieldEncoding, Media, PartStyle};
use components::Components;
pub(crate) use constraints::code_span;
pub(crate) use ledger::{Ledger, Lost, Origins};
pub(crate) use names::{type_name, value_name};
pub(crate) use node::Node;
pub(crate) use operation::Operation;
pub(crate) use paging::{NextPage, Paging};
pub(crate) use parameter::{Parameter, ParameterPlace, Style};
pub(crate) use response::{Response, Statuses};
pub(crate) use rust_type::{Integer, SchemaIndex, Type};
pub(crate) use schema::{EnumValue, Field, Object, Schema, Shape, Union};
pub(crate) use security::{Requirement, Scheme, SchemeKind};
pub(crate) use server::{Server, Variable};

use crate::normalize::normal_form::NormalForm;
use crate::pointer::Pointer;

/// A document.
#[derive(Debug)]
pub(crate) struct Model<'d> {
    /// `info.title`.
    pub(crate) title: String,
    /// `info.version`.
    pub(crate) version: String,
    /// The servers, in the order of the document.
    pub(crate) servers: Vec<Server>,
    /// The security schemes, in the order of the document.
    pub(crate) schemes: Vec<Scheme>,
    /// The credentials that most operations want.
    pub(crate) usual_security: Requirement,
    /// The component schemas, in the order of the document.
    pub(crate) schemas: Vec<Schema<'d>>,
    /// The operations, in the order of the document.
    pub(crate) operations: Vec<Operation<'d>>,
}

/// A part of the document that has a Rust type.
#[derive(Clone, Debug)]
pub(crate) struct Typed<'d> {
    /// Its place in the normalized document.
    pub(crate) place: Pointer,
    pub(crate) node: Node<'d>,
    /// Whether `null` is excluded, even if the schema allows it: parameters and forms leave out values that are not set.
    pub(crate) is_without_null: bool,
    ty: OnceLock<Type>,
}

impl<'d> Typed<'d> {
    /// A part whose type is still to be decided.
    fn new(place: Pointer, node: impl Into<Node<'d>>) -> Self {
        Self {
            place,
            node: node.into(),
            is_without_null: false,
            ty: OnceLock::new(),
        }
    }

    /// The same part in a place that excludes `null`.
    fn without_null(mut self) -> Self {
        self.is_without_null = true;
        self
    }

    /// Its Rust type.
    pub(crate) fn ty(&self) -> &Type {
        self.ty.get().unwrap_or(&Type::Any)
    }

    /// Sets its type. Only the first call has an effect.
    pub(crate) fn decide(&self, ty: Type) {
        self.ty.get_or_init(|| ty);
    }
}

impl<'d> Model<'d> {
    /// Reads a normalized document. Its items get names in the ledger.
    pub(crate) fn read(form: &'d NormalForm<'d>, ledger: &mut Ledger) -> Self {
        let document = &form.document;
        let mut schemas = schema::read_all(form);
        naming::spell(&schemas, ledger);
        let components = Components::new(&schemas);
        let security = security::read_all(document, &form.supplement);
        let operations = operation::read_all(form, &components, &security, ledger);
        naming::name_schemas(&mut schemas, &operations, form, ledger);
        let sent = uses::sent(&operations, &schemas);
        let received = uses::received(&operations, &schemas);
        for (index, schema) in schemas.iter_mut().enumerate() {
            schema.is_sent = sent.contains(&index);
            schema.is_only_received = !schema.is_sent && received.contains(&index);
            naming::name_setters(schema, ledger);
        }
        Self {
            title: document.info.title.clone(),
            version: document.info.version.clone(),
            servers: server::read_all(&document.servers),
            usual_security: security::usual(operations.iter().map(|it| &it.security)),
            schemes: security,
            operations,
            schemas,
        }
    }

    /// Every part that has a Rust type.
    pub(crate) fn typed(&self) -> impl Iterator<Item = &Typed<'d>> {
        self.typed_by_schema().map(|(_, typed)| typed)
    }

    /// Every part that has a Rust type, and the schema that it belongs to.
    pub(crate) fn typed_by_schema(
        &self,
    ) -> impl Iterator<Item = (Option<SchemaIndex>, &Typed<'d>)> {
        let schemas = self.schemas.iter().enumerate().flat_map(|(index, schema)| {
            let typed = schema.typed().into_iter();
            typed.map(move |typed| (Some(index), typed))
        });
        let operations = self.operations.iter().flat_map(Operation::typed);
        schemas.chain(operations.map(|typed| (None, typed)))
    }
}

/// Title and description, as one Markdown text.
fn prose(title: Option<&str>, description: Option<&str>) -> String {
    let title = title.unwrap_or_default().trim();
    let description = description.unwrap_or_default().trim();
    if description.is_empty() || title.is_empty() || description.starts_with(title) {
        return if description.is_empty() {
            title
        } else {
            description
        }
        .to_owned();
    }
    format!("{title}\n\n{description}")
}

/// The title and description of a schema, in Markdown.
fn prose_of(node: Node) -> String {
    let data = node.data();
    let title = data.and_then(|data| data.title.as_deref());
    prose(title, data.and_then(|data| data.description.as_deref()))
}
