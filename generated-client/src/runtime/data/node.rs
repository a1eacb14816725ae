//! What a type shows of its values: places to read into and views to write from.

use serde_json::Value;

use super::facts::Facts;
use super::record::Shape;
use super::union::UnionShape;

/// A value that JSON can be read into and written from.
pub trait Node: Described {
    /// Where a value can be put.
    fn place(&mut self) -> Place<'_>;
    /// What is there.
    fn view(&self) -> View<'_>;
}

/// A type of nodes: what is known of it without a value.
pub trait Blank: Node + Sized {
    /// Whether `null` is one of its values, so that an `Option` of it tells `null` and absence apart.
    const NULLABLE: bool = false;

    /// A value to be filled. Nobody sees it: what is not filled completely is thrown away.
    fn blank() -> Self;

    /// What its values look like in JSON.
    fn facts() -> Facts;

    /// The place of an option of this type.
    fn optional_place(slot: &mut Option<Self>) -> Place<'_> {
        Place::Maybe(slot)
    }

    /// The place of a list of this type.
    fn list_place(items: &mut Vec<Self>) -> Place<'_> {
        Place::List(items)
    }

    /// The view of a list of this type, if there is a special one.
    fn special_list(_items: &[Self]) -> Option<View<'_>> {
        None
    }
}

/// What [`Blank`] says, for a node whose type is not known.
pub trait Described {
    /// Makes the value blank again.
    fn reset(&mut self);
    /// The facts of its type.
    fn described(&self) -> Facts;
}

impl<T: Blank> Described for T {
    fn reset(&mut self) {
        *self = T::blank();
    }

    fn described(&self) -> Facts {
        T::facts()
    }
}

/// Where a value can be put. There is one case for each way to read, not for each type.
pub enum Place<'a> {
    /// A boolean.
    Boolean(Leaf<'a, bool>),
    /// An integer.
    Integer(Leaf<'a, i64>),
    /// An integer of another size.
    Ranged(&'a mut dyn Ranged),
    /// A number that keeps its digits.
    Digits(&'a mut dyn Digits),
    /// A number.
    Number(Leaf<'a, f64>),
    /// A string.
    Text(Leaf<'a, String>),
    /// A string with a form of its own: a date, the value of an enumeration.
    Parsed(&'a mut dyn Parsed),
    /// A value or `null`.
    Maybe(&'a mut dyn Maybe),
    /// An array.
    List(&'a mut dyn List),
    /// An array of integers. Long arrays mostly have scalars.
    Integers(&'a mut Vec<i64>),
    /// An array of numbers.
    Numbers(&'a mut Vec<f64>),
    /// An array of strings.
    Texts(&'a mut Vec<String>),
    /// An object whose members all have one type.
    Map(&'a mut dyn Map),
    /// An object with declared members.
    Record(&'a mut dyn Record),
    /// One of several types.
    Union(&'a mut dyn Union),
    /// Anything.
    Any(&'a mut Value),
}

/// What a node holds.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// Nothing; written as `null` where something must stand.
    Absent,
    /// `null`, where the document tells it apart from absence.
    Null,
    /// A boolean.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// An integer above zero.
    Unsigned(u64),
    /// A number.
    Number(f64),
    /// A number as JSON writes it.
    Digits(&'a str),
    /// A string.
    Text(&'a str),
    /// An array.
    List(&'a dyn List),
    /// An array of integers.
    Integers(&'a [i64]),
    /// An array of numbers.
    Numbers(&'a [f64]),
    /// An array of strings.
    Texts(&'a [String]),
    /// An object whose members all have one type.
    Map(&'a dyn Map),
    /// An object with declared members.
    Record(&'a dyn Record),
    /// One of several types.
    Union(&'a dyn Union),
    /// Anything.
    Any(&'a Value),
}

/// A scalar, or an option of one. Most members are such; so no call of a function that is not known stands between them and
/// the format.
pub enum Leaf<'a, T> {
    /// It must have a value.
    Plain(&'a mut T),
    /// `null` makes it `None`.
    Optional(&'a mut Option<T>),
}

/// Takes an integer of a certain size, or `null` if it is an option.
pub trait Ranged {
    /// Puts an integer there, `None` for `null`. Returns whether it is a value of the type.
    fn put(&mut self, value: Option<i128>) -> bool;
}

/// Takes a number as JSON writes it.
pub trait Digits {
    /// Puts a number there. Returns whether it is a value of the type.
    fn put(&mut self, text: &str) -> bool;
    /// What is expected, for messages.
    fn expected(&self) -> &'static str;
}

/// Takes a string that has a form of its own.
pub trait Parsed {
    /// Parses `text` and puts the value there.
    fn parse(&mut self, text: &str) -> Form;
}

/// What a string is to a type that parses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One of its values.
    Known,
    /// A value that the description does not list, and that is kept.
    Unknown,
    /// Not one of its values.
    Wrong,
}

/// An option.
pub trait Maybe {
    /// Makes it hold a blank value, and returns this.
    fn fill(&mut self) -> &mut dyn Node;
    /// Makes it hold what `null` means.
    fn put_null(&mut self);
}

/// A list.
pub trait List {
    /// Removes all elements.
    fn clear(&mut self);
    /// Appends a blank element, and returns it.
    fn add(&mut self) -> &mut dyn Node;
    /// The number of elements.
    fn count(&self) -> usize;
    /// An element.
    fn item(&self, index: usize) -> &dyn Node;
}

/// A map with strings as keys.
pub trait Map {
    /// Removes all members.
    fn clear(&mut self);
    /// Adds a blank member, in place of one with the same name, and returns it.
    fn entry(&mut self, name: &str) -> &mut dyn Node;
    /// Removes a member.
    fn remove(&mut self, name: &str);
    /// The number of members.
    fn count(&self) -> usize;
    /// A member.
    fn get(&self, name: &str) -> Option<&dyn Node>;
    /// Calls `visit` with each member.
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Node));
}

/// An object with declared members: a [`Struct`], of whichever type.
pub trait Record {
    /// The table of its members.
    fn shape(&self) -> &'static Shape;
    /// Calls `visit` with all members, in the order of the table; the map of additional members comes last.
    fn slots(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Node]));
    /// As [`slots`](Self::slots), to look at.
    fn parts(&self, visit: &mut dyn FnMut(&[&dyn Node]));
}

/// A struct with declared members. The macro `record!` implements it, and all other traits follow from it here: what a macro
/// writes is compiled for each type again.
pub trait Struct: Sized + 'static {
    /// The table of its members.
    const SHAPE: &'static Shape;
    /// [`Blank::blank`].
    fn blank() -> Self;
    /// [`Record::slots`].
    fn slots(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Node]));
    /// [`Record::parts`].
    fn parts(&self, visit: &mut dyn FnMut(&[&dyn Node]));
}

impl<T: Struct> Record for T {
    fn shape(&self) -> &'static Shape {
        T::SHAPE
    }

    fn slots(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Node])) {
        Struct::slots(self, visit);
    }

    fn parts(&self, visit: &mut dyn FnMut(&[&dyn Node])) {
        Struct::parts(self, visit);
    }
}

impl<T: Struct> Node for T {
    fn place(&mut self) -> Place<'_> {
        Place::Record(self)
    }

    fn view(&self) -> View<'_> {
        View::Record(self)
    }
}

impl<T: Struct> Blank for T {
    fn blank() -> Self {
        Struct::blank()
    }

    fn facts() -> Facts {
        Facts::record::<T>()
    }
}

/// One of several types. The macro `union!` implements it.
pub trait Union {
    /// The table of its variants.
    fn shape(&self) -> &'static UnionShape;
    /// The variant that it is, by its place in the table, and what it holds. `None` is `Unknown`.
    fn held(&self) -> (Option<usize>, &dyn Node);
    /// Makes it a variant with a blank value, and returns this.
    fn become_variant(&mut self, index: usize) -> &mut dyn Node;
    /// Makes it `Unknown`.
    fn become_unknown(&mut self, value: Value);
}
