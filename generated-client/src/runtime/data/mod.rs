//! How the types of an API are read and written: as data, not as code.
//!
//! A generated type is a plain struct and a table. Suppose it is this one:
//!
//! ```text
//! pub struct Pet {
//!     pub id: i64,
//!     pub name: Option<String>,
//! }
//! record! { Pet {
//!     id "id" REQUIRED,
//!     name "name" OPTIONAL,
//! } }
//! ```
//!
//! The macro makes `Pet` a [`Node`]: a value that gives out a *place* and a *view*. A [`Place`] is a mutable reference with a
//! note what may be put there: here a record, whose table is a [`Shape`], and whose members have places of their own. A
//! [`View`] is a shared reference with a note what is there. Places and views have a case for each kind of value, not for each
//! type. So one reader fills all places and one writer writes all views, and the compiler sees them once for each format,
//! however many types there are.
//!
//! | module | what it has |
//! |---|---|
//! | `node` | the traits, and the cases of places and views |
//! | `leaf`, `container` | nodes that Rust has: numbers, strings; options, lists, maps |
//! | `record`, `union`, `string_enum`, `transparent` | nodes that are generated: a macro each, and its table |
//! | `kept`, `number` | strings with a format, and numbers, that are kept as they came |
//! | `read`, `scalar`, `members`, `variant` | fill a place: with a scalar, the members of an object, the variant of a union |
//! | `facts`, `weigh`, `decide` | what the values of a type look like, how well a value fits, which variant it is |
//! | `write`, `tagged`, `compare` | write a view, a union with its tag; `Debug` and `PartialEq` |
//! | `reader`, `trail`, `notes` | how a value is read, where reading is, and what it found |
//! | `text` | the text of a value, in which numbers have all digits |
//! | `json`, `empty` | the entries: for JSON, and for no body at all |
//!
//! There are two ways to read. *Strict* reading fails at the first fault; it is what `serde::Deserialize` of each type does.
//! *Lenient* reading is for what a server sends: an optional member that does not fit is read as absent and noted, and only a
//! required one makes it fail. [`from_json`] is lenient.

mod compare;
mod container;
mod decide;
mod empty;
mod facts;
mod json;
mod kept;
mod leaf;
mod members;
mod node;
mod notes;
mod number;
mod read;
mod reader;
mod record;
mod scalar;
mod string_enum;
mod tagged;
mod text;
mod trail;
mod transparent;
mod union;
mod variant;
mod weigh;
mod write;

pub use compare::{debug, equal};
pub(in crate::runtime) use empty::empty;
pub use facts::{Facts, facts_in, nullable_in};
pub use json::{ReadError, from_json, to_json};
pub use node::{
    Blank, Described, Digits, Form, Leaf, List, Map, Maybe, Node, Parsed, Place, Ranged, Record,
    Struct, Union, View,
};
pub use notes::{Note, NoteKind, Notes};
pub use number::{Integer, NotANumber, Number};
pub use read::read;
pub use record::{Member, Shape, is_one_of};
pub use text::read_text;
pub use union::{Rule, Tag, UnionShape, Variant};
pub use write::{Viewed, ViewedItems, viewed, write};

#[allow(
    unused_imports,
    reason = "not every API description has each kind of type"
)]
pub(crate) use {
    container::boxed,
    kept::kept_text,
    record::{record, setter, through_views},
    string_enum::open_enum,
    transparent::transparent,
    union::union,
};
