//! Outlines of small crates: what is found, under which path, and what is said of it.

use releasepack_codegen::diff::{Bump, RustChangeKind, outline_changes};
use releasepack_codegen::tree::File;
use releasepack_codegen::{CrateOutline, OutlineError, of_crate};

fn files(files: &[(&str, &str)]) -> Vec<File> {
    files
        .iter()
        .map(|(path, text)| File::new(*path, *text))
        .collect()
}

fn of(all: &[(&str, &str)]) -> CrateOutline {
    let outline = of_crate(&files(all)).unwrap();
    assert_eq!(outline.unknown, []);
    outline
}

fn text(root: &str) -> String {
    of(&[("lib.rs", root)]).to_text()
}

#[test]
fn an_item_has_its_shortest_path_and_every_other_path_a_line() {
    let outline = of(&[
        (
            "lib.rs",
            "pub mod pets; pub use pets::dogs::Dog; pub use pets::cats; mod inner; pub use inner::*;",
        ),
        (
            "pets/mod.rs",
            "pub mod cats; pub mod dogs; pub use std::time::Duration as Age;",
        ),
        (
            "pets/cats.rs",
            "pub struct Cat(u8); pub(crate) struct Kitten; pub use super::dogs::Dog as Enemy;",
        ),
        ("pets/dogs.rs", "pub struct Dog(u8);"),
        (
            "inner.rs",
            "pub struct Bird(u8); mod nest { pub struct Egg(u8); } pub use nest::Egg; pub(crate) use nest::Egg as Hidden;",
        ),
        ("orphan.rs", "pub struct NobodyDeclaresMe;"),
    ]);
    insta::assert_snapshot!(outline.to_text(), @"
    struct Bird
    struct Dog
    struct Egg
    mod cats
    use cats::Enemy = Dog
    struct cats::Cat
    mod pets
    use pets::Age = std::time::Duration
    use pets::cats = cats
    mod pets::dogs
    use pets::dogs::Dog = Dog
    ");
}

#[test]
fn conditions_are_shown_where_they_do_not_hold_for_the_whole_module() {
    let outline = of(&[
        ("lib.rs", "#[cfg(feature = \"farm\")] pub mod farm; pub struct Pet(u8); #[cfg(unix)] #[derive(Clone)] pub enum Size { Small, #[cfg(feature = \"large\")] Large } #[cfg(test)] pub mod tests;
            #[cfg_attr(feature = \"serde\", derive(Serialize))] pub struct Tag(u8);"),
        ("farm.rs", "pub struct Cow(u8); impl Cow { pub fn milk(&self) {} } impl crate::Pet { pub fn feed(&self) {} } #[cfg(not(feature = \"fast\"))] impl Clone for Cow { fn clone(&self) -> Self { Cow(0) } }"),
    ]);
    insta::assert_snapshot!(outline.to_text(), @r#"
    struct Pet
    fn Pet::feed(&self) (feature farm)
    enum Size: Clone (cfg unix)
    variant Size::Large (feature large)
    variant Size::Small
    struct Tag: Serialize (feature serde)
    mod farm (feature farm)
    struct farm::Cow
    fn farm::Cow::milk(&self)
    impl Clone for Cow (cfg not(feature = "fast"))
    "#);
}

#[test]
fn hidden_items_have_lines_of_their_own() {
    let outline = of(&[
        (
            "lib.rs",
            "#[doc(hidden)] pub mod private; pub use private::Shown; #[doc(hidden)] pub fn secret() {} pub struct Pet { #[doc(hidden)] pub id: u8, age: u8 }",
        ),
        ("private.rs", "pub struct Shown(u8); pub struct Tool(u8);"),
    ]);
    insta::assert_snapshot!(outline.to_text(), @"
    struct Pet
    struct Shown
    ");
    insta::assert_snapshot!(outline.hidden.join("\n"), @"
    field Pet.id: u8
    fn secret()
    mod private
    use private::Shown = Shown
    struct private::Tool
    ");
}

#[test]
fn macros_of_the_crate_are_expanded_by_their_rules() {
    let outline = text(
        "macro_rules! numbers {
            ($($(#[$about:meta])* $name:ident: $type:ty $(= $from:ty),*;)*) => { $(
                $(#[$about])* #[derive(Clone)] pub struct $name($type);
                numbers!(@get $name $type);
                $(impl From<$from> for $name { fn from(it: $from) -> Self { todo!() } })*
            )* };
            (@get $name:ident $type:ty) => {
                impl $name { numbers!(@one get -> $type); numbers! { @one take -> $type } }
                impl ::std::convert::AsRef<$type> for $name { fn as_ref(&self) -> &$type { &self.0 } }
            };
            (@one $method:ident -> $type:ty) => { pub fn $method(&self) -> ::std::option::Option<$type> { None } };
        }
        numbers! {
            /// A width.
            #[deprecated] Width: Vec<u8> = u8;
            Height: u64 = u8, = u16;
        }",
    );
    insta::assert_snapshot!(outline, @"
    struct Height: AsRef<u64> + Clone + From<u16> + From<u8>
    fn Height::get(&self) -> Option<u64>
    fn Height::take(&self) -> Option<u64>
    struct Width: AsRef<Vec<u8>> + Clone + From<u8> (deprecated)
    fn Width::get(&self) -> Option<Vec<u8>>
    fn Width::take(&self) -> Option<Vec<u8>>
    ");
}

#[test]
fn a_macro_that_cannot_be_expanded_is_named() {
    let root = "mod inner; other::table! { Pet } macro_rules! one { (one) => { pub struct One; } } one!(two);";
    let outline = of_crate(&files(&[("lib.rs", root), ("inner.rs", "lost!();")])).unwrap();
    let unknown: Vec<_> = outline
        .unknown
        .iter()
        .map(|it| (it.name.as_str(), it.file.as_str()))
        .collect();
    assert_eq!(
        unknown,
        [("table", "lib.rs"), ("one", "lib.rs"), ("lost", "inner.rs")]
    );
}

#[test]
fn a_macro_that_calls_itself_for_ever_ends() {
    let root = "macro_rules! more { ($($t:tt)*) => { more!($($t)* $($t)* x); } } more!(x);";
    let outline = of_crate(&files(&[("lib.rs", root)])).unwrap();
    assert_eq!(outline.unknown.len(), 1);
}

#[test]
fn re_exports_in_a_circle_end() {
    let outline = of(&[
        ("lib.rs", "pub mod one; pub mod two; pub use one::*;"),
        ("one.rs", "pub use crate::two::*; pub struct A(u8);"),
        (
            "two.rs",
            "pub use crate::one::*; pub use super::two; pub struct B(u8);",
        ),
    ]);
    insta::assert_snapshot!(outline.to_text(), @"
    use two = two
    struct A
    struct B
    mod one
    use one::A = A
    use one::B = B
    use one::two = two
    mod two
    use two::A = A
    use two::B = B
    use two::two = two
    ");
}

#[test]
fn traits_and_bounds_are_shown() {
    let outline = text(
        "pub trait Animal: Send { type Food: Clone; const LEGS: u8 = 4; fn eat(&self, food: Self::Food); fn sleep(&self) {} }
        pub struct Cage<T> { inside: T }
        impl<T: Animal> Cage<T> { pub fn open(self) -> T { self.inside } }
        impl Cage<u8> { pub fn bytes(&self) {} }
        impl<T: Animal> Animal for Cage<T> { type Food = T::Food; fn eat(&self, food: T::Food) {} }
        impl Animal for Vec<u8> { type Food = u8; fn eat(&self, food: u8) {} }
        impl<T> std::ops::Deref for Cage<T> { type Target = T; fn deref(&self) -> &T { &self.inside } }
        impl From<Cage<u8>> for String { fn from(it: Cage<u8>) -> Self { todo!() } }
        #[derive(Debug, thiserror::Error)] pub enum Fault { #[error(\"a\")] Io(#[from] std::io::Error) }
        trait Secret {} impl<T> Secret for Cage<T> {}",
    );
    insta::assert_snapshot!(outline, @"
    impl From<Cage<u8>> for String
    trait Animal: Send
    type Animal::Food: Clone
    const Animal::LEGS: u8 (provided)
    fn Animal::eat(&self, food: Self::Food)
    fn Animal::sleep(&self) (provided)
    impl Animal for Vec<u8> with Food = u8
    struct Cage<T>: Deref<Target = T>
    fn Cage::bytes(&self) (impl Cage<u8>)
    fn Cage::open(self) -> T (impl<T: Animal> Cage<T>)
    impl<T: Animal> Animal for Cage<T> with Food = T::Food
    enum Fault: Debug + Display + Error + From<std::io::Error>
    variant Fault::Io(std::io::Error)
    ");
}

#[test]
fn a_setter_belongs_to_the_field_that_its_table_names() {
    let outline = text(
        "pub struct Pet { pub add: Option<u8>, pub with_add: Option<u16> }
        mod data { macro_rules! record { ($($t:tt)*) => {} } }
        data::record! { Pet { add \"add\" OPTIONAL set(with_add: u8), with_add \"withAdd\" OPTIONAL set(set_with_add: u16), } }
        impl Pet { pub fn with_add(self, add: u8) -> Self { self } pub fn set_with_add(self, with_add: u16) -> Self { self } }",
    );
    insta::assert_snapshot!(outline, @"
    struct Pet (literal)
    field Pet.add: Option<u8> set by with_add(u8)
    field Pet.with_add: Option<u16> set by set_with_add(u16)
    ");
}

#[test]
fn swapped_names_on_the_wire_are_a_change() {
    let of = |one: &str, other: &str| {
        text(&format!(
            "macro_rules! record {{ ($($t:tt)*) => {{}} }} macro_rules! open_enum {{ ($($t:tt)*) => {{}} }}
            pub enum Size {{ Small, Large }} open_enum! {{ Size {{ Small \"{one}\", Large \"{other}\", }} }}
            pub struct Pet {{ pub a: u8, pub b: u8 }} record! {{ Pet {{ a \"{one}\" REQUIRED, b \"{other}\" REQUIRED, }} }}"
        ))
    };
    let changes = outline_changes(&of("a", "b"), &of("b", "a"));
    let lines: Vec<_> = changes
        .iter()
        .map(|it| (it.kind, it.line.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (RustChangeKind::Changed, "field Pet.a: u8 = \"b\""),
            (RustChangeKind::Changed, "field Pet.b: u8 = \"a\""),
            (RustChangeKind::Changed, "variant Size::Large = \"a\""),
            (RustChangeKind::Changed, "variant Size::Small = \"b\""),
        ]
    );
}

#[test]
fn what_is_missing_or_not_rust_is_an_error() {
    let of = |all: &[(&str, &str)]| of_crate(&files(all)).unwrap_err();
    assert_eq!(of(&[("main.rs", "")]), OutlineError::NoRoot);
    let error = of(&[("lib.rs", "mod a;"), ("a.rs", "mod b;")]);
    assert_eq!(
        error.to_string(),
        "a.rs declares the module `b`, but a/b.rs does not exist"
    );
    let error = of(&[("lib.rs", "mod a;"), ("a/mod.rs", "fn (")]);
    assert!(
        error.to_string().starts_with("a/mod.rs is not Rust: "),
        "{error}"
    );
}

#[track_caller]
fn bump(before: &str, after: &str, expected: Bump) {
    let changes = outline_changes(&text(before), &text(after));
    let [change] = changes.as_slice() else {
        panic!("{changes:#?}")
    };
    assert_eq!(change.bump(), expected, "{change:#?}");
}

#[test]
fn an_addition_breaks_who_must_name_everything() {
    bump(
        "pub struct A { pub x: u8 }",
        "pub struct A { pub x: u8, pub y: u8 }",
        Bump::Major,
    );
    bump(
        "pub struct A { pub x: u8, z: u8 }",
        "pub struct A { pub x: u8, pub y: u8, z: u8 }",
        Bump::Minor,
    );
    bump("pub enum A { X }", "pub enum A { X, Y }", Bump::Major);
    bump(
        "#[non_exhaustive] pub enum A { X }",
        "#[non_exhaustive] pub enum A { X, Y }",
        Bump::Minor,
    );
    bump(
        "pub trait A { fn x(&self); }",
        "pub trait A { fn x(&self); fn y(&self); }",
        Bump::Major,
    );
    bump(
        "pub trait A { fn x(&self); }",
        "pub trait A { fn x(&self); fn y(&self) {} }",
        Bump::Minor,
    );
    bump(
        "pub struct A(u8);",
        "pub struct A(u8); impl A { pub fn x(&self) {} }",
        Bump::Minor,
    );
}

#[test]
fn a_change_that_all_callers_compile_with_is_minor() {
    bump(
        "pub fn f(a: u8, b: u8) {}",
        "pub fn f(c: u8, d: u8) {}",
        Bump::Minor,
    );
    bump(
        "pub fn f(a: u8, b: u8) {}",
        "pub fn f(a: u8, b: u16) {}",
        Bump::Major,
    );
    bump("pub fn f() {}", "#[deprecated] pub fn f() {}", Bump::Minor);
    bump(
        "pub fn f() {}",
        "#[cfg(feature = \"a\")] pub fn f() {}",
        Bump::Major,
    );
    bump("pub fn f() {}", "pub const fn f() {}", Bump::Minor);
    bump("pub async fn f() {}", "pub fn f() {}", Bump::Major);
    bump(
        "#[derive(Clone)] #[non_exhaustive] pub struct A;",
        "#[derive(Clone, Debug)] #[non_exhaustive] pub struct A;",
        Bump::Minor,
    );
    bump(
        "pub enum A { X }",
        "#[non_exhaustive] pub enum A { X }",
        Bump::Major,
    );
}

#[test]
fn a_removed_type_is_one_change_with_its_members() {
    let changes = outline_changes(
        &text(
            "pub struct A { pub x: u8, pub y: u8 } impl A { pub fn f(&self) {} } pub struct B(u8);",
        ),
        &text("pub struct B(u8);"),
    );
    let [change] = changes.as_slice() else {
        panic!("{changes:#?}")
    };
    assert_eq!(change.text(), "- struct A (literal) (with 3 members)");
}

#[test]
fn a_renamed_type_is_one_change() {
    let changes = outline_changes(
        &text("pub struct A { pub x: u8, pub y: u8 }"),
        &text("pub struct B { pub x: u8, pub y: u8 }"),
    );
    let [change] = changes.as_slice() else {
        panic!("{changes:#?}")
    };
    assert_eq!(
        (change.kind, change.bump()),
        (RustChangeKind::Renamed, Bump::Major)
    );
    assert_eq!(
        change.text(),
        "- struct A (literal)\n+ struct B (literal) (with 2 members)"
    );
}
