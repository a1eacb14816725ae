//! Operations: their parameters, request bodies and responses, and their names in Rust.

use super::body::{Body, Media};
use super::components::Components;
use super::names::{self, Scope};
use super::parameter::Parameter;
use super::response::Response;
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
}

impl<'d> Operation<'d> {
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
) -> Vec<Operation<'d>> {
    let mut scopes = Scopes {
        types: Scope::with(IMPORTED.iter().copied()),
        methods: Scope::with(["new", "clone", "fmt"]),
    };
    let operations = form.supplement.operations.iter();
    operations
        .map(|(path, method, node)| {
            let reader = Reader {
                node,
                place: Pointer::from_tokens(["paths", path, method]),
                components,
                form,
            };
            reader.read(path, method, &mut scopes)
        })
        .collect()
}

/// What the modules of operations may import.
const IMPORTED: &[&str] = &[
    "Binary",
    "Bytes",
    "Client",
    "Decode",
    "DecodeError",
    "Notes",
    "Empty",
    "Error",
    "Json",
    "Method",
    "Operation",
    "Reply",
    "Request",
    "Response",
    "Text",
];

struct Scopes {
    /// The types of requests and the constants, together: a type of one letter has the same name as its constant.
    types: Scope,
    methods: Scope,
}

/// Reads one operation; each of its parts has a file.
pub(super) struct Reader<'r, 'd> {
    pub(super) node: &'d openapiv3::Operation,
    pub(super) place: Pointer,
    pub(super) components: &'r Components<'r, 'd>,
    pub(super) form: &'d NormalForm<'d>,
}

impl<'d> Reader<'_, 'd> {
    fn read(&self, path: &str, method: &str, scopes: &mut Scopes) -> Operation<'d> {
        let node = self.node;
        let fact = self.form.facts.of(&self.place);
        let id = node.operation_id.clone().unwrap_or_default();
        let body = self.body();
        let mut scope = Scope::with(["body", "send", "clone", "self_", "types"]);
        if body.as_ref().is_some_and(Body::is_range) {
            scope.claim("content_type");
        }
        let mut parameters = self.parameters(&mut scope);
        let mut multipart = None;
        let body = match body {
            Some(body) if body.media == Media::Multipart => {
                let parts = self.parts(&body, &mut scope);
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
        parameters.sort_by_key(|parameter| !parameter.required);
        let (success, errors) = self.responses();
        let has_events = success.iter().any(|response| response.is_event_stream);
        let mut setters = Scope::with(["send"]);
        if has_events {
            setters.claim("events");
        }
        if success.iter().any(|response| response.items.is_some()) {
            setters.claim("items");
        }
        for parameter in parameters.iter_mut().filter(|it| !it.required) {
            parameter.setter = setters.claim(&names::setter_name(&parameter.ident));
        }
        let type_name = claim_type(&id, &mut scopes.types);
        let method_name = scopes.methods.claim(&names::value_name(&id));
        Operation {
            place: self.place.clone(),
            constant: scopes.types.claim(&names::constant_name(&type_name)),
            type_name,
            method_name,
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
            id,
        }
    }
}

/// The type of a request: for `X`, the names `XResponse` and `XError` are reserved for the responses.
fn claim_type(id: &str, scope: &mut Scope) -> String {
    let wanted = names::type_name(id);
    let companions = |name: &str| [format!("{name}Response"), format!("{name}Error")];
    let is_free =
        |name: &str| !scope.has(name) && companions(name).iter().all(|name| !scope.has(name));
    let name = std::iter::once(wanted.clone())
        .chain((2..=u32::MAX).map(|number| format!("{wanted}{number}")))
        .find(|name| is_free(name))
        .expect("a finite scope leaves a number free");
    for companion in companions(&name) {
        scope.claim(&companion);
    }
    scope.claim(&name)
}
