//! What is looked at: a family of rules in each file, with the code that finds them.

pub(super) mod annotations;
pub(super) mod body;
pub(super) mod bounds;
pub(super) mod enum_values;
pub(super) mod extra_members;
pub(super) mod format;
pub(super) mod left_out;
pub(super) mod not_compared;
pub(super) mod null;
pub(super) mod operation;
pub(super) mod parameter;
pub(super) mod property;
pub(super) mod property_required;
pub(super) mod security;
pub(super) mod status;
pub(super) mod unclassified;
pub(super) mod used;
pub(super) mod value_type;
pub(super) mod variants;

use super::found::{Found, Here};
use super::operations::OperationPair;
use super::rule::{Both, Rule};
use super::walk::SchemaPair;

/// Compare two versions of an operation, without the schemas.
pub(super) const OPERATIONS: &[fn(&OperationPair, &mut Found)] = &[
    operation::check,
    parameter::check,
    body::check,
    status::check,
    left_out::check,
];

/// Compare how two schemas are used: what may stand beside a reference.
pub(super) const USES: &[fn(&SchemaPair, &mut Here)] = &[null::check, annotations::check];

/// Compare two schemas.
pub(super) const SCHEMAS: &[fn(&SchemaPair, &mut Here)] = &[
    value_type::check,
    format::check,
    property::check,
    property_required::check,
    extra_members::check,
    enum_values::check,
    variants::check,
    bounds::check,
    unclassified::check,
];

/// Every rule.
pub const RULES: &[&Rule] = &{
    const BOTH: &[Both] = &[
        property::ADDED,
        property::REQUIRED_ADDED,
        property::REMOVED,
        property::REQUIRED_REMOVED,
        property::RENAMED,
        property_required::REQUIRED,
        property_required::OPTIONAL,
        value_type::CHANGED,
        value_type::WIDENED,
        value_type::NARROWED,
        format::CHANGED,
        format::WIDENED,
        null::ALLOWED,
        null::REFUSED,
        enum_values::ADDED,
        enum_values::REMOVED,
        enum_values::CLOSED,
        enum_values::OPENED,
        bounds::TIGHTENED,
        bounds::LOOSENED,
        annotations::DEFAULT,
        annotations::DEPRECATED,
        annotations::READ_ONLY,
        annotations::WRITE_ONLY,
        annotations::BOTH_WAYS,
        extra_members::CLOSED,
        extra_members::OPENED,
        extra_members::TYPED,
        extra_members::UNTYPED,
        variants::ADDED,
        variants::REMOVED,
        variants::TAG,
        variants::TAG_ADDED,
        variants::COMBINED,
        unclassified::KEYWORD,
        unclassified::XML,
    ];
    const ONE: &[&Rule] = &[
        &operation::ADDED,
        &operation::REMOVED,
        &operation::MOVED,
        &operation::DEPRECATED,
        &operation::RESTORED,
        &operation::RENAMED,
        &parameter::ADDED,
        &parameter::REQUIRED_ADDED,
        &parameter::REMOVED,
        &parameter::REQUIRED,
        &parameter::OPTIONAL,
        &parameter::STYLE,
        &parameter::MOVED,
        &parameter::PART_REQUIRED_ADDED,
        &parameter::PART_REQUIRED,
        &parameter::PART_OPTIONAL,
        &parameter::RENAMED,
        &parameter::DEPRECATED,
        &parameter::KEYWORD,
        &body::ADDED,
        &body::REQUIRED_ADDED,
        &body::REMOVED,
        &body::REQUIRED,
        &body::OPTIONAL,
        &body::MEDIA_TYPE,
        &body::ENCODING,
        &status::SUCCESS_ADDED,
        &status::SUCCESS_REMOVED,
        &status::ERROR_ADDED,
        &status::OTHER_ERROR_ADDED,
        &status::ERROR_REMOVED,
        &status::BODY_ADDED,
        &status::BODY_REMOVED,
        &status::MEDIA_TYPE,
        &status::EVENTS,
        &status::ITEMS,
        null::ALLOWED_IN_OPTIONAL.response,
        &security::CHANGED,
        &security::LOOSENED,
        &security::SCHEME,
        &left_out::REQUEST_MEDIA_TYPES,
        &left_out::RESPONSE_MEDIA_TYPES,
        &left_out::HEADER_REMOVED,
        &left_out::HEADER_CHANGED,
        &left_out::HEADER_VALUE,
        &left_out::UNSENT_PARAMETER,
        &left_out::SERVERS,
        &left_out::SERVER_VARIABLES,
        &left_out::CALLBACKS,
        &left_out::TAGS,
        &not_compared::NOT_COMPARED,
    ];
    let mut all = [ONE[0]; BOTH.len() * 2 + ONE.len()];
    let mut index = 0;
    while index < BOTH.len() {
        all[2 * index] = BOTH[index].request;
        all[2 * index + 1] = BOTH[index].response;
        index += 1;
    }
    let mut index = 0;
    while index < ONE.len() {
        all[2 * BOTH.len() + index] = ONE[index];
        index += 1;
    }
    all
};
