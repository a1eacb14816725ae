//! Servers: their URL templates and variables.

use std::fmt::Write as _;

use openapiv3::Server as Node;

use super::constraints::code_span as code;
use super::names::{Scope, type_name, value_name, variant_name};

/// A server of the document.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// The template of its URL.
    pub(crate) url: String,
    /// Its description, in Markdown.
    pub(crate) prose: String,
    /// The name of its variant, and of the type that has its variables.
    pub(crate) name: String,
    pub(crate) variables: Vec<Variable>,
}

/// A variable in the URL template of a server.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    /// Its name in the template.
    pub(crate) name: String,
    /// The method that sets it.
    pub(crate) setter: String,
    /// Its description, in Markdown.
    pub(crate) prose: String,
    pub(crate) default: String,
    /// The values that are allowed, each with the variant that stands for it; empty if every value is.
    pub(crate) values: Vec<(String, String)>,
}

/// The longest description that is taken for a name.
const LONGEST_NAME: usize = 24;

/// Reads the servers that have a URL.
pub(super) fn read_all(nodes: &[Node]) -> Vec<Server> {
    let mut names = Scope::with(["Server"]);
    let nodes = nodes.iter().filter(|node| !node.url.is_empty());
    nodes
        .enumerate()
        .map(|(index, node)| {
            let prose = node.description.clone().unwrap_or_default();
            let wanted = spoken_name(&prose).unwrap_or_else(|| format!("Server{}", index + 1));
            Server {
                url: node.url.clone(),
                name: names.claim(&wanted),
                variables: variables(node),
                prose,
            }
        })
        .collect()
}

/// A short description as a name: `Production`.
fn spoken_name(prose: &str) -> Option<String> {
    let text = prose.trim().trim_end_matches('.');
    let is_name = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.len() <= LONGEST_NAME
        && text
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || " -_()".contains(it));
    is_name.then(|| type_name(text))
}

fn variables(node: &Node) -> Vec<Variable> {
    let mut setters = Scope::with(["new", "url", "default", "from", "into", "clone", "fmt"]);
    let variables = node.variables.iter().flatten();
    // A variable that is not in the template changes nothing.
    let used = variables.filter(|(name, _)| node.url.contains(&format!("{{{name}}}")));
    used.map(|(name, variable)| {
        let mut variants = Scope::default();
        let values = variable.enumeration.iter();
        let values = values.map(|value| (value.clone(), variants.claim(&variant_name(value))));
        let mut values: Vec<(String, String)> = values.collect();
        // A default that is not allowed makes the list useless.
        if !values.iter().any(|(value, _)| *value == variable.default) {
            values.clear();
        }
        Variable {
            setter: setters.claim(&value_name(name)),
            prose: variable.description.clone().unwrap_or_default(),
            default: variable.default.clone(),
            name: name.clone(),
            values,
        }
    })
    .collect()
}

impl Server {
    /// The URL with the defaults of all variables.
    pub(crate) fn usual(&self) -> String {
        let variables = self.variables.iter();
        variables.fold(self.url.clone(), |url, variable| {
            url.replace(&format!("{{{}}}", variable.name), &variable.default)
        })
    }

    /// The template of the URL, in Markdown, with a line for each of its variables.
    pub(crate) fn describe(&self) -> String {
        let mut text = code(&self.url);
        for Variable {
            name,
            default,
            values,
            ..
        } in &self.variables
        {
            let _ = write!(text, "\n  - {}: {} by default", code(name), code(default));
            let others = values.iter().filter(|(value, _)| value != default);
            let others: Vec<String> = others.map(|(value, _)| code(value)).collect();
            if !others.is_empty() {
                text.push_str(", or ");
                text.push_str(&others.join(", "));
            }
        }
        if self.usual() != self.url {
            text.push_str("\n  - by default: ");
            text.push_str(&code(&self.usual()));
        }
        text
    }
}
