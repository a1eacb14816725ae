//! A type that is another type under a name of its own.

/// Makes a tuple struct of one field readable and writable as what is in it: `transparent!(Tree)` for
/// `struct Tree(pub Vec<Tree>)`.
#[allow(unused_macros, reason = "not every API description has such types")]
macro_rules! transparent {
    ($name:ident) => {
        impl $crate::runtime::data::Node for $name {
            #[inline]
            fn place(&mut self) -> $crate::runtime::data::Place<'_> {
                $crate::runtime::data::Node::place(&mut self.0)
            }
            #[inline]
            fn view(&self) -> $crate::runtime::data::View<'_> {
                $crate::runtime::data::Node::view(&self.0)
            }
        }
        impl $crate::runtime::data::Blank for $name {
            const NULLABLE: bool = $crate::runtime::data::nullable_in(Self);
            #[inline]
            fn blank() -> Self {
                Self($crate::runtime::data::Blank::blank())
            }
            #[inline]
            fn facts() -> $crate::runtime::data::Facts {
                $crate::runtime::data::facts_in(Self)()
            }
        }
        $crate::runtime::data::boxed!($name);
        $crate::runtime::data::through_views!($name);
    };
}
#[allow(unused_imports, reason = "not every API description has such types")]
pub(crate) use transparent;
