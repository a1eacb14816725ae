//! Reads YAML 1.2 by the core schema: keys become strings, unquoted dates stay strings.
//!
//! `saphyr-parser` gives a stream of events. The value is built on a separate stack, so that deep nesting does not use the call
//! stack. Merge keys (`<<`) are not part of YAML 1.2, but documents use them.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use serde_json::{Map, Number, Value};

use super::scalar::{self, Scalar};
use super::spans::Spans;
use super::tolerant::{self, Repaired};
use super::{Fault, Faults, Lines, MAX_DEPTH, MAX_NODES, Parsed, position};
use crate::diagnostic::Code;

/// How many bytes of memory aliases may add to a document, roughly.
const MAX_EXPANSION: usize = 64 * 1024 * 1024;

/// The memory of a node without its text, in bytes.
const NODE: usize = 64;

/// Reads YAML. A text that only a strict reader refuses is repaired, with a warning for each repair.
pub(super) fn read(text: &str, lines: &Lines) -> Result<Parsed, Vec<Fault>> {
    let strict = build(text, lines, None);
    let is_refused = strict.as_ref().is_err_and(|faults| {
        (faults.last()).is_some_and(|fault| fault.code == Code::INVALID_SYNTAX)
    });
    if !is_refused {
        return strict;
    }
    let Some(mut repaired) = tolerant::repair(text) else {
        return strict;
    };
    let warnings = std::mem::take(&mut repaired.faults);
    let mut parsed = build(&repaired.text, &Lines::new(&repaired.text), Some(&repaired))?;
    for warning in warnings {
        parsed.faults.note(warning);
    }
    Ok(parsed)
}

/// Reads a text; if it was repaired, all places are those in the original text.
fn build(text: &str, lines: &Lines, repaired: Option<&Repaired>) -> Result<Parsed, Vec<Fault>> {
    let mut builder = Builder {
        text,
        lines,
        repaired,
        hint: (0, 0),
        spans: Spans::default(),
        stack: Vec::new(),
        anchors: HashMap::new(),
        expansion: 0,
        root: None,
        faults: Faults::default(),
    };
    match builder.read() {
        Ok(value) => Ok(Parsed {
            value,
            spans: builder.spans,
            faults: builder.faults,
        }),
        Err(fatal) => {
            let mut faults = builder.faults.end();
            faults.push(fatal);
            Err(faults)
        }
    }
}

fn syntax(offset: usize, message: impl Into<String>) -> Fault {
    let help = "correct the syntax at this place";
    Fault::error(Code::INVALID_SYNTAX, offset, message, help)
}

/// A node that aliases refer to.
struct Anchored {
    value: Value,
    spans: Spans,
    weight: usize,
}

/// The name of a member, and the byte where it begins.
type Key = (String, usize);

enum Content {
    Array(Vec<Value>),
    Object {
        members: Map<String, Value>,
        /// A name whose value has not been read yet.
        key: Option<Key>,
        /// The members from `<<`. They are added when the object ends, because the object's own members have priority.
        merges: Vec<(Value, Spans)>,
    },
}

/// An array or object that has not ended yet.
struct Frame {
    content: Content,
    node: usize,
    anchor: usize,
    /// The key of the current member is a duplicate, so its value is ignored.
    discard: bool,
}

struct Builder<'t> {
    text: &'t str,
    lines: &'t Lines,
    repaired: Option<&'t Repaired>,
    hint: (usize, usize),
    spans: Spans,
    stack: Vec<Frame>,
    anchors: HashMap<usize, Anchored>,
    expansion: usize,
    root: Option<Value>,
    faults: Faults,
}

impl Builder<'_> {
    fn read(&mut self) -> Result<Value, Fault> {
        let mut parser = Parser::new_from_str(self.text);
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| {
                let offset = self.offset(*error.marker());
                // The scanner reads ahead in flow collections, and counts their depth in one byte.
                if error.info().to_lowercase().contains("recursion limit") {
                    return Fault::too_deep(offset);
                }
                syntax(offset, format!("this is not YAML: {}", error.info()))
            })?;
            let start = self.offset(span.start);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let message =
                            "a second YAML document begins here; a file must contain only one";
                        return Err(syntax(start, message));
                    }
                }
                Event::Scalar(content, style, anchor, tag) => {
                    self.scalar(&content, style, tag.as_deref(), start, anchor)?;
                }
                Event::SequenceStart(anchor, _) => {
                    self.open(start, anchor, Content::Array(Vec::new()))?;
                }
                Event::MappingStart(anchor, _) => {
                    let members = Content::Object {
                        members: Map::new(),
                        key: None,
                        merges: Vec::new(),
                    };
                    self.open(start, anchor, members)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(start)?,
                Event::Alias(anchor) => self.alias(anchor, start)?,
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
        }
        self.root.take().ok_or_else(|| {
            Fault::error(
                Code::EMPTY_DOCUMENT,
                0,
                "the document is empty",
                "check the path, or the tool that downloaded the file",
            )
        })
    }

    fn offset(&mut self, marker: Marker) -> usize {
        let byte = self.lines.byte_of(self.text, marker.index(), self.hint);
        self.hint = (marker.index(), byte);
        self.repaired.map_or(byte, |it| it.original(byte))
    }

    fn scalar(
        &mut self,
        content: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        start: usize,
        anchor: usize,
    ) -> Result<(), Fault> {
        if self.waits_for_key() {
            if anchor != 0 {
                self.remember(anchor, content.into(), Spans::default(), start)?;
            }
            self.key(content.to_owned(), start);
            return Ok(());
        }
        let node = self.begin(start)?;
        let value = match scalar::read(content, style, tag) {
            Scalar::Exact(value) => value,
            Scalar::Inexact(float) => {
                self.faults
                    .note(Fault::inexact_number(start, content, float));
                Number::from_f64(float).map_or(Value::Null, Value::Number)
            }
        };
        self.spans.close(node);
        self.finish(value, node, anchor, start)
    }

    fn waits_for_key(&self) -> bool {
        matches!(
            self.stack.last().map(|frame| &frame.content),
            Some(Content::Object { key: None, .. })
        )
    }

    fn key(&mut self, name: String, start: usize) {
        let Some(frame) = self.stack.last_mut() else {
            return;
        };
        let node = frame.node;
        let Content::Object { members, key, .. } = &mut frame.content else {
            return;
        };
        frame.discard = false;
        if let Some(position) = position(members, &name) {
            frame.discard = true;
            let first = self.spans.key_of_child(node, position).unwrap_or(start);
            self.faults.note(Fault::duplicate_key(start, first, &name));
        }
        *key = Some((name, start));
    }

    /// Opens the span of the next node.
    fn begin(&mut self, start: usize) -> Result<usize, Fault> {
        if self.spans.len() >= MAX_NODES {
            return Err(Fault::too_many_nodes(start));
        }
        let key = match self.stack.last().map(|frame| &frame.content) {
            Some(Content::Object { key: None, .. }) => {
                let message = "a key is an object or an array; it must be a string";
                return Err(syntax(start, message));
            }
            Some(Content::Object {
                key: Some((_, at)), ..
            }) => Some(*at),
            _ => None,
        };
        Ok(self.spans.open(key, start))
    }

    fn open(&mut self, start: usize, anchor: usize, content: Content) -> Result<(), Fault> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Fault::too_deep(start));
        }
        let node = self.begin(start)?;
        self.stack.push(Frame {
            content,
            node,
            anchor,
            discard: false,
        });
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Fault> {
        let Some(frame) = self.stack.pop() else {
            return Ok(());
        };
        let value = match frame.content {
            Content::Array(elements) => Value::Array(elements),
            Content::Object {
                mut members,
                merges,
                ..
            } => {
                for (merged, spans) in merges {
                    self.merge(&mut members, merged, &spans);
                }
                Value::Object(members)
            }
        };
        self.spans.close(frame.node);
        self.finish(value, frame.node, frame.anchor, end)
    }

    fn merge(&mut self, members: &mut Map<String, Value>, merged: Value, spans: &Spans) {
        let Value::Object(merged) = merged else {
            return;
        };
        for ((name, value), child) in merged.into_iter().zip(spans.children()) {
            if !members.contains_key(&name) {
                members.insert(name, value);
                self.spans.attach(&child, child.key());
            }
        }
    }

    fn alias(&mut self, anchor: usize, start: usize) -> Result<(), Fault> {
        if self.waits_for_key() {
            let Some(Value::String(name)) = self.anchors.get(&anchor).map(|it| &it.value) else {
                let message = "this alias is a key, but it does not refer to a string";
                return Err(syntax(start, message));
            };
            self.key(name.clone(), start);
            return Ok(());
        }
        let Some(anchored) = self.anchors.get(&anchor) else {
            let message = "this alias refers to a node that contains the alias itself";
            return Err(syntax(start, message));
        };
        self.expansion = self.expansion.saturating_add(anchored.weight);
        if self.expansion > MAX_EXPANSION {
            return Err(Self::too_much(start));
        }
        let value = anchored.value.clone();
        let subtree = Spans::clone(&anchored.spans);
        if self.stack.len() + depth(&value) > MAX_DEPTH {
            return Err(Fault::too_deep(start));
        }
        let node = self.begin(start)?;
        let key = self.spans.detach(node).key();
        if subtree.len() == 0 {
            // A key has no span of its own.
            let node = self.spans.open(key, start);
            self.spans.close(node);
        } else {
            self.spans.attach(&subtree, key);
        }
        self.finish(value, node, 0, start)
    }

    fn too_much(start: usize) -> Fault {
        Fault::error(
            Code::ALIAS_EXPANSION,
            start,
            format!(
                "aliases make the document larger than {} MiB",
                MAX_EXPANSION / 1024 / 1024
            ),
            "use `$ref` instead of aliases for parts that repeat",
        )
    }

    fn remember(
        &mut self,
        anchor: usize,
        value: Value,
        spans: Spans,
        at: usize,
    ) -> Result<(), Fault> {
        let weight = weight(&value);
        self.expansion = self.expansion.saturating_add(weight);
        if self.expansion > MAX_EXPANSION {
            return Err(Self::too_much(at));
        }
        let anchored = Anchored {
            value,
            spans,
            weight,
        };
        self.anchors.insert(anchor, anchored);
        Ok(())
    }

    /// Adds a complete node to the array or object that contains it.
    fn finish(&mut self, value: Value, node: usize, anchor: usize, at: usize) -> Result<(), Fault> {
        if anchor != 0 {
            let spans = self.spans.copy(node);
            self.remember(anchor, value.clone(), spans, at)?;
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(value);
            return Ok(());
        };
        let (members, key, merges) = match &mut frame.content {
            Content::Array(elements) => {
                elements.push(value);
                return Ok(());
            }
            Content::Object {
                members,
                key,
                merges,
            } => (members, key, merges),
        };
        let Some((name, key_start)) = key.take() else {
            return Ok(());
        };
        if name == "<<" {
            let spans = self.spans.detach(node);
            match value {
                Value::Object(_) => merges.push((value, spans)),
                Value::Array(elements) if elements.iter().all(Value::is_object) => {
                    merges.extend(elements.into_iter().zip(spans.children()));
                }
                _ => {
                    let message = "`<<` merges objects, but this value is not an object";
                    return Err(syntax(key_start, message));
                }
            }
        } else if frame.discard {
            self.spans.detach(node);
        } else {
            members.insert(name, value);
        }
        Ok(())
    }
}

fn weight(value: &Value) -> usize {
    NODE + match value {
        Value::String(text) => text.len(),
        Value::Array(elements) => elements.iter().map(weight).sum(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| name.len() + weight(value))
            .sum(),
        _ => 0,
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
