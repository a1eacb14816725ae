//! Normalize: the result of each pass for its fixture, and parts that cannot be expressed.

mod normalize {
    pub(crate) mod case;
    mod operations;
    mod runner;
}
