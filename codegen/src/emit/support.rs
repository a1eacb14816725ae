//! Code that only some clients need. The pieces are Rust files in `codegen/support/`; a generated client gets only the pieces that
//! it uses.

use std::collections::BTreeSet;

use super::Module;
use crate::tree;

/// A piece of `codegen/support/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    Date,
    DateTime,
    Uuid,
    Json,
    Text,
    Segments,
    Pairs,
    Brackets,
    Joints,
    JoinedText,
    QueryPairs,
    Exploded,
    ExplodedReserved,
    Joined,
    DeepObject,
    DeepObjectReserved,
    Cookie,
    ExplodedCookie,
    Form,
    JsonAs,
    Multipart,
}

/// The pieces that a client needs.
#[derive(Debug, Default)]
pub(super) struct Support {
    needed: BTreeSet<Piece>,
}

impl Support {
    pub(super) fn need(&mut self, piece: Piece) {
        self.needed.insert(piece);
        for other in piece.uses() {
            self.needed.insert(*other);
        }
    }

    /// Adds the pieces that another needs.
    pub(super) fn unite(&mut self, other: Self) {
        self.needed.extend(other.needed);
    }

    /// The module with the pieces; none without pieces.
    pub(super) fn module(self) -> Option<Module> {
        if self.needed.is_empty() {
            return None;
        }
        let text: String = self.needed.iter().map(|piece| piece.source()).collect();
        let pieces: syn::File = syn::parse_str(&text).expect("the pieces are Rust");
        Some(Module {
            path: "support.rs".to_owned(),
            sources: Vec::new(),
            about: "Code that some of the operations and types use.".to_owned(),
            code: vec![tree::render(pieces, &[])],
            tags: None,
        })
    }
}

impl Piece {
    /// The pieces that this one uses.
    fn uses(self) -> &'static [Self] {
        match self {
            Self::Exploded | Self::ExplodedReserved => &[Self::Text, Self::Pairs, Self::QueryPairs],
            Self::DeepObject | Self::DeepObjectReserved => {
                &[Self::Text, Self::Brackets, Self::QueryPairs]
            }
            Self::Joined => &[Self::Text, Self::Joints, Self::JoinedText],
            Self::Form | Self::Multipart => &[
                Self::Text,
                Self::Pairs,
                Self::Brackets,
                Self::Joints,
                Self::JoinedText,
            ],
            Self::ExplodedCookie => &[Self::Text, Self::Pairs, Self::Cookie],
            _ => &[],
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Date => include_str!("../../support/date.rs"),
            Self::DateTime => include_str!("../../support/date_time.rs"),
            Self::Uuid => include_str!("../../support/uuid.rs"),
            Self::Json => include_str!("../../support/json.rs"),
            Self::Text => include_str!("../../support/text.rs"),
            Self::Segments => include_str!("../../support/segments.rs"),
            Self::Exploded => include_str!("../../support/exploded.rs"),
            Self::Pairs => include_str!("../../support/pairs.rs"),
            Self::Brackets => include_str!("../../support/brackets.rs"),
            Self::Joints => include_str!("../../support/joints.rs"),
            Self::JoinedText => include_str!("../../support/joined_text.rs"),
            Self::QueryPairs => include_str!("../../support/query_pairs.rs"),
            Self::ExplodedReserved => include_str!("../../support/exploded_reserved.rs"),
            Self::DeepObjectReserved => include_str!("../../support/deep_object_reserved.rs"),
            Self::Joined => include_str!("../../support/joined.rs"),
            Self::DeepObject => include_str!("../../support/deep_object.rs"),
            Self::Cookie => include_str!("../../support/cookie.rs"),
            Self::ExplodedCookie => include_str!("../../support/exploded_cookie.rs"),
            Self::Form => include_str!("../../support/form.rs"),
            Self::JsonAs => include_str!("../../support/json_as.rs"),
            Self::Multipart => include_str!("../../support/multipart.rs"),
        }
    }
}
