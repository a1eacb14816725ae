//! What holds other nodes: options, boxes, lists and maps.

use std::collections::BTreeMap;

use serde_json::Value;

use super::facts::Facts;
use super::node::{Blank, List, Map, Maybe, Node, Place, Struct, View};
use super::record::Shape;

impl<T: Blank> Node for Option<T> {
    fn place(&mut self) -> Place<'_> {
        T::optional_place(self)
    }

    fn view(&self) -> View<'_> {
        match self.as_ref().map(Node::view) {
            None => View::Absent,
            // The `null` of a type that has one.
            Some(View::Absent) => View::Null,
            Some(view) => view,
        }
    }
}

impl<T: Blank> Blank for Option<T> {
    const NULLABLE: bool = true;

    fn blank() -> Self {
        None
    }

    fn facts() -> Facts {
        Facts::Maybe(T::facts)
    }
}

impl<T: Blank> Maybe for Option<T> {
    fn fill(&mut self) -> &mut dyn Node {
        self.insert(T::blank())
    }

    fn put_null(&mut self) {
        *self = T::NULLABLE.then(T::blank);
    }
}

// A `Box` is in a field that would make its type endless. The compiler reserves `Box<T>` to whoever has `T`, so it is not a node
// for every node `T`: a boxed struct is a struct, and the macros of other types write the rest with `boxed!`.
impl<T: Struct> Struct for Box<T> {
    const SHAPE: &'static Shape = T::SHAPE;

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn slots(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Node])) {
        Struct::slots(&mut **self, visit);
    }

    fn parts(&self, visit: &mut dyn FnMut(&[&dyn Node])) {
        Struct::parts(&**self, visit);
    }
}

/// Makes a node of a box of a type that is not a struct with declared members.
#[allow(unused_macros, reason = "not every API description has such types")]
macro_rules! boxed {
    ($name:ident) => {
        impl $crate::runtime::data::Node for ::std::boxed::Box<$name> {
            #[inline]
            fn place(&mut self) -> $crate::runtime::data::Place<'_> {
                $crate::runtime::data::Node::place(&mut **self)
            }
            #[inline]
            fn view(&self) -> $crate::runtime::data::View<'_> {
                $crate::runtime::data::Node::view(&**self)
            }
        }
        impl $crate::runtime::data::Blank for ::std::boxed::Box<$name> {
            const NULLABLE: bool = <$name as $crate::runtime::data::Blank>::NULLABLE;
            #[inline]
            fn blank() -> Self {
                Self::new($crate::runtime::data::Blank::blank())
            }
            #[inline]
            fn facts() -> $crate::runtime::data::Facts {
                <$name as $crate::runtime::data::Blank>::facts()
            }
        }
    };
}
#[allow(unused_imports, reason = "not every API description has such types")]
pub(crate) use boxed;

impl<T: Blank> Node for Vec<T> {
    fn place(&mut self) -> Place<'_> {
        T::list_place(self)
    }

    fn view(&self) -> View<'_> {
        T::special_list(self).unwrap_or(View::List(self))
    }
}

impl<T: Blank> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn facts() -> Facts {
        Facts::List(T::facts)
    }
}

impl<T: Blank> List for Vec<T> {
    fn clear(&mut self) {
        self.clear();
    }

    fn add(&mut self) -> &mut dyn Node {
        let index = self.len();
        self.push(T::blank());
        &mut self[index]
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> &dyn Node {
        &self[index]
    }
}

/// Implements the traits for a map with strings as keys.
macro_rules! map {
    ($(($($generic:tt)*) $type:ty, $facts:expr;)*) => { $(
        impl $($generic)* Node for $type {
            fn place(&mut self) -> Place<'_> {
                Place::Map(self)
            }
            fn view(&self) -> View<'_> {
                View::Map(self)
            }
        }
        impl $($generic)* Blank for $type {
            fn blank() -> Self {
                Self::new()
            }
            fn facts() -> Facts {
                Facts::Map($facts)
            }
        }
    )* };
}
map! {
    (<T: Blank>) BTreeMap<String, T>, T::facts;
    () serde_json::Map<String, Value>, Value::facts;
}

impl<T: Blank> Map for BTreeMap<String, T> {
    fn clear(&mut self) {
        self.clear();
    }

    fn entry(&mut self, name: &str) -> &mut dyn Node {
        let entry = BTreeMap::entry(self, name.to_owned());
        entry
            .and_modify(|member| *member = T::blank())
            .or_insert_with(T::blank)
    }

    fn remove(&mut self, name: &str) {
        BTreeMap::remove(self, name);
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, name: &str) -> Option<&dyn Node> {
        BTreeMap::get(self, name).map(|member| member as &dyn Node)
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Node)) {
        for (name, member) in self {
            visit(name, member);
        }
    }
}

impl Map for serde_json::Map<String, Value> {
    fn clear(&mut self) {
        self.clear();
    }

    fn entry(&mut self, name: &str) -> &mut dyn Node {
        // Reading puts a value there whatever stood there before.
        serde_json::Map::entry(self, name).or_insert(Value::Null)
    }

    fn remove(&mut self, name: &str) {
        serde_json::Map::remove(self, name);
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, name: &str) -> Option<&dyn Node> {
        serde_json::Map::get(self, name).map(|member| member as &dyn Node)
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Node)) {
        for (name, member) in self {
            visit(name, member);
        }
    }
}
