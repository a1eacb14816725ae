//! Types as the generator writes them, one of each kind.

use std::collections::BTreeMap;

use crate::runtime::data::{open_enum, record, transparent, union};

pub use date::Date;
pub use uuid::Uuid;

// The support that a generated crate has for these.
#[allow(dead_code, reason = "in a generated crate the module is public")]
#[path = "../../../codegen/support/date.rs"]
mod date;
#[allow(dead_code, reason = "in a generated crate the module is public")]
#[path = "../../../codegen/support/uuid.rs"]
mod uuid;

/// A record with each kind of member.
#[allow(
    clippy::option_option,
    reason = "`null` and absence are different values"
)]
#[derive(Clone, Default)]
pub struct Pet {
    pub name: Option<String>,
    pub age: Option<i64>,
    pub weight: Option<f64>,
    pub is_tame: Option<bool>,
    pub born: Option<Date>,
    pub size: Option<Size>,
    pub owner: Option<Option<String>>,
    pub tags: Option<Vec<String>>,
    pub friends: Option<Vec<Pet>>,
    pub parent: Option<Box<Pet>>,
    pub toys: Option<BTreeMap<String, Toy>>,
    pub chip: Option<u64>,
    pub any: Option<serde_json::Value>,
}
record! { Pet {
    name "name" OPTIONAL,
    age "age" OPTIONAL,
    weight "weight" OPTIONAL,
    is_tame "isTame" OPTIONAL,
    born "born" OPTIONAL,
    size "size" OPTIONAL,
    owner "owner" NULLABLE,
    tags "tags" OPTIONAL,
    friends "friends" OPTIONAL,
    parent "parent" OPTIONAL,
    toys "toys" OPTIONAL,
    chip "chip" OPTIONAL,
    any "any" OPTIONAL,
} }

/// A record with required members only.
#[derive(Clone)]
pub struct Toy {
    pub id: i64,
    pub price: Option<f64>,
    pub made: Date,
    pub maker: Maker,
}
record! { Toy {
    id "id" REQUIRED,
    price "price" REQUIRED,
    made "made" REQUIRED,
    maker "maker" REQUIRED,
} }

#[derive(Clone, Default)]
pub struct Maker {
    pub name: Option<String>,
    pub town: Option<String>,
}
record! { Maker {
    name "name" OPTIONAL,
    town "town" OPTIONAL,
} }

/// Numbers and values of each size.
#[derive(Clone)]
pub struct Sizes {
    pub small: i32,
    pub count: u32,
    pub large: u64,
    pub huge: crate::runtime::data::Integer,
    pub any: serde_json::Value,
    pub series: Vec<f64>,
    pub uuid: Uuid,
}
record! { Sizes {
    small "small" REQUIRED,
    count "count" REQUIRED,
    large "large" REQUIRED,
    huge "huge" REQUIRED,
    any "any" REQUIRED,
    series "series" REQUIRED,
    uuid "uuid" REQUIRED,
} }

/// A record that keeps what its table does not list.
#[derive(Clone, Default)]
pub struct Bag {
    pub label: Option<String>,
    pub additional_properties: BTreeMap<String, i64>,
}
record! { Bag {
    label "label" OPTIONAL,
    ..additional_properties
} }

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Size {
    Small,
    Large,
    Unknown(String),
}
open_enum! { Size {
    Small "small",
    Large "large",
} }

/// An alias that leads back to itself.
#[derive(Clone)]
pub struct Tree(pub Vec<Tree>);
transparent!(Tree);

// ---- unions

#[derive(Clone)]
pub struct Cat {
    pub kind: String,
    pub lives: Option<i64>,
}
record! { Cat { kind "kind" REQUIRED, lives "lives" OPTIONAL, } }

/// It has no member for the tag.
#[derive(Clone, Default)]
pub struct Dog {
    pub barks: Option<bool>,
}
record! { Dog { barks "barks" OPTIONAL, } }

#[derive(Clone)]
pub enum Animal {
    Cat(Cat),
    Dog(Dog),
    Unknown(serde_json::Value),
}
union! { Animal tagged "kind" { Cat: "cat" | "lion", Dog: "dog" } }

#[derive(Clone)]
pub struct Button {
    pub kind: i64,
    pub label: Option<String>,
}
record! { Button { kind "type" REQUIRED in [2], label "label" OPTIONAL, } }

#[derive(Clone)]
pub struct Input {
    pub kind: i64,
    pub label: Option<String>,
}
record! { Input { kind "type" REQUIRED in [4], label "label" OPTIONAL, } }

#[derive(Clone)]
pub enum Component {
    Button(Button),
    Input(Input),
    Unknown(serde_json::Value),
}
union! { Component tagged "type" { Button: 2, Input: 4 } }

/// The same by structure.
#[derive(Clone)]
pub enum Part {
    Button(Button),
    Input(Input),
    Unknown(serde_json::Value),
}
union! { Part one_of { Button, Input } }

#[derive(Clone)]
pub struct Yes {
    pub ok: bool,
}
record! { Yes { ok "ok" REQUIRED in [true], } }

#[derive(Clone)]
pub struct No {
    pub ok: bool,
    pub reason: Option<String>,
}
record! { No { ok "ok" REQUIRED in [false], reason "reason" OPTIONAL, } }

#[derive(Clone)]
pub enum Result {
    Yes(Yes),
    No(No),
    Unknown(serde_json::Value),
}
union! { Result one_of { Yes, No } }

/// Constants that are numbers with a fraction, and strings that look alike.
#[derive(Clone)]
pub struct Half {
    pub version: f64,
}
record! { Half { version "version" REQUIRED in [1.5], } }

#[derive(Clone)]
pub struct NamedDraft {
    pub version: String,
}
record! { NamedDraft { version "version" REQUIRED in ["1.5", "1.6"], } }

#[derive(Clone)]
pub enum Draft {
    Half(Half),
    Named(NamedDraft),
    Unknown(serde_json::Value),
}
union! { Draft one_of { Half, Named } }

/// As `Draft`, with a tag of each JSON type: all of them are `"1"` in a mapping.
#[derive(Clone)]
pub enum Tagged {
    Half(Half),
    Named(NamedDraft),
    Flag(Flag),
    Rest(Bag),
    Unknown(serde_json::Value),
}
union! { Tagged tagged "version" { Half: 1.5 | 2.5, Named: "1.6" | "7", Flag: true | false, Rest: 7 | -7 } }

#[derive(Clone)]
pub struct Flag {
    pub version: bool,
}
record! { Flag { version "version" REQUIRED, } }

/// A union in a union, both with the same tag.
#[derive(Clone)]
pub enum Widget {
    Component(Component),
    Bag(Bag),
    Unknown(serde_json::Value),
}
union! { Widget tagged "type" { Component: 2 | 4, Bag: 9 } }

#[derive(Clone)]
pub enum Id {
    Integer(i64),
    Number(f64),
    Date(Date),
    Text(String),
    Point(Point),
    List(Vec<Id>),
    Map(BTreeMap<String, Id>),
    Unknown(serde_json::Value),
}
union! { Id one_of { Integer, Number, Date, Text, Point, List, Map } }

#[derive(Clone)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}
record! { Point { x "x" REQUIRED, y "y" REQUIRED, } }

#[derive(Clone)]
pub enum PointOrNothing {
    Point(Option<Point>),
    Id(Box<Id>),
    Unknown(serde_json::Value),
}
union! { PointOrNothing one_of { Point, Id } }

#[derive(Clone, Default)]
pub struct Left {
    pub shared: Option<String>,
    pub left: Option<String>,
}
record! { Left { shared "shared" OPTIONAL, left "left" OPTIONAL, } }

#[derive(Clone, Default)]
pub struct Right {
    pub shared: Option<String>,
    pub right: Option<String>,
}
record! { Right { shared "shared" OPTIONAL, right "right" OPTIONAL, } }

#[derive(Clone)]
pub enum OneSide {
    Left(Left),
    Right(Right),
    Unknown(serde_json::Value),
}
union! { OneSide one_of { Left, Right } }

#[derive(Clone)]
pub enum AnySide {
    Left(Left),
    Right(Right),
    Unknown(serde_json::Value),
}
union! { AnySide any_of { Left, Right } }

/// Unions that are variants of each other.
#[derive(Clone)]
pub enum Loop {
    Pool(Pool),
    Text(String),
    Unknown(serde_json::Value),
}
union! { Loop any_of { Pool, Text } }

#[derive(Clone)]
pub enum Pool {
    Loop(Box<Loop>),
    Text(String),
    Integer(i64),
    Unknown(serde_json::Value),
}
union! { Pool any_of { Loop, Text, Integer } }

/// A recursive union without tags.
#[derive(Clone)]
pub enum Branch {
    A(A),
    B(B),
    Unknown(serde_json::Value),
}
union! { Branch one_of { A, B } }

#[derive(Clone, Default)]
pub struct A {
    pub child: Option<Box<Branch>>,
    pub a: Option<String>,
}
record! { A { child "child" OPTIONAL, a "a" OPTIONAL, } }

#[derive(Clone, Default)]
pub struct B {
    pub child: Option<Box<Branch>>,
    pub b: Option<String>,
}
record! { B { child "child" OPTIONAL, b "b" OPTIONAL, } }

/// It has a required member beside its tag.
#[derive(Clone)]
pub struct Ball {
    pub kind: String,
    pub size: i64,
    pub label: Option<String>,
}
record! { Ball { kind "kind" REQUIRED, size "size" REQUIRED, label "label" OPTIONAL, } }

#[derive(Clone)]
pub enum Plaything {
    Ball(Ball),
    Maker(Maker),
    Unknown(serde_json::Value),
}
union! { Plaything tagged "kind" { Ball: "ball", Maker: "maker" } }

/// Members of any type: one for which `null` and absence are two values, and one that must be there.
#[allow(
    clippy::option_option,
    reason = "`null` and absence are different values"
)]
#[derive(Clone)]
pub struct Anything {
    pub told_apart: Option<Option<serde_json::Value>>,
    pub optional: Option<serde_json::Value>,
    pub required: serde_json::Value,
    pub list: Option<Vec<serde_json::Value>>,
    pub map: Option<BTreeMap<String, serde_json::Value>>,
}
record! { Anything {
    told_apart "toldApart" NULLABLE,
    optional "optional" OPTIONAL,
    required "required" REQUIRED,
    list "list" OPTIONAL,
    map "map" OPTIONAL,
} }

/// More members than a word has bits, the last of them required.
macro_rules! wide {
    ($($field:ident $name:literal)*) => {
        #[derive(Clone)]
        pub struct Wide {
            $(pub $field: Option<i64>,)*
            pub last: i64,
        }
        record! { Wide { $($field $name OPTIONAL,)* last "last" REQUIRED, } }
    };
}
wide! {
    m0 "m0" m1 "m1" m2 "m2" m3 "m3" m4 "m4" m5 "m5" m6 "m6" m7 "m7" m8 "m8" m9 "m9" m10 "m10"
    m11 "m11" m12 "m12" m13 "m13" m14 "m14" m15 "m15" m16 "m16" m17 "m17" m18 "m18" m19 "m19" m20 "m20" m21 "m21"
    m22 "m22" m23 "m23" m24 "m24" m25 "m25" m26 "m26" m27 "m27" m28 "m28" m29 "m29" m30 "m30" m31 "m31" m32 "m32"
    m33 "m33" m34 "m34" m35 "m35" m36 "m36" m37 "m37" m38 "m38" m39 "m39" m40 "m40" m41 "m41" m42 "m42" m43 "m43"
    m44 "m44" m45 "m45" m46 "m46" m47 "m47" m48 "m48" m49 "m49" m50 "m50" m51 "m51" m52 "m52" m53 "m53" m54 "m54"
    m55 "m55" m56 "m56" m57 "m57" m58 "m58" m59 "m59" m60 "m60" m61 "m61" m62 "m62" m63 "m63" m64 "m64" m65 "m65"
}
