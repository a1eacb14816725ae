//! Reads YAML 1.2 by the core schema: keys become strings, unquoted dates stay strings.
//!
//! `saphyr-parser` gives a stream of events; the value is built on a stack of our own, so that depth costs no call stack.
//! Merge keys (`<<`) are not part of YAML 1.2, and documents use them all the same.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use serde_json::{Map, Number, Value};

use super::spans::Spans;
use super::{Fault, Lines, MAX_DEPTH, Parsed, note, number, position};
use crate::Code;

/// How much aliases may add to a document, in bytes of memory, roughly.
const MAX_EXPANSION: usize = 64 * 1024 * 1024;

/// What a node costs besides its text.
const NODE: usize = 64;

pub(super) fn read(text: &str) -> Result<Parsed, Fault> {
    let mut builder = Builder {
        text,
        lines: Lines::new(text),
        hint: (0, 0),
        spans: Spans::default(),
        stack: Vec::new(),
        anchors: HashMap::new(),
        expansion: 0,
        root: None,
        faults: Vec::new(),
    };
    let mut parser = Parser::new_from_str(text);
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| {
            let offset = builder.offset(*error.marker());
            // The scanner reads ahead in flow collections, and counts their depth in a byte.
            if error.info().to_lowercase().contains("recursion limit") {
                return Fault::too_deep(offset);
            }
            syntax(offset, format!("this is not YAML: {}", error.info()))
        })?;
        let start = builder.offset(span.start);
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    let message = "a second document begins here; a file holds one";
                    return Err(syntax(start, message));
                }
            }
            Event::Scalar(content, style, anchor, tag) => {
                builder.scalar(&content, style, tag.as_deref(), start, anchor)?;
            }
            Event::SequenceStart(anchor, _) => {
                builder.open(start, anchor, Content::Array(Vec::new()))?;
            }
            Event::MappingStart(anchor, _) => {
                let members = Content::Object {
                    members: Map::new(),
                    key: None,
                    merges: Vec::new(),
                };
                builder.open(start, anchor, members)?;
            }
            Event::SequenceEnd | Event::MappingEnd => builder.close(start)?,
            Event::Alias(anchor) => builder.alias(anchor, start)?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    let value = builder.root.ok_or_else(|| {
        Fault::fatal(
            Code::EMPTY_DOCUMENT,
            0,
            "the document is empty",
            "check the path, or whatever fetched the file",
        )
    })?;
    Ok(Parsed {
        value,
        spans: builder.spans,
        faults: builder.faults,
    })
}

fn syntax(offset: usize, message: impl Into<String>) -> Fault {
    let help = "mend the syntax at this place";
    Fault::fatal(Code::INVALID_SYNTAX, offset, message, help)
}

/// A node that aliases refer to.
struct Anchored {
    value: Value,
    spans: Spans,
    weight: usize,
}

/// The name of a member, and where it begins.
type Key = (String, usize);

enum Content {
    Array(Vec<Value>),
    Object {
        members: Map<String, Value>,
        /// A name that still waits for its value.
        key: Option<Key>,
        /// What `<<` brings, joined when the object ends: members written here win wherever they stand.
        merges: Vec<(Value, Spans)>,
    },
}

/// An array or object that has not ended yet.
struct Frame {
    content: Content,
    node: usize,
    anchor: usize,
    /// The member that this node is the value of stands twice, and the second is thrown away.
    discard: bool,
}

struct Builder<'t> {
    text: &'t str,
    lines: Lines,
    hint: (usize, usize),
    spans: Spans,
    stack: Vec<Frame>,
    anchors: HashMap<usize, Anchored>,
    expansion: usize,
    root: Option<Value>,
    faults: Vec<Fault>,
}

impl Builder<'_> {
    fn offset(&mut self, marker: Marker) -> usize {
        let byte = self.lines.byte_of(self.text, marker.index(), self.hint);
        self.hint = (marker.index(), byte);
        byte
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
            return self.key(content.to_owned(), start);
        }
        let node = self.begin(start)?;
        let value = self.resolve(content, style, tag, start);
        self.spans.close(node);
        self.finish(value, node, anchor, start)
    }

    fn waits_for_key(&self) -> bool {
        matches!(
            self.stack.last().map(|frame| &frame.content),
            Some(Content::Object { key: None, .. })
        )
    }

    fn key(&mut self, name: String, start: usize) -> Result<(), Fault> {
        let Some(frame) = self.stack.last_mut() else {
            return Ok(());
        };
        let node = frame.node;
        let Content::Object { members, key, .. } = &mut frame.content else {
            return Ok(());
        };
        frame.discard = false;
        if let Some(position) = position(members, &name) {
            frame.discard = true;
            let first = self.spans.key_of_child(node, position).unwrap_or(start);
            if !note(&mut self.faults, Fault::duplicate_key(start, first, &name)) {
                return Err(self.faults.pop().unwrap_or_else(|| Fault::too_deep(start)));
            }
        }
        *key = Some((name, start));
        Ok(())
    }

    /// Opens the span of the node that comes next.
    fn begin(&mut self, start: usize) -> Result<usize, Fault> {
        let key = match self.stack.last().map(|frame| &frame.content) {
            Some(Content::Object { key: None, .. }) => {
                let message = "the name of a member is an object or array; only text can be one";
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
            return match self.anchors.get(&anchor).map(|anchored| &anchored.value) {
                Some(Value::String(name)) => self.key(name.clone(), start),
                _ => Err(syntax(
                    start,
                    "this alias does not stand for text, which a name must be",
                )),
            };
        }
        let Some(anchored) = self.anchors.get(&anchor) else {
            let message =
                "this alias refers to a node that has not ended: the document would have no end";
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
            // What stood as a name has no span of its own.
            let node = self.spans.open(key, start);
            self.spans.close(node);
        } else {
            self.spans.attach(&subtree, key);
        }
        self.finish(value, node, 0, start)
    }

    fn too_much(start: usize) -> Fault {
        Fault::fatal(
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

    /// A node is whole: it goes into what holds it.
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
                    let message = "`<<` merges objects, and this is none";
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

    fn resolve(
        &mut self,
        content: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        start: usize,
    ) -> Value {
        let is_core = tag.is_some_and(Tag::is_yaml_core_schema);
        let is_text = match tag {
            Some(tag) if is_core => tag.suffix == "str" || tag.suffix == "binary",
            Some(tag) if tag.handle.is_empty() && tag.suffix == "!" => true,
            _ => style != ScalarStyle::Plain,
        };
        if is_text {
            return content.into();
        }
        if tag.is_some_and(|tag| is_core && tag.suffix == "float")
            && let Some(number) = content.parse().ok().and_then(Number::from_f64)
        {
            return number.into();
        }
        match content {
            "" | "~" | "null" | "Null" | "NULL" => Value::Null,
            "true" | "True" | "TRUE" => Value::Bool(true),
            "false" | "False" | "FALSE" => Value::Bool(false),
            plain => match number::parse(plain) {
                number::Parsed::Exact(value) => value,
                number::Parsed::Inexact(float) => {
                    note(&mut self.faults, Fault::inexact_number(start, plain, float));
                    Number::from_f64(float).map_or(Value::Null, Value::Number)
                }
                number::Parsed::No => plain.into(),
            },
        }
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
