//! Reads JSON.
//!
//! `serde_json` does the parsing. It does not give the position of a value, so it reads through a counter of bytes: when a value
//! is requested, the counter is at the end of the token before it.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::io;
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::spans::Spans;
use super::{Fault, Faults, MAX_DEPTH, MAX_NODES, Parsed, position};
use crate::diagnostic::Code;

pub(super) fn read(text: &str) -> Result<Parsed, Vec<Fault>> {
    let reader = Counter {
        rest: text.as_bytes(),
        count: Rc::default(),
    };
    let state = State {
        text,
        count: Rc::clone(&reader.count),
        spans: RefCell::default(),
        faults: RefCell::default(),
        fatal: RefCell::default(),
    };
    let mut deserializer = serde_json::Deserializer::from_reader(reader);
    // This module has its own limit, which is the same for YAML.
    deserializer.disable_recursion_limit();
    let root = Node {
        state: &state,
        key: None,
        depth: 0,
        after_peek: false,
    };
    let value = root
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    let faults = state.faults.into_inner();
    match value {
        Ok(value) => Ok(Parsed {
            value,
            spans: state.spans.into_inner(),
            faults,
        }),
        Err(error) => {
            let fatal = state.fatal.into_inner();
            let mut faults = faults.end();
            faults.push(fatal.unwrap_or_else(|| syntax_error(text, &error)));
            Err(faults)
        }
    }
}

fn syntax_error(text: &str, error: &serde_json::Error) -> Fault {
    let offset = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let mut offset = (offset + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let message = error.to_string();
    let message = message
        .rfind(" at line ")
        .map_or(message.as_str(), |end| &message[..end]);
    Fault::error(
        Code::INVALID_SYNTAX,
        offset,
        format!("this is not JSON: {message}"),
        "correct the syntax at this place",
    )
}

/// Counts the bytes that were read.
struct Counter<'t> {
    rest: &'t [u8],
    count: Rc<Cell<usize>>,
}

impl io::Read for Counter<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.rest.read(buffer)?;
        self.count.set(self.count.get() + read);
        Ok(read)
    }
}

struct State<'t> {
    text: &'t str,
    count: Rc<Cell<usize>>,
    spans: RefCell<Spans>,
    faults: RefCell<Faults>,
    /// The fault that stopped the reader, if it is not a syntax error.
    fatal: RefCell<Option<Fault>>,
}

impl State<'_> {
    /// The next byte that is not white space.
    fn next_token(&self) -> usize {
        let at = self.count.get();
        let rest = &self.text.as_bytes()[at..];
        at + rest
            .iter()
            .position(|byte| !byte.is_ascii_whitespace())
            .unwrap_or(rest.len())
    }

    /// Stops the reader.
    fn stop<E: Error>(&self, fault: Fault) -> E {
        *self.fatal.borrow_mut() = Some(fault);
        E::custom("the reading has ended")
    }
}

/// The next value.
#[derive(Clone, Copy)]
struct Node<'s, 't> {
    state: &'s State<'t>,
    key: Option<usize>,
    depth: usize,
    /// Whether the reader has already read the first byte, to see whether the array ends.
    after_peek: bool,
}

impl<'de> DeserializeSeed<'de> for Node<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let start = if self.after_peek {
            self.state.count.get() - 1
        } else {
            self.state.next_token()
        };
        if self.state.spans.borrow().len() >= MAX_NODES {
            return Err(self.state.stop(Fault::too_many_nodes(start)));
        }
        let node = self.state.spans.borrow_mut().open(self.key, start);
        let value = deserializer.deserialize_any(Content {
            outer: self,
            start,
            node,
        })?;
        self.state.spans.borrow_mut().close(node);
        Ok(value)
    }
}

struct Content<'s, 't> {
    outer: Node<'s, 't>,
    start: usize,
    node: usize,
}

impl Content<'_, '_> {
    fn check_depth<E: Error>(&self) -> Result<(), E> {
        if self.outer.depth < MAX_DEPTH {
            return Ok(());
        }
        Err(self.outer.state.stop(Fault::too_deep(self.start)))
    }
}

impl<'de> Visitor<'de> for Content<'_, '_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        let rest = &self.outer.state.text[self.start..];
        let end = rest
            .find(|character: char| {
                !character.is_ascii_alphanumeric() && !"+-.".contains(character)
            })
            .unwrap_or(rest.len());
        let text = &rest[..end];
        // serde_json reads `-0` as a float, without a loss.
        if !text.contains(['.', 'e', 'E']) && text != "-0" {
            let fault = Fault::inexact_number(self.start, text, value);
            self.outer.state.faults.borrow_mut().note(fault);
        }
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.check_depth()?;
        let mut elements = Vec::new();
        let element = Node {
            key: None,
            depth: self.outer.depth + 1,
            after_peek: true,
            ..self.outer
        };
        while let Some(value) = access.next_element_seed(element)? {
            elements.push(value);
        }
        Ok(Value::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.check_depth()?;
        let state = self.outer.state;
        let mut members = Map::new();
        while let Some((name, key)) = access.next_key_seed(Key { state })? {
            let member = Node {
                key: Some(key),
                depth: self.outer.depth + 1,
                after_peek: false,
                ..self.outer
            };
            if let Some(position) = position(&members, &name) {
                let first = state.spans.borrow().key_of_child(self.node, position);
                let fault = Fault::duplicate_key(key, first.unwrap_or(key), &name);
                state.faults.borrow_mut().note(fault);
                let end = state.spans.borrow().len();
                access.next_value_seed(member)?;
                state.spans.borrow_mut().detach(end);
            } else {
                let value = access.next_value_seed(member)?;
                members.insert(name, value);
            }
        }
        Ok(Value::Object(members))
    }
}

/// A key, and the byte where it begins.
struct Key<'s, 't> {
    state: &'s State<'t>,
}

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = (String, usize);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        // The reader has already read the quotation mark, to see whether the object ends.
        let start = self.state.count.get() - 1;
        let name = <String as serde::Deserialize>::deserialize(deserializer)?;
        Ok((name, start))
    }
}
