//! Reads a file of public names and reports all its faults.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{Kind, PublicNames, Section, Spelling, legal};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::pointer::Pointer;

impl PublicNames {
    /// Reads a file of names in YAML or JSON.
    ///
    /// # Errors
    ///
    /// All faults, each with its place: a fault that [`Document::parse`] reports; an unknown section; a name that Rust does not
    /// accept, or that two items have.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        let document = Document::parse(name, bytes)?;
        let mut reader = Reader {
            names: Self::default(),
            faults: Vec::new(),
        };
        reader.file(document.value());
        if reader.faults.is_empty() {
            Ok(Self {
                document: Some(document),
                ..reader.names
            })
        } else {
            Err(document.place_all(reader.faults))
        }
    }
}

struct Reader {
    names: PublicNames,
    faults: Vec<Diagnostic>,
}

impl Reader {
    fn fault(&mut self, place: Pointer, message: impl Into<String>, help: impl Into<String>) {
        let fault = Diagnostic::error(Code::INVALID_PUBLIC_NAME, place, message);
        self.faults.push(fault.help(help));
    }

    fn object<'v>(&mut self, place: &Pointer, value: &'v Value) -> Option<&'v Map<String, Value>> {
        let members = value.as_object();
        if members.is_none() {
            let help = "write a line for each item: what it is, a colon, its name";
            self.fault(place.clone(), "this is not an object", help);
        }
        members
    }

    fn file(&mut self, value: &Value) {
        let root = Pointer::root();
        for (section, value) in self.object(&root, value).into_iter().flatten() {
            let place = root.join(section);
            let kind = Kind::ALL.into_iter().find(|kind| kind.section() == section);
            match kind {
                _ if section == "spelling" => self.spelling(&place, value),
                Some(kind) if kind.has_owners() => {
                    for (owner, value) in self.object(&place, value).into_iter().flatten() {
                        self.section(kind, owner, &place.join(owner), value);
                    }
                }
                Some(kind) => self.section(kind, "", &place, value),
                None => {
                    let known = Kind::ALL.map(|kind| format!("`{}`", kind.section()));
                    let help = format!("the sections are `spelling`, {}", known.join(", "));
                    self.fault(place, format!("there is no section `{section}`"), help);
                }
            }
        }
    }

    fn spelling(&mut self, place: &Pointer, value: &Value) {
        for (of, value) in self.object(place, value).into_iter().flatten() {
            let found = value.as_str().and_then(Spelling::find);
            match (of.as_str(), found) {
                ("properties", Some(_)) => self.names.properties = found,
                ("values", Some(_)) => self.names.values = found,
                ("properties" | "values", None) => {
                    let help = format!("write one of {}", Spelling::names());
                    self.fault(place.join(of), "this is not a spelling", help);
                }
                _ => {
                    let message = format!("there is no spelling of `{of}`");
                    self.fault(place.join(of), message, "write `properties` or `values`");
                }
            }
        }
    }

    fn section(&mut self, kind: Kind, owner: &str, place: &Pointer, value: &Value) {
        let Some(members) = self.object(place, value) else {
            return;
        };
        let mut section = Section::new();
        // The item that has each name.
        let mut taken: IndexMap<&str, &str> = IndexMap::new();
        for (item, value) in members {
            let place = place.join(item);
            let Some(name) = value.as_str() else {
                self.fault(place, "the name is not a string", "write the name in Rust");
                continue;
            };
            if let Some(fault) = legal::fault(kind, name) {
                let help = "write a name that Rust accepts here";
                self.fault(place, format!("`{name}` {fault}"), help);
                continue;
            }
            let other = taken.get(name).copied();
            let may_share =
                |other: &str| kind == Kind::Types && is_inline(item) && is_inline(other);
            if let Some(other) = other.filter(|other| !may_share(other)) {
                let message = format!("`{name}` is also the name of `{other}`");
                self.fault(place, message, "give one of them another name");
                continue;
            }
            taken.entry(name).or_insert(item);
            section.insert(item.clone(), name.to_owned());
        }
        self.names.names.insert((kind, owner.to_owned()), section);
    }
}

/// Whether a type is made from an inline schema. Equal inline schemas share a type, and a name.
fn is_inline(item: &str) -> bool {
    let is_component = item
        .strip_prefix("schemas/")
        .is_some_and(|name| !name.contains('/'));
    !is_component
}
