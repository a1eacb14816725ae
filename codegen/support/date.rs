crate::runtime::data::parsed_leaf!(jiff::civil::Date, jiff::civil::Date::ZERO);
