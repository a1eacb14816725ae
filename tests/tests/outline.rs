//! The outline of the public API, as a reviewer sees it.

#[path = "outline/client.rs"]
mod client;
#[path = "outline/crates.rs"]
mod crates;
#[path = "outline/look_at.rs"]
mod look_at;

use releasepack_codegen::outline;

fn of(texts: &[(&str, &str)]) -> String {
    let files: Vec<_> = texts
        .iter()
        .map(|(module, text)| (*module, syn::parse_str(text).unwrap()))
        .collect();
    let files: Vec<_> = files.iter().map(|(module, file)| (*module, file)).collect();
    outline(&files)
}

/// The lines of the second outline that are not in the first.
fn added(before: &str, after: &str) -> Vec<String> {
    let before = of(&[("", before)]);
    let after = of(&[("", after)]);
    let mut lines = after.lines().map(ToOwned::to_owned).collect::<Vec<_>>();
    for line in before.lines() {
        let found = lines.iter().position(|other| other == line);
        lines.remove(found.expect("no line is removed"));
    }
    lines
}

#[test]
fn an_added_field_with_its_setter_is_one_added_line() {
    let added = added(
        "pub struct Pack { pub id: String } impl Pack { pub fn new(id: String) -> Self { todo!() } }",
        "pub struct Pack { pub id: String, pub note: Option<Note> }
         impl Pack {
             pub fn new(id: String) -> Self { todo!() }
             pub fn note(mut self, note: Note) -> Self { todo!() }
         }",
    );
    assert_eq!(added, ["field Pack.note: Option<Note> set by Note"]);
}

#[test]
fn an_added_enum_value_is_one_added_line() {
    let added = added(
        "pub enum Status { Done, Unknown(String) }",
        "pub enum Status { Done, Late, Unknown(String) }",
    );
    assert_eq!(added, ["variant Status::Late"]);
}

#[test]
fn tables_have_the_lines_of_the_items_that_they_make() {
    let root = r#"
        pub struct Pet { pub id: i64, pub name: Option<String>, pub new: Option<i64>, pub owner: Option<Option<Owner>> }
        crate::runtime::data::record! { Pet {
            id "id" REQUIRED in [1, 2],
            name "name" OPTIONAL set(into String),
            new "new" OPTIONAL set(set_new: i64),
            owner "owner" NULLABLE set(Owner, null clear_owner),
        } }
        pub enum Size { Small, Unknown(String) }
        crate::runtime::data::open_enum! { Size {
            Small "S",
        } }
        crate::runtime::operation! { CREATE_PET {
            id "createPet",
            POST "/pets",
            accept "application/json",
            request CreatePet by create_pet,
            success Json<_> => Pet,
            error Empty => (),
        } }
    "#;
    insta::assert_snapshot!(of(&[("", root)]));
}

#[test]
fn moved_code_makes_no_difference() {
    let one = "pub struct B { pub x: u8, pub y: u8 } pub struct A; impl A { pub fn f() {} pub fn e() {} }";
    let other = "impl A { pub fn e() {} pub fn f() {} } pub struct A; pub struct B { pub y: u8, pub x: u8 }";
    assert_eq!(of(&[("", one)]), of(&[("", other)]));
}

#[test]
fn every_kind_of_item_has_a_line() {
    let root = "
        #[derive(Clone)] #[deprecated] #[non_exhaustive]
        pub struct Point<'a, T: Clone>(pub &'a T, u8);
        impl<'a, T: Clone> Point<'a, T> {
            pub const ORIGIN: u8 = 0;
            #[deprecated]
            pub fn far<U>(mut self, one: impl Into<String>, other: Option<U>) -> Result<Response<Vec<String>>, Error<U>> where U: Debug {}
            pub async fn near(&self) {}
            fn secret(&self) {}
        }
        impl<T: Clone> From<T> for Point<'_, T> { fn from(it: T) -> Self {} }
        marked!(Point);
        impl From<Point<'_, u8>> for other::Thing { fn from(it: Point<'_, u8>) -> Self {} }
        pub enum Shape { Round { radius: f64 }, Flat(Box<Shape>), #[deprecated] None }
        pub trait Draw { fn draw(&self); }
        pub type Shapes = Vec<Shape>;
        pub const LIMIT: usize = 3;
        pub static NAMES: &[&str] = &[];
        pub const fn area(shape: &Shape) -> f64 { 0.0 }
        pub(crate) struct Hidden;
        impl Hidden { pub fn new() {} }
        macro_rules! quiet { () => {} }
    ";
    insta::assert_snapshot!(of(&[("", root)]), @"
    impl From<Point<'_, u8>> for other::Thing
    trait Draw
    fn Draw::draw(&self)
    const LIMIT: usize
    static NAMES: &[&str]
    struct Point<'a, T: Clone>: Clone + marked! (deprecated) (non-exhaustive)
    field Point.0: &'a T
    const Point::ORIGIN: u8
    fn Point::far<U>(self, one: impl Into<String>, other: Option<U>) -> Result<Response<Vec<String>>, Error<U>> where U: Debug (deprecated)
    async fn Point::near(&self)
    impl<T: Clone> From<T> for Point<'_, T>
    enum Shape
    variant Shape::Flat(Box<Shape>)
    variant Shape::None (deprecated)
    variant Shape::Round { radius: f64 }
    type Shapes = Vec<Shape>
    const fn area(shape: &Shape) -> f64
    ");
}

#[test]
fn modules_have_the_paths_that_consumers_write() {
    let outline = of(&[
        (
            "",
            "pub mod types; mod inner; pub use self::inner::*; mod secret; pub use secret::{Key, Lock};",
        ),
        (
            "types",
            "mod pack; pub use pack::Pack; pub mod deep { pub struct Sea; }",
        ),
        ("types::pack", "pub struct Pack; pub struct NotGivenOn;"),
        ("inner", "pub struct Open;"),
        (
            "secret",
            "pub struct Key; pub struct Lock; pub struct Safe;",
        ),
        ("types::orphan", "pub struct NobodyDeclaresMe;"),
    ]);
    insta::assert_snapshot!(outline, @"
    struct Key (literal)
    struct Lock (literal)
    struct Open (literal)
    struct types::Pack (literal)
    struct types::deep::Sea (literal)
    ");
}
