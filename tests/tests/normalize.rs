//! Normalization: what each pass makes of its fixture, and what becomes of what cannot be expressed.

mod normalize {
    pub(crate) mod case;
    mod operations;
    mod runner;
}
