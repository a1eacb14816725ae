//! A template as an operation of OpenAPI, and the arguments of its method.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::template::{Expression, Part, Variable, read};

pub(crate) struct Operation {
    pub(crate) ident: String,
    /// The path, which begins with a segment of its own.
    pub(crate) path: String,
    parameters: Vec<Value>,
    /// The arguments of the method, as Rust expressions.
    pub(crate) arguments: Vec<String>,
    /// What stands before the expansion.
    prefix: String,
}

impl Operation {
    /// The operation of a template; or why OpenAPI cannot say it.
    pub(crate) fn of(
        ident: &str,
        template: &str,
        values: &Map<String, Value>,
    ) -> Result<Self, &'static str> {
        let is_path = template.starts_with('/') || template.starts_with("{/");
        let prefix = format!("/{ident}{}", if is_path { "" } else { "/" });
        let mut operation = Self {
            ident: ident.to_owned(),
            path: prefix.clone(),
            parameters: Vec::new(),
            arguments: Vec::new(),
            prefix,
        };
        let mut has_query = false;
        for part in read(template) {
            match part {
                Part::Literal(text) => {
                    has_query |= text.contains('?');
                    operation.path.push_str(&text);
                }
                Part::Expression(expression) => {
                    operation.expression(&expression, values, has_query)?;
                    has_query |= expression.operator == Some('?');
                }
            }
        }
        let names = operation.parameters.iter();
        let names: HashSet<(&Value, &Value)> = names.map(|it| (&it["in"], &it["name"])).collect();
        if names.len() < operation.parameters.len() {
            return Err("a parameter has one place");
        }
        Ok(operation)
    }

    fn expression(
        &mut self,
        expression: &Expression,
        values: &Map<String, Value>,
        has_query: bool,
    ) -> Result<(), &'static str> {
        if expression.variables.iter().any(|it| it.has_prefix) {
            return Err("OpenAPI has no parameters that are cut off");
        }
        // What stands between two variables.
        let (location, style, between) = match expression.operator {
            Some('#') => return Err("a fragment is not sent"),
            Some('&') if !has_query => return Err("a query begins with a question mark"),
            Some('?' | '&') => ("query", "form", ""),
            _ if has_query => return Err("a query has names"),
            Some('.') => ("path", "label", ""),
            Some(';') => ("path", "matrix", ""),
            Some('/') => ("path", "simple", "/"),
            _ => ("path", "simple", ","),
        };
        for (index, variable) in expression.variables.iter().enumerate() {
            let value = values.get(&variable.name).filter(|value| !value.is_null());
            let is_absent = value.is_none_or(is_nothing);
            if is_absent && location == "path" && (value.is_none() || style == "simple") {
                return Err("a path parameter is always there");
            }
            if variable.is_exploded && expression.operator == Some('/') {
                return Err("OpenAPI has no style for several segments");
            }
            if location == "path" {
                let is_between = index > 0 || between == "/";
                self.path.push_str(if is_between { between } else { "" });
                self.path.extend(["{", &decoded(&variable.name), "}"]);
            }
            self.parameter(expression, variable, value, (location, style));
        }
        Ok(())
    }

    fn parameter(
        &mut self,
        expression: &Expression,
        variable: &Variable,
        value: Option<&Value>,
        (location, style): (&str, &str),
    ) {
        let mut parameter = json!({
            "name": decoded(&variable.name),
            "in": location,
            "required": value.is_some(),
            "style": style,
            "explode": variable.is_exploded,
            "schema": schema(value.unwrap_or(&Value::Null)),
        });
        if expression.operator == Some('+') {
            parameter["allowReserved"] = true.into();
        }
        self.parameters.push(parameter);
        self.arguments.extend(value.map(argument));
    }

    /// The path item.
    pub(crate) fn item(&self) -> Value {
        json!({"get": {
            "operationId": self.ident,
            "parameters": self.parameters,
            "responses": {"204": {"description": "Nothing."}},
        }})
    }

    /// The URL of an expansion.
    pub(crate) fn url(&self, expansion: &str) -> String {
        format!("{}{expansion}", self.prefix)
    }
}

/// An empty list or map is as if it were not there.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Names in templates are percent-encoded, those of parameters are not.
fn decoded(name: &str) -> String {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let [first, tail @ ..] = rest {
        let triplet = match tail {
            [high, low, ..] if *first == b'%' => digit(*high).zip(digit(*low)),
            _ => None,
        };
        let value = triplet.and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        bytes.push(value.unwrap_or(*first));
        rest = if value.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn schema(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => json!({"type": "number"}),
        Value::Number(_) => json!({"type": "integer"}),
        Value::Array(_) => json!({"type": "array", "items": {"type": "string"}}),
        Value::Object(_) => json!({"type": "object", "additionalProperties": {"type": "string"}}),
        _ => json!({"type": "string"}),
    }
}

fn argument(value: &Value) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => format!("{text:?}"),
        other => format!("{:?}", other.to_string()),
    };
    match value {
        Value::Number(number) => number.to_string(),
        Value::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(text).collect();
            format!("&list(&[{}])", elements.join(", "))
        }
        Value::Object(members) => {
            let members = members.iter();
            let members: Vec<String> = members
                .map(|(name, value)| format!("({name:?}, {})", text(value)))
                .collect();
            format!("&map(&[{}])", members.join(", "))
        }
        other => text(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operator_decides_the_style() {
        let values = json!({"x": "1", "list": ["a"], "none": []});
        let values = values.as_object().expect("an object");
        let operation = Operation::of("it", "a{;x,list*}{?list,gone}", values);
        let Ok(operation) = operation else {
            panic!("it is an operation");
        };
        assert_eq!(operation.path, "/it/a{x}{list}");
        assert_eq!(
            operation.arguments,
            ["\"1\"", "&list(&[\"a\"])", "&list(&[\"a\"])"]
        );
        let styles = operation.parameters.iter();
        let styles: Vec<&str> = styles.filter_map(|it| it["style"].as_str()).collect();
        assert_eq!(styles, ["matrix", "matrix", "form", "form"]);
        for template in [
            "{#x}", "{x:1}", "{/list*}", "{none}", "{gone}", "{&x}", "a?{x}", "{x}{x}",
        ] {
            assert!(Operation::of("it", template, values).is_err(), "{template}");
        }
    }

    #[test]
    fn names_are_decoded() {
        assert_eq!(decoded("Stra%C3%9Fe"), "Straße");
        assert_eq!(decoded("100%"), "100%");
    }
}
