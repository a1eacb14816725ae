//! Operations whose result comes in pages, where the document makes it plain. Nothing is guessed: the documentation of the method
//! says which rule it follows.

use super::{Field, Model, Object, Operation, Parameter, ParameterPlace, Shape, Style, Type};

/// How the pages of an operation follow each other.
#[derive(Debug)]
pub(crate) struct Paging<'m> {
    pub(crate) next: NextPage<'m>,
    /// The member with the items; `None` if the page is a list.
    pub(crate) items: Option<&'m Field<'m>>,
    /// The type of an item.
    pub(crate) item: &'m Type,
}

/// How the next page is asked for.
#[derive(Debug)]
pub(crate) enum NextPage<'m> {
    /// The response declares the header `Link`.
    Link,
    /// The page has a member with a cursor, which is a query parameter too.
    Cursor {
        member: &'m Field<'m>,
        parameter: &'m str,
    },
}

/// The names of members with the cursor of the next page, each with the query parameters that take it, the best first.
const CURSORS: &[(&str, &[&str])] = &[
    ("next_cursor", &["cursor", "next_cursor"]),
    ("nextCursor", &["cursor", "nextCursor"]),
    ("next_page_token", &["page_token", "next_page_token"]),
    ("nextPageToken", &["pageToken", "nextPageToken"]),
    ("next_token", &["token", "next_token"]),
    ("nextToken", &["token", "nextToken"]),
    (
        "next_continuation_token",
        &["continuation_token", "continuation-token"],
    ),
    ("nextContinuationToken", &["continuationToken"]),
    ("continuation_token", &["continuation_token"]),
    ("continuationToken", &["continuationToken"]),
    ("cursor", &["cursor"]),
];

impl<'d> Operation<'d> {
    /// Whether [`paging`](Self::paging) may find a rule, before types are known.
    pub(super) fn may_be_paged(&self) -> bool {
        let is_known = |name: &str| CURSORS.iter().any(|(_, taken)| taken.contains(&name));
        let mut parameters = self.parameters.iter();
        let takes_cursor = parameters.any(|it| is_optional_text(it) && is_known(&it.name));
        let mut success = self.success.iter();
        self.method == "GET" && (takes_cursor || success.any(|it| it.has_link))
    }

    /// How its pages follow each other, if the document makes it plain: it is a GET with one kind of success, which is a list of
    /// items or an object with exactly one list, and which declares the header `Link`, or has a member of the table above whose
    /// query parameter the operation has.
    pub(crate) fn paging<'m>(&'m self, model: &'m Model<'d>) -> Option<Paging<'m>> {
        if !self.may_be_paged() {
            return None;
        }
        let [response] = self.success.as_slice() else {
            return None;
        };
        let page = model.resolved(response.content.as_ref()?.1.ty());
        let object = match page {
            Type::Named(index) => match &model.schemas[*index].shape {
                Shape::Object(object) => Some(object),
                _ => return None,
            },
            _ => None,
        };
        let (items, item) = match object {
            None => (None, model.element(page)?),
            Some(object) => {
                let lists = object.fields.iter();
                let mut lists = lists.filter_map(|it| Some((it, model.element(it.typed.ty())?)));
                let (member, item) = lists.next()?;
                if lists.next().is_some() {
                    return None;
                }
                (Some(member), item)
            }
        };
        let next = if response.has_link {
            NextPage::Link
        } else {
            self.cursor(object?, model)?
        };
        Some(Paging { next, items, item })
    }

    /// The first member of the table that is in the page, and whose query parameter the operation has.
    fn cursor<'m>(&'m self, page: &'m Object<'d>, model: &'m Model<'d>) -> Option<NextPage<'m>> {
        CURSORS.iter().find_map(|(name, taken)| {
            let member = page.fields.iter().find(|field| field.name == *name)?;
            if *model.without_options(member.typed.ty()) != Type::String {
                return None;
            }
            let parameter = taken.iter().find_map(|name| {
                let mut parameters = self.parameters.iter();
                parameters.find(|it| it.name == *name && is_optional_text(it))
            })?;
            Some(NextPage::Cursor {
                member,
                parameter: &parameter.name,
            })
        })
    }
}

fn is_optional_text(parameter: &Parameter) -> bool {
    parameter.place == ParameterPlace::Query
        && parameter.style == Style::Text
        && !parameter.required
}

impl Model<'_> {
    /// The type that an alias leads to; any other type.
    fn resolved<'m>(&'m self, mut ty: &'m Type) -> &'m Type {
        // No chain of aliases is longer than the number of schemas.
        for _ in 0..self.schemas.len() {
            match ty {
                Type::Named(index) => match &self.schemas[*index].shape {
                    Shape::Alias(target) => ty = target.ty(),
                    _ => break,
                },
                _ => break,
            }
        }
        ty
    }

    /// A type without the options around it, which stand for `null` and for what may be missing.
    fn without_options<'m>(&'m self, ty: &'m Type) -> &'m Type {
        let mut ty = self.resolved(ty);
        while let Type::Option(inner) = ty {
            ty = self.resolved(inner);
        }
        ty
    }

    /// The type of the elements of a list.
    fn element<'m>(&'m self, ty: &'m Type) -> Option<&'m Type> {
        match self.without_options(ty) {
            Type::Vec(element) => Some(element),
            _ => None,
        }
    }
}
