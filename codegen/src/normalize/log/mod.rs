//! What the passes write down: changes, moves, rejections.

mod left_out;
mod moves;
mod work;

pub(crate) use moves::Moves;
pub use work::{Change, Strictness, Work};
