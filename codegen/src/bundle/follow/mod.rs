//! Follows references from file to file.

mod address;
mod copy;
mod inline;
mod references;
mod rewritten;
mod sections;
mod target;

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::{Map, Value};

use super::name;
use super::origin::Origins;
use super::{Bundle, File};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::Document;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::names::Names;
use crate::pointer::Pointer;
use address::Base;
use copy::Size;
use references::{Found, references};

/// How deeply nodes that cannot be components may be nested. Documents use two or three levels.
const MAX_INLINED: usize = 32;

/// The index of a file, and a pointer in it.
type At = (usize, Pointer);

pub(super) fn bundle<L: FnMut(&str) -> Result<File, String>>(
    document: Document,
    path: &str,
    value: Value,
    load: L,
) -> Bundle {
    let own = path.to_owned();
    let base = Base::of(&value, path);
    let mut bundler = Bundler {
        files: vec![document],
        paths: HashMap::from([(base.path.clone(), Some(0)), (own, Some(0))]),
        bases: vec![base],
        load,
        components: HashMap::new(),
        names: names(&value),
        ids: None,
        value,
        origins: Origins::default(),
        jobs: VecDeque::new(),
        size: Size::default(),
        bytes: 0,
        is_full: false,
        faults: Vec::new(),
    };
    bundler.run();
    Bundle {
        files: bundler.files,
        value: bundler.value,
        origins: bundler.origins,
        faults: bundler.faults,
        is_cut: bundler.is_full,
    }
}

/// The names of the document's components, by section.
fn names(value: &Value) -> HashMap<&'static str, Names> {
    let names = Kind::root(value).homes().filter_map(|(place, section)| {
        let members = place.get(value)?.as_object()?;
        let names = Names::exact(members.keys().map(String::as_str));
        Some((section.name, names))
    });
    names.collect()
}

/// A node of the bundled document whose references must be followed.
struct Job {
    place: Pointer,
    holds: Holds,
    /// The file that it comes from.
    file: usize,
    /// The origins of the copied nodes that contain it.
    around: Vec<At>,
}

impl Job {
    fn new(place: Pointer, holds: Holds, file: usize, around: Vec<At>) -> Self {
        Self {
            place,
            holds,
            file,
            around,
        }
    }
}

struct Bundler<L> {
    files: Vec<Document>,
    /// Files by their path; `None` if a file cannot be read, which is a fault already.
    paths: HashMap<String, Option<usize>>,
    /// What the references of each file start from.
    bases: Vec<Base>,
    load: L,
    /// The nodes that have become components, and their names.
    components: HashMap<(At, &'static str), String>,
    names: HashMap<&'static str, Names>,
    /// The `$id`s of the schemas; collected for the first URL.
    ids: Option<HashSet<String>>,
    value: Value,
    origins: Origins,
    jobs: VecDeque<Job>,
    /// The size of all copies.
    size: Size,
    /// The length of all files.
    bytes: usize,
    is_full: bool,
    /// See [`Bundle`].
    faults: Vec<(Pointer, Diagnostic)>,
}

impl<L: FnMut(&str) -> Result<File, String>> Bundler<L> {
    fn run(&mut self) {
        self.follow_sections();
        self.names = names(&self.value);
        self.adopt_components();
        let document = Holds::One(Kind::root(&self.value));
        let job = Job::new(Pointer::root(), document, 0, Vec::new());
        self.jobs.push_front(job);
        while let Some(job) = self.jobs.pop_front() {
            let Some(value) = job.place.get(&self.value) else {
                continue;
            };
            for found in references(value, job.holds, &job.place, &self.origins) {
                self.follow(&found, &job);
            }
            if self.is_full {
                return;
            }
        }
    }

    fn fault(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: &str) {
        let (file, pointer) = self.origins.of(place);
        let fault = Diagnostic::error(code, pointer, message).help(help);
        let fault = self.files[file].place(fault);
        self.faults.push((place.clone(), fault));
    }

    /// Adds a fault of a reference.
    fn refuse(&mut self, found: &Found, code: Code, message: String, help: &str) {
        self.fault(code, &found.place_of_text(), message, help);
    }

    fn content(&self, at: &At) -> Option<&Value> {
        // Overlays have changed the document, and it has got copies.
        let value = if at.0 == 0 {
            &self.value
        } else {
            self.files[at.0].value()
        };
        at.1.get(value)
    }

    /// Follows a reference. Gives whether it was changed.
    fn follow(&mut self, found: &Found, job: &Job) -> bool {
        if self.is_full {
            return false;
        }
        if found.is_mapping {
            return self.follow_mapping(found, job);
        }
        if let Some(text) = self.own_schema(found, job.file) {
            return self.write(found, text);
        }
        let Some(at) = self.target(found, job.file) else {
            return false;
        };
        let text = match found.holds {
            Holds::One(kind) if kind.is_component_since_3_0() => self.component(at, kind),
            // The document can refer to its own nodes.
            _ if at.0 == 0 => format!("#{}", at.1),
            _ => return self.inline(at, found, job),
        };
        self.write(found, text)
    }

    /// Writes the new string of a reference.
    fn write(&mut self, found: &Found, text: String) -> bool {
        if let Some(node) = found.place.join("$ref").get_mut(&mut self.value) {
            *node = Value::String(text);
        }
        true
    }

    /// Makes the node a component, unless it is one already. Gives the reference to it.
    fn component(&mut self, at: At, kind: Kind) -> String {
        let section = kind
            .section()
            .expect("callers ask only for kinds that have a section");
        if at.0 == 0 {
            return format!("#{}", at.1);
        }
        if let Some(name) = self.components.get(&(at.clone(), section)) {
            let home = kind.home().expect("it has a section");
            return format!("#{}", home.join(name));
        }
        let names = self.names.entry(section);
        let used = names.or_insert_with(|| Names::exact([]));
        let name = name::free(used, &self.bases[at.0].path, &at.1, section);
        self.add_component(at, kind, section, name)
    }

    /// A name for a schema that no component has: this one, or this one with a number.
    fn free_schema_name(&mut self, section: &'static str, name: &str) -> String {
        let names = self.names.entry(section);
        let used = names.or_insert_with(|| Names::exact([]));
        used.take(&name::allowed(name))
    }

    /// Adds a copy of a node to the components. Gives the reference to it.
    fn add_component(&mut self, at: At, kind: Kind, section: &'static str, name: String) -> String {
        let home = kind
            .home()
            .expect("callers ask only for kinds with a section");
        let place = home.join(&name);
        self.components.insert((at.clone(), section), name.clone());
        let mut node = &mut self.value;
        for token in home.tokens() {
            node = member(node, &token);
        }
        node.as_object_mut()
            .expect("it was made an object")
            .insert(name, Value::Null);
        let text = format!("#{place}");
        self.put(at, place, Holds::One(kind), &[]);
        text
    }

    /// A value of a discriminator's mapping is the name of a schema or a reference to one.
    fn follow_mapping(&mut self, found: &Found, job: &Job) -> bool {
        let is_reference = found.text.contains(['#', '/'])
            || [".yaml", ".yml", ".json"]
                .iter()
                .any(|end| found.text.ends_with(end));
        let at = if is_reference {
            let count = self.faults.len();
            let at = self.target(found, job.file);
            // A client can read a value without the target of a mapping.
            for (_, fault) in &mut self.faults[count..] {
                fault.severity = Severity::Warning;
            }
            at
        } else {
            let at = (job.file, Kind::Document.schemas().join(&found.text));
            (job.file != 0 && self.content(&at).is_some()).then_some(at)
        };
        let Some(at) = at else { return false };
        let text = self.component(at, Kind::Schema);
        if let Some(node) = found.place.get_mut(&mut self.value) {
            *node = Value::String(text);
        }
        true
    }
}

/// The member of an object. If it is missing or has another type, it becomes an empty object.
fn member<'v>(value: &'v mut Value, name: &str) -> &'v mut Value {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    let members = value.as_object_mut().expect("it was made an object");
    let member = members.entry(name).or_insert(Value::Null);
    if !member.is_object() {
        *member = Value::Object(Map::new());
    }
    member
}
