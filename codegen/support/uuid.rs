crate::runtime::data::parsed_leaf!(uuid::Uuid, uuid::Uuid::nil());
