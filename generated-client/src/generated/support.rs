//! What some of the operations and types need.
// Made by `cargo xtask regen`; do not edit.

crate::runtime::data::parsed_leaf!(jiff::civil::Date, jiff::civil::Date::ZERO);
