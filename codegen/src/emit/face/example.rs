//! The example in the documentation of a crate: this document's server, credentials and first operation.

use crate::model::{
    Integer, Model, Operation, ParameterPlace, Scheme, SchemeKind, Server, Type, code_span,
};

/// The lines of an example, which compiles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    /// The URL of the server, if the client knows it.
    pub(crate) server: Option<String>,
    /// The calls of the builder, e.g. `.api_key("a-key")`.
    pub(crate) settings: Vec<String>,
    /// The call of an operation, e.g. `get_pet("id")`; `None` if no operation can be called with plain values.
    pub(crate) call: Option<String>,
    /// The schemes and the operations without them, in a sentence.
    pub(crate) about: String,
}

impl Example {
    pub(super) fn of(model: &Model) -> Self {
        let server = model.servers.first().map(Server::usual);
        let mut settings = Vec::new();
        let server = server.filter(|url| super::client::is_absolute(url));
        if server.is_none() {
            settings.push(".base_url(\"https://api.example.com\")".to_owned());
        }
        // The usual credentials, or those of the operation that is called.
        let operation = first(model);
        let wanted = operation.map_or(&model.usual_security, |operation| &operation.security);
        let wanted = wanted.iter().find(|schemes| !schemes.is_empty());
        let wanted = wanted.map(Vec::as_slice).unwrap_or_default();
        let schemes = wanted
            .iter()
            .filter_map(|name| model.schemes.iter().find(|scheme| scheme.name == *name));
        settings.extend(schemes.filter_map(setting));
        Self {
            server,
            settings,
            call: operation.map(call),
            about: about(model),
        }
    }
}

fn setting(scheme: &Scheme) -> Option<String> {
    let setter = &scheme.setter;
    match scheme.kind {
        SchemeKind::MutualTls => None,
        SchemeKind::Basic => Some(format!(
            ".{setter}(\"user\", std::env::var(\"API_PASSWORD\")?)"
        )),
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            Some(format!(".{setter}(std::env::var(\"API_TOKEN\")?)"))
        }
        _ => Some(format!(".{setter}(std::env::var(\"API_KEY\")?)")),
    }
}

/// The first operation that can be called with plain values; one that only reads is better.
fn first<'m, 'd>(model: &'m Model<'d>) -> Option<&'m Operation<'d>> {
    let plain = |operation: &&Operation| {
        let required = operation.parameters.iter().filter(|it| it.required);
        let mut values = required.map(|it| match it.place {
            ParameterPlace::Part => None,
            _ => value(it.typed.ty()),
        });
        let has_body = operation.body.as_ref().is_some_and(|body| body.required);
        !operation.deprecated && !has_body && values.all(|value| value.is_some())
    };
    let mut operations = model.operations.iter().filter(plain);
    let reading = operations
        .clone()
        .find(|operation| operation.method == "GET");
    reading.or_else(|| operations.next())
}

/// An expression for a plain value.
fn value(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::String => Some("\"…\""),
        Type::Boolean => Some("true"),
        Type::Integer(Integer::AnySize) => None,
        Type::Integer(_) => Some("1"),
        _ => None,
    }
}

fn call(operation: &Operation) -> String {
    let required = operation.parameters.iter().filter(|it| it.required);
    let values: Vec<&str> = required.filter_map(|it| value(it.typed.ty())).collect();
    format!("{}({})", operation.method_name, values.join(", "))
}

/// What the crate's documentation says about credentials.
fn about(model: &Model) -> String {
    if model.schemes.is_empty() {
        return "The API description has no security schemes. If the API needs credentials all the same, add a header with \
                [`Builder::configure_http`](runtime::Builder::configure_http)."
            .to_owned();
    }
    let mut text = "The API description has these security schemes:\n\n".to_owned();
    for scheme in &model.schemes {
        text.push_str("- ");
        text.push_str(&scheme.describe());
        if scheme.kind != SchemeKind::MutualTls {
            let method = format!(", [`Builder::{0}`](runtime::Builder::{0})", scheme.setter);
            text.push_str(&method);
        }
        text.push('\n');
    }
    let free: Vec<&Operation> = model
        .operations
        .iter()
        .filter(|it| it.security.is_empty() || it.security.iter().any(Vec::is_empty))
        .collect();
    text.push('\n');
    let which = match free.as_slice() {
        [] => "Every operation needs credentials.".to_owned(),
        all if all.len() == model.operations.len() => "No operation needs them.".to_owned(),
        [one] => format!(
            "Only {} can be called without.",
            code_span(&one.method_name)
        ),
        some if some.len() <= 5 => {
            let names: Vec<String> = some.iter().map(|it| code_span(&it.method_name)).collect();
            format!(
                "These operations can be called without: {}.",
                names.join(", ")
            )
        }
        some => format!("{} operations can be called without.", some.len()),
    };
    text.push_str(&which);
    text
}
