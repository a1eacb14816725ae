//! Code that some of the operations and types use.
// Made by `cargo xtask regen`; do not edit.

crate::runtime::data::parsed_leaf!(jiff::civil::Date, jiff::civil::Date::ZERO);
