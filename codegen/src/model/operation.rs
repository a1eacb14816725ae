//! Operations: their parameters, request bodies and responses, and their names in Rust.

use super::body::{Body, Media};
use super::components::Components;
use super::ledger::Ledger;
use super::ledger::operations::OperationNames;
use super::naming;
use super::parameter::Parameter;
use super::response::Response;
use super::security::{Requirement, Scheme, requirement};
use super::{Typed, prose};
use crate::normalize::normal_form::NormalForm;
use crate::openapi::methods;
use crate::pointer::Pointer;

/// One operation.
#[derive(Debug)]
pub(crate) struct Operation<'d> {
    /// Its place in the normalized document.
    pub(crate) place: Pointer,
    /// Its `operationId`.
    pub(crate) id: String,
    /// The type of the request. The names of the responses begin with it.
    pub(crate) type_name: String,
    pub(crate) method_name: String,
    pub(crate) constant: String,
    /// The HTTP method, in capitals.
    pub(crate) method: String,
    /// The path with `{name}` for each path parameter.
    pub(crate) path: String,
    /// The fixed query in the path of the document.
    pub(crate) fixed_query: Vec<(String, String)>,
    pub(crate) prose: String,
    pub(crate) tag: Option<String>,
    pub(crate) deprecated: bool,
    /// The parameters and the parts of a multipart body: first the required ones, each group in the order of the document.
    pub(crate) parameters: Vec<Parameter<'d>>,
    pub(crate) body: Option<Body<'d>>,
    /// The media type and the names of the parts in the order of the document, if the parts are parameters.
    pub(crate) multipart: Option<(String, Vec<String>)>,
    pub(crate) success: Vec<Response<'d>>,
    pub(crate) errors: Vec<Response<'d>>,
    /// Whether a success may be an event stream.
    pub(crate) has_events: bool,
    /// The credentials that it wants.
    pub(crate) security: Requirement,
}

impl<'d> Operation<'d> {
    /// Whether the body of a success may be read as it arrives: it is bytes or text.
    pub(crate) fn is_streamed(&self) -> bool {
        self.success.iter().any(|response| {
            let media = response.content.as_ref().map(|(media, _)| *media);
            matches!(media, Some(Media::Binary | Media::Text))
        })
    }

    /// Every part that has a Rust type, in a fixed order: parameters, body, responses.
    pub(crate) fn typed(&self) -> Vec<&Typed<'d>> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.typed);
        parameters.chain(self.bodies()).collect()
    }

    /// The body of the request and those of the responses.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = &Typed<'d>> {
        let body = self.body.iter().map(|body| &body.typed);
        let responses = self.success.iter().chain(&self.errors);
        body.chain(responses.flat_map(Response::typed))
    }
}

pub(super) fn read_all<'d>(
    form: &'d NormalForm<'d>,
    components: &Components<'_, 'd>,
    schemes: &[Scheme],
    ledger: &mut Ledger,
) -> Vec<Operation<'d>> {
    let names = naming::name_operations(form, ledger);
    let operations = form.supplement.operations.iter().zip(names);
    operations
        .map(|((path, method, node), names)| {
            let reader = Reader {
                node,
                place: Pointer::from_tokens(["paths", path, method]),
                components,
                schemes,
                form,
            };
            reader.read(path, method, names, ledger)
        })
        .collect()
}

/// Reads one operation; each of its parts has a file.
pub(super) struct Reader<'r, 'd> {
    pub(super) node: &'d openapiv3::Operation,
    pub(super) place: Pointer,
    pub(super) components: &'r Components<'r, 'd>,
    pub(super) schemes: &'r [Scheme],
    pub(super) form: &'d NormalForm<'d>,
}

impl<'d> Reader<'_, 'd> {
    fn read(
        &self,
        path: &str,
        method: &str,
        names: OperationNames,
        ledger: &mut Ledger,
    ) -> Operation<'d> {
        let node = self.node;
        let fact = self.form.facts.of(&self.place);
        let id = node.operation_id.clone().unwrap_or_default();
        let body = self.body();
        let mut parameters = self.parameters();
        let mut multipart = None;
        let body = match body {
            Some(body) if body.media == Media::Multipart => {
                let parts = self.parts(&body);
                // The caller builds a form whose parts are not declared.
                let is_listed = !parts.is_empty();
                let names = parts.iter().filter(|part| part.is_part());
                let names = names.map(|part| part.name.clone()).collect();
                multipart = is_listed.then(|| (body.media_type.clone(), names));
                parameters.extend(parts);
                (!is_listed).then_some(body)
            }
            other => other,
        };
        naming::name_arguments(&mut parameters, body.as_ref(), &names.owner, ledger);
        parameters.sort_by_key(|parameter| !parameter.required);
        let (success, errors) = self.responses();
        let has_events = success.iter().any(|response| response.is_event_stream);
        let inherited = self.form.document.security.as_ref();
        let security = node.security.as_ref().or(inherited);
        let security = security.map_or_else(Vec::new, |it| requirement(it, self.schemes));
        let mut operation = Operation {
            place: self.place.clone(),
            type_name: names.request,
            method_name: names.method,
            constant: names.constant,
            method: methods::sent(method),
            path: fact.sent_path.as_deref().unwrap_or(path).to_owned(),
            fixed_query: fact.fixed_query.clone(),
            prose: prose(node.summary.as_deref(), node.description.as_deref()),
            tag: node.tags.first().cloned(),
            deprecated: node.deprecated,
            parameters,
            body,
            multipart,
            success,
            errors,
            has_events,
            security,
            id,
        };
        naming::name_argument_setters(&mut operation, &names.owner, ledger);
        operation
    }
}
