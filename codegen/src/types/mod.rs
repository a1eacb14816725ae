//! From schemas to Rust types: `progenitor` finds them, and this is the only module that names it.
//!
//! The engine stops (or panics) on much of what documents hold: operations with several bodies or answers, names that
//! collide, defaults and patterns that it cannot take. So it is not shown the document. It gets one plain object for each
//! component schema and for each operation (see [`carrier`]) and says which Rust type each of the parts has; operations and
//! the face of the types are made in `refine`. Whatever it still stops on is traced back to its place (see [`blame`]).

mod blame;
mod carrier;
mod engine;

use std::collections::HashMap;

use crate::Pointer;
use crate::model::{Model, Shape};
pub(crate) use carrier::ANY_INTEGER;
use carrier::{Carriers, Group, Target};

/// The Rust types of a model's parts. Component schemas are called `T` and their number in the model.
#[derive(Debug)]
pub(crate) struct Lowered {
    /// For each schema, the types of [`Schema::typed`](crate::model::Schema::typed).
    pub(crate) schemas: Vec<Vec<syn::Type>>,
    /// For each operation, the types of [`Operation::typed`](crate::model::Operation::typed).
    pub(crate) operations: Vec<Vec<syn::Type>>,
}

/// A schema or operation that the engine stops on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Culprit {
    /// Where it stands in the normalized document.
    pub(crate) place: Pointer,
    /// What the engine said.
    pub(crate) message: String,
}

/// Finds the Rust type of every part of a model.
pub(crate) fn lower(model: &Model) -> Result<Lowered, Vec<Culprit>> {
    let targets: HashMap<&str, Target> = model
        .schemas
        .iter()
        .enumerate()
        .map(|(index, schema)| {
            let is_alias = matches!(schema.shape, Shape::Alias(_));
            let nullable = schema.nullable && !is_alias;
            (schema.name.as_str(), Target { index, nullable })
        })
        .collect();
    let schemas = model.schemas.iter().map(|schema| Group {
        place: &schema.place,
        parts: schema.typed(),
    });
    let operations = model.operations.iter().map(|operation| Group {
        place: &operation.place,
        parts: operation.typed(),
    });
    let groups: Vec<Group> = schemas.chain(operations).collect();
    let carriers = Carriers::new(&groups, &targets);

    let all: Vec<usize> = (0..groups.len()).collect();
    let attempt = |chosen: &[usize]| engine::run(carriers.document(chosen));
    let structs = match attempt(&all) {
        Ok(structs) => structs,
        Err(message) => {
            let culprits = blame::find(&all, message, |chosen| attempt(chosen).err());
            return Err(culprits
                .into_iter()
                .map(|(index, message)| Culprit {
                    place: groups[index].place.clone(),
                    message,
                })
                .collect());
        }
    };
    let mut schemas = carriers.types(&structs);
    let operations = schemas.split_off(model.schemas.len());
    Ok(Lowered {
        schemas,
        operations,
    })
}
