//! Finds everything that the selected operations need.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::Operation;
use super::select::of_item;
use crate::diagnostic::{Code, Diagnostic};
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::methods::{ADDITIONAL, is_method};
use crate::openapi::place::Place;
use crate::openapi::read::walk;
use crate::openapi::reference;
use crate::openapi::reference::anchors;
use crate::openapi::reference::resolver::{local, step};
use crate::pointer::Pointer;

/// What the slice keeps.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// Operations, components, and members of unknown sections. Each is kept as a whole.
    pub(super) units: HashSet<Pointer>,
    /// Path items that are kept. Which of their operations are kept depends on `units`.
    pub(super) items: HashSet<Pointer>,
    /// Tags of the operations.
    pub(super) tags: HashSet<String>,
    /// Whether an operation inherits the security requirements of the document.
    pub(super) inherits_security: bool,
    /// Links to operations that are not in the slice.
    pub(super) cut_links: BTreeSet<Pointer>,
    pub(super) warnings: Vec<Diagnostic>,
}

pub(super) fn reach(document: &Value, selected: &[&Operation<'_>]) -> Reached {
    let ids = selected
        .iter()
        .filter_map(|operation| operation.value.get("operationId")?.as_str())
        .collect();
    let mut reach = Reach {
        document,
        root: Kind::root(document),
        ids,
        reached: Reached::default(),
        queue: Vec::new(),
        subtypes: None,
        anchors: None,
    };
    for operation in selected {
        let path = Pointer::from_tokens([operation.section, operation.path]);
        reach.item(&path);
        reach.operation(operation.pointer.clone());
    }
    while let Some((place, holds)) = reach.queue.pop() {
        if let Some(value) = place.get(document) {
            reach.look(value, holds, &place);
        }
    }
    reach.reached
}

struct Reach<'d> {
    document: &'d Value,
    /// The kind of the document.
    root: Kind,
    /// The ids of the selected operations.
    ids: HashSet<&'d str>,
    reached: Reached,
    queue: Vec<(Pointer, Holds)>,
    /// For the name of a schema, those that extend it. Collected when they are first needed.
    subtypes: Option<HashMap<String, Vec<&'d str>>>,
    /// Units by the `$anchor` and `$id` in them. Collected when they are first needed.
    anchors: Option<HashMap<String, Pointer>>,
}

impl<'d> Reach<'d> {
    fn unit(&mut self, place: Pointer, holds: Holds) {
        if place.get(self.document).is_some() && self.reached.units.insert(place.clone()) {
            self.queue.push((place, holds));
        }
    }

    fn operation(&mut self, place: Pointer) {
        let kind = Kind::Operation.within(self.root);
        self.unit(place, Holds::One(kind));
    }

    /// Keeps a path item without its operations. If it is a reference, keeps the target with its operations.
    fn item(&mut self, place: &Pointer) {
        if !self.reached.items.insert(place.clone()) {
            return;
        }
        let Some(Value::Object(members)) = place.get(self.document) else {
            return;
        };
        for (name, value) in members.iter().filter(|(name, _)| !has_operations(name)) {
            if let Some(holds) = Kind::PathItem.within(self.root).member(name) {
                self.look(value, holds, &place.join(name));
            }
        }
        if let Some(Value::String(text)) = members.get("$ref") {
            self.refer(text);
        }
    }

    /// Keeps a path item with all its operations.
    fn item_with_operations(&mut self, place: &Pointer) {
        self.item(place);
        if let Some(Value::Object(members)) = place.get(self.document) {
            for (place, _) in of_item(members, place) {
                self.operation(place);
            }
        }
    }

    /// Keeps the unit that contains the target of a reference.
    fn refer(&mut self, text: &str) {
        let Ok(target) = local(text) else {
            if let Some(unit) = self.anchors().get(text).cloned() {
                self.unit(unit, Holds::One(Kind::Schema));
            }
            return;
        };
        let tokens: Vec<String> = target.tokens().take(3).collect();
        match tokens.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["components", section, name] => {
                let holds = match Kind::Components.member(section) {
                    Some(Holds::Map(kind)) => Holds::One(kind),
                    _ => Holds::One(Kind::Schema),
                };
                self.unit(Pointer::from_tokens(["components", section, name]), holds);
            }
            [section @ ("paths" | "webhooks"), path] => {
                self.item_with_operations(&Pointer::from_tokens([section, path]));
            }
            [section @ ("paths" | "webhooks"), path, member] => {
                let item = Pointer::from_tokens([section, path]);
                self.item(&item);
                if is_method(member) {
                    self.unselected_operation(item.join(member));
                }
            }
            [member, name, ..] if Kind::Document.member(member).is_none() => {
                let holds = match self.root.member(member) {
                    Some(Holds::Map(kind)) => Holds::One(kind),
                    _ => Holds::One(Kind::Schema),
                };
                self.unit(Pointer::from_tokens([member, name]), holds);
            }
            _ => {}
        }
    }

    /// Keeps an operation that was not selected, because a reference refers to a part of it.
    fn unselected_operation(&mut self, place: Pointer) {
        if place.get(self.document).is_none() || self.reached.units.contains(&place) {
            return;
        }
        let message =
            "this operation was kept, because a selected operation refers to a part of it";
        let help = "in an overlay, move that part to a component and refer to the component";
        let code = Code::SLICE_KEEPS_OPERATION;
        let warning = Diagnostic::warning(code, place.clone(), message).help(help);
        self.reached.warnings.push(warning);
        self.operation(place);
    }

    /// Keeps what a node and the nodes below it need.
    fn look(&mut self, value: &'d Value, holds: Holds, place: &Pointer) {
        let mut needs = Vec::new();
        walk(value, holds, place, &mut |holds, place, node| {
            if holds.kind().is_some() {
                needs.extend(reference::of(node).map(Need::Reference));
            }
            match holds {
                Holds::One(Kind::Operation | Kind::SwaggerOperation) => {
                    needs.push(Need::Operation(node));
                }
                Holds::One(Kind::SecurityRequirement) => {
                    let names = node.as_object().into_iter().flat_map(|it| it.keys());
                    needs.extend(names.map(|name| Need::SecurityScheme(name)));
                }
                Holds::One(Kind::Schema | Kind::SwaggerSchema) => {
                    needs.extend(parent_by_name(node, place).map(Need::Subtypes));
                }
                Holds::One(Kind::Discriminator) => {
                    let mapping = node.get("mapping").and_then(Value::as_object);
                    let targets = mapping.into_iter().flat_map(|it| it.values());
                    let targets = targets.chain(node.get("defaultMapping"));
                    needs.extend(targets.filter_map(Value::as_str).map(Need::Mapped));
                }
                Holds::Map(Kind::Link) => {
                    needs.push(Need::Links(node, place.pointer()));
                    return false;
                }
                _ => {}
            }
            true
        });
        for need in needs {
            self.meet(need);
        }
    }

    fn meet(&mut self, need: Need<'d>) {
        match need {
            Need::Reference(text) => self.refer(text),
            Need::Operation(operation) => {
                self.reached.inherits_security |= operation.get("security").is_none();
                let tags = operation.get("tags").and_then(Value::as_array);
                let tags = tags.into_iter().flatten().filter_map(Value::as_str);
                self.reached.tags.extend(tags.map(str::to_owned));
                if self.reached.inherits_security
                    && let Some(Value::Array(security)) = self.document.get("security")
                {
                    for name in security
                        .iter()
                        .filter_map(Value::as_object)
                        .flat_map(|it| it.keys())
                    {
                        self.scheme(name);
                    }
                }
            }
            Need::SecurityScheme(name) => self.scheme(name),
            Need::Mapped(text) => {
                let by_name = Pointer::from_tokens(["components", "schemas", text]);
                if by_name.get(self.document).is_some() {
                    self.unit(by_name, Holds::One(Kind::Schema));
                } else {
                    self.refer(text);
                }
            }
            Need::Subtypes(name) => self.subtypes_of(name),
            Need::Links(links, place) => self.links(links, &place),
        }
    }

    /// Keeps the schemas that extend one, and those that extend them.
    fn subtypes_of(&mut self, name: String) {
        let schema = Kind::Schema.within(self.root);
        let home = self.root.schemas();
        let (mut seen, mut open) = (HashSet::new(), vec![name]);
        while let Some(name) = open.pop() {
            let subtypes = self.subtypes().get(name.as_str()).cloned();
            for subtype in subtypes.unwrap_or_default() {
                if seen.insert(subtype) {
                    self.unit(home.join(subtype), Holds::One(schema));
                    open.push(subtype.to_owned());
                }
            }
        }
    }

    fn scheme(&mut self, name: &str) {
        let kind = Kind::SecurityScheme.within(self.root);
        if let Some(home) = kind.home() {
            self.unit(home.join(name), Holds::One(kind));
        }
    }

    /// Keeps links, except those to operations that were not selected.
    fn links(&mut self, links: &'d Value, place: &Pointer) {
        let Some(links) = links.as_object() else {
            return;
        };
        for (name, link) in links {
            let reference = reference::of(link);
            let target = match reference {
                Some(text) => step(self.document, text).ok().map(|(_, target)| target),
                None => Some(link),
            };
            if target.is_some_and(|target| self.leads_out(target)) {
                let place = place.join(name);
                let message =
                    format!("the link `{name}` was removed: its operation is not in the slice");
                let help = "if you need the link, select that operation too";
                let warning = Diagnostic::warning(Code::SLICE_DROPS_LINK, place.clone(), message);
                self.reached.warnings.push(warning.help(help));
                self.reached.cut_links.insert(place);
            } else if let Some(text) = reference {
                self.refer(text);
            }
        }
    }

    fn leads_out(&self, link: &Value) -> bool {
        if let Some(id) = link.get("operationId").and_then(Value::as_str) {
            return !self.ids.contains(id);
        }
        let reference = link.get("operationRef").and_then(Value::as_str);
        reference
            .and_then(|text| local(text).ok())
            .is_some_and(|place| !self.reached.units.contains(&place))
    }

    fn subtypes(&mut self) -> &HashMap<String, Vec<&'d str>> {
        let home = self.root.schemas();
        let schemas = home.get(self.document);
        self.subtypes.get_or_insert_with(|| {
            let mut subtypes: HashMap<String, Vec<&str>> = HashMap::new();
            for (name, schema) in schemas.and_then(Value::as_object).into_iter().flatten() {
                let parts = schema.get("allOf").and_then(Value::as_array);
                for part in parts.into_iter().flatten() {
                    let parent = reference::of(part).and_then(|text| local(text).ok());
                    if let Some(parent) = parent
                        && parent.parent().as_ref() == Some(&home)
                        && let Some(parent) = parent.last()
                    {
                        subtypes.entry(parent).or_default().push(name);
                    }
                }
            }
            subtypes
        })
    }

    fn anchors(&mut self) -> &HashMap<String, Pointer> {
        let document = self.document;
        self.anchors.get_or_insert_with(|| {
            let mut anchors = HashMap::new();
            anchors::each(document, |name, place| {
                let tokens: Vec<String> = place.pointer().tokens().take(3).collect();
                if tokens.starts_with(&["components".to_owned(), "schemas".to_owned()]) {
                    anchors.insert(name, Pointer::from_tokens(tokens));
                }
            });
            anchors
        })
    }
}

/// Whether a member of a path item is an operation or has some.
fn has_operations(name: &str) -> bool {
    is_method(name) || name == ADDITIONAL
}

/// Something that a node needs.
enum Need<'d> {
    Reference(&'d str),
    Operation(&'d Value),
    SecurityScheme(&'d str),
    /// The schema that a value of a mapping names.
    Mapped(&'d str),
    /// The schemas that extend the schema with this name.
    Subtypes(String),
    Links(&'d Value, Pointer),
}

/// The name of a component whose discriminator uses the names of the schemas that extend it, because it has no mapping.
fn parent_by_name(schema: &Value, place: &Place) -> Option<String> {
    let discriminator = schema.get("discriminator")?;
    let lists = ["oneOf", "anyOf"];
    if discriminator.get("mapping").is_some() || lists.iter().any(|it| schema.get(it).is_some()) {
        return None;
    }
    place
        .is_schema_with_name()
        .then(|| place.pointer().last())?
}
