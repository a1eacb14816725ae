//! Gives the schemas and operations of a model their names in Rust, and their parts theirs.
//!
//! What has a name in the file of public names keeps it. For everything else, this module says which name it wants.

use std::collections::{HashMap, HashSet};

use openapiv3::Type;

use super::body::{Body, PartStyle};
use super::ledger::operations::OperationNames;
use super::ledger::types::NewType;
use super::ledger::{Ledger, Owner, Wanted};
use super::names::{self, Scope};
use super::node::Node;
use super::operation::Operation;
use super::parameter::{Parameter, ParameterPlace, Style};
use super::schema::{EnumValue, Object, Schema, Shape, Union};
use crate::normalize::normal_form::NormalForm;
use crate::pointer::Pointer;
use crate::public_names::{Kind, Spelling};

/// Sets the usual spellings of names in the document.
pub(super) fn spell(schemas: &[Schema], ledger: &mut Ledger) {
    ledger.spell(
        || spelling_of_properties(schemas),
        || spelling_of_values(schemas),
    );
}

/// Names the types, fields and variants.
pub(super) fn name_schemas(
    schemas: &mut [Schema],
    operations: &[Operation],
    form: &NormalForm,
    ledger: &mut Ledger,
) {
    let mut references: HashMap<&str, Vec<Pointer>> = HashMap::new();
    let parts = schemas.iter().flat_map(Schema::typed);
    for part in parts.chain(operations.iter().flat_map(Operation::typed)) {
        add_references(&part.place, part.node, &mut references);
    }
    let new = schemas.iter().map(|schema| NewType {
        uses: form.facts.of(&schema.place).uses.clone(),
        is_base: form.facts.of(&schema.place).base_of.is_some(),
        place: schema.place.clone(),
        wanted: names::type_name(schema.name),
        references: references.remove(schema.name).unwrap_or_default(),
    });
    let named = ledger.types(&new.collect::<Vec<_>>());
    for (schema, named) in schemas.iter_mut().zip(named) {
        let is_named = named.owner.is_component();
        schema.label = if is_named {
            schema.name.to_owned()
        } else {
            named.name.clone()
        };
        schema.type_name = named.name;
        schema.aliases = named.aliases;
        schema.rank = named.rank;
        schema.owner = named.owner;
    }
    let items = schemas.iter();
    let items: HashMap<&str, String> = items
        .map(|schema| (schema.name, schema.owner.key.clone()))
        .collect();
    for schema in schemas {
        match &mut schema.shape {
            Shape::Object(object) => name_fields(object, &schema.owner, ledger),
            Shape::StringEnum(values) => name_values(values, &schema.owner, ledger),
            Shape::Union(union) => name_variants(union, schema.name, &items, &schema.owner, ledger),
            Shape::Alias(_) => {}
        }
    }
}

/// Adds the places in a part that refer to a component.
fn add_references<'d>(place: &Pointer, node: Node<'d>, found: &mut HashMap<&'d str, Vec<Pointer>>) {
    if let Some(name) = node.reference() {
        found.entry(name).or_default().push(place.clone());
    }
    if let Some(items) = node.items() {
        add_references(&place.join("items"), items, found);
    }
    if let Some(values) = node.values() {
        add_references(&place.join("additionalProperties"), values, found);
    }
}

fn spelling_of_properties(schemas: &[Schema]) -> Spelling {
    let objects = schemas.iter().filter_map(|schema| match &schema.shape {
        Shape::Object(object) => Some(&object.fields),
        _ => None,
    });
    let fields = objects.flatten();
    Spelling::most(fields.map(|field| (field.name.as_str(), names::value_name(&field.name))))
}

fn spelling_of_values(schemas: &[Schema]) -> Spelling {
    let enums = schemas.iter().filter_map(|schema| match &schema.shape {
        Shape::StringEnum(values) => Some(values),
        _ => None,
    });
    let values = enums.flatten();
    Spelling::most(values.map(|it| (it.value.as_str(), names::variant_name(&it.value))))
}

/// The item of the members that an object does not list. A property with this name would have the same name in Rust.
const REST: &str = "*";
const REST_NAME: &str = "additional_properties";

fn name_fields(object: &mut Object, owner: &Owner, ledger: &mut Ledger) {
    let fields = object.fields.iter().map(|field| {
        let ident = names::value_name(&field.name);
        Wanted {
            is_usual: ident != REST_NAME && ledger.is_usual_property(&field.name, &ident),
            item: field.name.clone(),
            names: vec![ident],
        }
    });
    let rest = object.rest.iter().map(|_| Wanted {
        item: REST.to_owned(),
        names: vec![REST_NAME.to_owned()],
        is_usual: true,
    });
    let wanted: Vec<Wanted> = fields.chain(rest).collect();
    let named = ledger.parts(Kind::Fields, owner, &mut Scope::default(), &wanted);
    let idents = object.fields.iter_mut().map(|field| &mut field.ident);
    let idents = idents.chain(object.rest.iter_mut().map(|(ident, _)| ident));
    for (ident, name) in idents.zip(named) {
        *ident = name;
    }
}

/// Names the setters of an object, once it is known whether it is sent.
///
/// A method that sets a field to `null` has precedence over the setter of a field whose name begins with `clear_`, and a setter with
/// the name of its field over one that must have another name.
pub(super) fn name_setters(schema: &mut Schema, ledger: &mut Ledger) {
    let is_sent = schema.is_sent;
    let Shape::Object(object) = &mut schema.shape else {
        return;
    };
    let mut scope = Scope::with(names::TAKEN.iter().copied());
    let mut wanted = Vec::new();
    let mut targets = Vec::new();
    for field in object.fields.iter_mut().filter(|field| !field.required) {
        wanted.push(setter(&field.name, &field.ident));
        targets.push(&mut field.setter);
        if is_sent && field.nullable {
            wanted.push(Wanted {
                item: format!("{}=null", field.name),
                names: vec![names::clearer_name(&field.ident)],
                is_usual: true,
            });
            targets.push(&mut field.clear);
        }
    }
    let named = ledger.parts(Kind::Setters, &schema.owner, &mut scope, &wanted);
    for (target, name) in targets.into_iter().zip(named) {
        *target = name;
    }
}

fn setter(item: &str, ident: &str) -> Wanted {
    let name = names::setter_name(ident);
    Wanted {
        item: item.to_owned(),
        is_usual: name == ident && !ident.starts_with("clear_"),
        names: vec![name],
    }
}

fn name_values(values: &mut [EnumValue], owner: &Owner, ledger: &mut Ledger) {
    let wanted = values.iter().map(|it| {
        let mut variant = names::variant_name(&it.value);
        if variant == "Unknown" {
            // In every enum, the variant `Unknown` is for the values that are not listed.
            "UnknownValue".clone_into(&mut variant);
        }
        Wanted {
            item: it.value.clone(),
            is_usual: ledger.is_usual_value(&it.value, &variant),
            names: vec![variant],
        }
    });
    let wanted: Vec<Wanted> = wanted.collect();
    let mut scope = Scope::with(["Unknown"]);
    let named = ledger.parts(Kind::Variants, owner, &mut scope, &wanted);
    for (value, name) in values.iter_mut().zip(named) {
        value.variant = name;
    }
}

/// Names the variants of a union. `items` says what each component is.
fn name_variants(
    union: &mut Union,
    name: &str,
    items: &HashMap<&str, String>,
    owner: &Owner,
    ledger: &mut Ledger,
) {
    let nodes: Vec<Node> = union.variants.iter().map(|it| it.typed.node).collect();
    let wanted = nodes.iter().zip(variant_idents(name, &nodes));
    let wanted = wanted.map(|(node, names)| Wanted {
        item: item_of(*node, items),
        names,
        is_usual: false,
    });
    let wanted: Vec<Wanted> = wanted.collect();
    let mut scope = Scope::with(["Unknown"]);
    let named = ledger.parts(Kind::Variants, owner, &mut scope, &wanted);
    for (variant, name) in union.variants.iter_mut().zip(named) {
        variant.ident = name;
    }
}

/// What a variant is: its component, or its title or type.
fn item_of(node: Node, items: &HashMap<&str, String>) -> String {
    if let Some(item) = node.reference().and_then(|name| items.get(name)) {
        return item.clone();
    }
    match (node.ty(), node.items()) {
        (Some(Type::Array(_)), Some(element)) => format!("{}[]", item_of(element, items)),
        _ => variant_ident(node),
    }
}

/// The names of the variants of a union, the best first. A variant does not repeat the first words of the name of its union, unless
/// two variants would get the same name: `AccountExpression` has the variant `SimpleExpression` for `AccountSimpleExpression`.
fn variant_idents(union: &str, variants: &[Node]) -> Vec<Vec<String>> {
    let whole: Vec<String> = variants.iter().map(|node| variant_ident(*node)).collect();
    let short: Vec<String> = whole
        .iter()
        .map(|ident| names::without_first_words_of(union, ident))
        .collect();
    let mut counts = HashMap::from([("Unknown", 1)]);
    for ident in whole.iter().chain(&short) {
        *counts.entry(ident).or_default() += 1;
    }
    let idents = whole.iter().zip(&short).map(|(whole, short)| {
        let is_free = short != whole && counts[short.as_str()] == 1;
        let short = is_free.then(|| short.clone());
        short.into_iter().chain([whole.clone()]).collect()
    });
    idents.collect()
}

/// The name of a variant: the name or title of its schema, or else its type.
fn variant_ident(node: Node) -> String {
    if let Some(target) = node.reference() {
        return names::variant_name(target);
    }
    if let Some(title) = node.data().and_then(|data| data.title.as_ref()) {
        return names::variant_name(title);
    }
    let name = match (node.ty(), node.format()) {
        (Some(Type::String(_)), Some("date")) => "Date",
        (Some(Type::String(_)), Some("date-time")) => "DateTime",
        (Some(Type::String(_)), Some("uuid")) => "Uuid",
        (Some(Type::String(_)), _) => "String",
        (Some(Type::Integer(_)), _) => "Integer",
        (Some(Type::Number(_)), _) => "Number",
        (Some(Type::Boolean(_)), _) => "Boolean",
        (Some(Type::Array(_)), _) => {
            return format!("{}List", variant_ident(node.items().unwrap_or(Node::Any)));
        }
        (Some(Type::Object(_)), _) => "Map",
        _ => "Any",
    };
    name.to_owned()
}

/// The names of operations, in their order.
pub(super) fn name_operations(form: &NormalForm, ledger: &mut Ledger) -> Vec<OperationNames> {
    let mut methods = Scope::with(["new", "builder", "from_service", "clone", "fmt"]);
    let mut types = Scope::with(IMPORTED.iter().copied());
    let operations = form.supplement.operations.iter();
    let operations = operations.map(|(path, method, node)| {
        let place = Pointer::from_tokens(["paths", path, method]);
        (place, node.operation_id.clone().unwrap_or_default())
    });
    let operations: Vec<(Pointer, String)> = operations.collect();
    ledger.operations(&operations, &mut methods, &mut types)
}

/// What the modules of operations may import.
const IMPORTED: &[&str] = &[
    "Binary",
    "Bytes",
    "Client",
    "Decode",
    "DecodeError",
    "Notes",
    "Empty",
    "Error",
    "Json",
    "Method",
    "Operation",
    "Reply",
    "Request",
    "Response",
    "Text",
];

/// The methods that every request has.
const METHODS: &[&str] = &["send", "send_raw", "with"];

/// Names the arguments of an operation, which are in the order of the document.
pub(super) fn name_arguments(
    parameters: &mut [Parameter],
    body: Option<&Body>,
    owner: &Owner,
    ledger: &mut Ledger,
) {
    let mut scope = Scope::with(["body", "send", "clone", "self_", "types"]);
    if body.is_some_and(Body::is_range) {
        scope.claim("content_type");
    }
    let in_path = parameters
        .iter()
        .filter(|it| it.place == ParameterPlace::Path);
    let in_path: HashSet<String> = in_path.map(|it| names::value_name(&it.name)).collect();
    let wanted = parameters.iter().map(|parameter| {
        let ident = names::value_name(&parameter.name);
        let (place, suffix) = place_of(parameter);
        let with_place = format!("{}_{suffix}", ident.trim_end_matches('_'));
        Wanted {
            item: format!("{place}/{}", parameter.name),
            is_usual: match parameter.place {
                // Another path is another operation, so no path parameter is new.
                ParameterPlace::Path => true,
                ParameterPlace::Query => {
                    !in_path.contains(&ident) && ledger.is_usual_property(&parameter.name, &ident)
                }
                _ => false,
            },
            names: vec![ident, with_place],
        }
    });
    let wanted: Vec<Wanted> = wanted.collect();
    let named = ledger.parts(Kind::Parameters, owner, &mut scope, &wanted);
    for (parameter, name) in parameters.iter_mut().zip(named) {
        parameter.ident = name;
    }
}

/// Where a parameter is: in words that tell it from others with its name, and as a suffix of its name in Rust.
fn place_of(parameter: &Parameter) -> (String, &'static str) {
    let (place, suffix) = match (&parameter.place, &parameter.style) {
        (_, Style::Part(PartStyle::Header(part, _))) => {
            return (format!("part/{part}/header"), "header");
        }
        (ParameterPlace::Path, _) => ("path", "path"),
        (ParameterPlace::Query, _) => ("query", "query"),
        (ParameterPlace::Header, _) => ("header", "header"),
        (ParameterPlace::Cookie, _) => ("cookie", "cookie"),
        (ParameterPlace::Part, _) => ("part", "part"),
    };
    (place.to_owned(), suffix)
}

/// Names the setters of the optional arguments of an operation.
pub(super) fn name_argument_setters(operation: &mut Operation, owner: &Owner, ledger: &mut Ledger) {
    let mut scope = Scope::with(names::TAKEN.iter().copied().chain(METHODS.iter().copied()));
    if operation.may_be_paged() {
        scope.claim("pages");
    }
    if operation.is_streamed() {
        scope.claim("stream");
    }
    if operation.has_events {
        scope.claim("events");
    }
    if operation.success.iter().any(|it| it.items.is_some()) {
        scope.claim("items");
    }
    let optional = operation.parameters.iter_mut();
    let optional: Vec<&mut Parameter> = optional.filter(|it| !it.required).collect();
    let wanted = optional.iter().map(|parameter| {
        let item = format!("{}/{}", place_of(parameter).0, parameter.name);
        setter(&item, &parameter.ident)
    });
    let wanted: Vec<Wanted> = wanted.collect();
    let named = ledger.parts(Kind::Setters, owner, &mut scope, &wanted);
    for (parameter, name) in optional.into_iter().zip(named) {
        parameter.setter = name;
    }
}
