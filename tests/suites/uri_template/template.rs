//! Reads a URI template (RFC 6570).

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Literal(String),
    Expression(Expression),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expression {
    /// `+`, `#`, `.`, `/`, `;`, `?` or `&`.
    pub(crate) operator: Option<char>,
    pub(crate) variables: Vec<Variable>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) name: String,
    /// Has `*`.
    pub(crate) is_exploded: bool,
    /// Has a number of characters, as `:3`.
    pub(crate) has_prefix: bool,
}

/// The parts of a template.
pub(crate) fn read(template: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            parts.push(Part::Literal(before.to_owned()));
        }
        let (inner, after) = after.split_once('}').unwrap_or((after, ""));
        parts.push(Part::Expression(expression(inner)));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest.to_owned()));
    }
    parts
}

fn expression(inner: &str) -> Expression {
    let operator = inner
        .chars()
        .next()
        .filter(|first| "+#./;?&".contains(*first));
    let names = inner.trim_start_matches(|first| Some(first) == operator);
    let variables = names.split(',').map(|written| {
        let name = written.split(['*', ':']).next().unwrap_or_default();
        Variable {
            name: name.to_owned(),
            is_exploded: written.ends_with('*'),
            has_prefix: written.contains(':'),
        }
    });
    Expression {
        operator,
        variables: variables.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_have_an_operator_and_variables() {
        let parts = read("/a{?x,list*,y:3}b");
        let variable = |name: &str, is_exploded, has_prefix| Variable {
            name: name.to_owned(),
            is_exploded,
            has_prefix,
        };
        let expression = Expression {
            operator: Some('?'),
            variables: vec![
                variable("x", false, false),
                variable("list", true, false),
                variable("y", false, true),
            ],
        };
        assert_eq!(
            parts,
            [
                Part::Literal("/a".to_owned()),
                Part::Expression(expression),
                Part::Literal("b".to_owned()),
            ]
        );
    }
}
