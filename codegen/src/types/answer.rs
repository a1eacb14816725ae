//! Reads the types that progenitor decided as types of the model.

use std::collections::HashMap;

use progenitor::{GenerationSettings, InterfaceStyle};
use serde_json::json;
use typify::{TypeDetails, TypeId, TypeSpace};

use super::question;
use crate::model::{Integer, Type};
use crate::normalize::schemas::number_sizes::{ANY_SIZE, EXACT};

/// The types of the properties of each object, by its number.
pub(super) type Answers = HashMap<usize, Vec<Type>>;

/// The formats that have a Rust type of their own: the `type` and `format` of the schema, the name in the type space, the type.
const CONVERSIONS: &[(&str, &str, &str, Type)] = &[
    ("string", "date", "Date", Type::Date),
    ("string", "date-time", "DateTime", Type::DateTime),
    ("string", "uuid", "Uuid", Type::Uuid),
    (
        "integer",
        ANY_SIZE,
        "AnyInteger",
        Type::Integer(Integer::AnySize),
    ),
    ("number", EXACT, "ExactNumber", Type::ExactNumber),
];

/// The settings by which progenitor decides.
pub(super) fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_map_type("::std::collections::BTreeMap");
    for (kind, format, name, _) in CONVERSIONS {
        let schema = json!({"type": kind, "format": format});
        let schema = serde_json::from_value(schema).expect("it is a schema");
        settings.with_conversion(schema, name, std::iter::empty());
    }
    settings
}

/// The types of the properties of all objects in a type space.
///
/// # Errors
///
/// The description of a type that the model does not have.
pub(super) fn read(space: &TypeSpace) -> Result<Answers, String> {
    let mut answers = Answers::new();
    for ty in space.iter_types() {
        let TypeDetails::Struct(object) = ty.details() else {
            continue;
        };
        let Some(number) = question::number(&ty.name()) else {
            continue;
        };
        let types = object.properties().map(|(_, id)| self::ty(space, &id));
        answers.insert(number, types.collect::<Result<_, _>>()?);
    }
    Ok(answers)
}

fn ty(space: &TypeSpace, id: &TypeId) -> Result<Type, String> {
    let found = space.get_type(id).map_err(|error| error.to_string())?;
    let inner = |id: &TypeId| ty(space, id).map(Box::new);
    Ok(match found.details() {
        TypeDetails::Struct(_) => {
            let name = found.name();
            Type::Named(question::number(&name).ok_or(name)?)
        }
        TypeDetails::Option(id) => Type::Option(inner(&id)?),
        TypeDetails::Vec(id) => Type::Vec(inner(&id)?),
        TypeDetails::Map(_, id) => Type::Map(inner(&id)?),
        TypeDetails::Box(id) => Type::Box(inner(&id)?),
        TypeDetails::String => Type::String,
        TypeDetails::Builtin(name) => builtin(name).ok_or_else(|| name.to_owned())?,
        _ => return Err(found.describe()),
    })
}

fn builtin(name: &str) -> Option<Type> {
    let converted = CONVERSIONS.iter().find(|(_, _, it, _)| *it == name);
    if let Some((_, _, _, ty)) = converted {
        return Some(ty.clone());
    }
    Some(match name {
        "bool" => Type::Boolean,
        "f64" => Type::Number,
        "i32" => Type::Integer(Integer::I32),
        "i64" => Type::Integer(Integer::I64),
        "u32" => Type::Integer(Integer::U32),
        "u64" => Type::Integer(Integer::U64),
        "::serde_json::Value" => Type::Any,
        _ => return None,
    })
}
