//! Operations whose result comes in pages: [`Pages`] asks for one after the other.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use url::Url;

use super::link::next_link;
use super::{
    Call, Decode, DecodeError, Error, Exchange, Failure, Operation, Reply, Request, RequestError,
    Response, Service,
};

/// How the page after a page is asked for.
///
/// ```
/// use releasepack_client::runtime::NextPage;
///
/// struct Page {
///     pets: Vec<String>,
///     next_cursor: Option<String>,
/// }
///
/// let by_link = NextPage::<Page>::link();
/// let by_cursor = NextPage::<Page>::cursor("cursor", |page| page.next_cursor.clone());
/// ```
pub struct NextPage<T>(Rule<T>);

enum Rule<T> {
    Link,
    Cursor(&'static str, fn(&T) -> Option<String>),
}

impl<T> Clone for NextPage<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for NextPage<T> {}

impl<T> Clone for Rule<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Rule<T> {}

impl<T> fmt::Debug for NextPage<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Rule::Link => f.write_str("Link"),
            Rule::Cursor(parameter, _) => f.debug_tuple("Cursor").field(&parameter).finish(),
        }
    }
}

impl<T> NextPage<T> {
    /// At the URL that the response links to: `Link: <…>; rel="next"`. A response without such a link is the last page. A link to
    /// another scheme, host or port is an error, because the credentials are sent with each request.
    pub fn link() -> Self {
        Self(Rule::Link)
    }

    /// With the cursor of the page as a query parameter, and otherwise with the same request. A page without a cursor, or with an
    /// empty one, is the last page.
    pub fn cursor(parameter: &'static str, of: fn(&T) -> Option<String>) -> Self {
        Self(Rule::Cursor(parameter, of))
    }
}

/// The pages of a result. Each is asked for when it is needed, through all layers of the client. They are also a `Stream`.
///
/// If a page leads to one that was there already, it is an error: it would go on forever.
///
/// ```
/// use releasepack_client::runtime::{Error, Pages};
///
/// async fn count(mut pages: Pages<'_, Vec<String>, (), String>) -> Result<usize, Error<()>> {
///     let mut count = 0;
///     while let Some(page) = pages.next().await? {
///         count += page.len();
///     }
///     Ok(count)
/// }
///
/// async fn first(pages: Pages<'_, Vec<String>, (), String>) -> Result<Option<String>, Error<()>> {
///     pages.items().next().await
/// }
/// ```
#[must_use = "no page is asked for until it is needed"]
pub struct Pages<'c, T, E, X> {
    service: &'c Service,
    operation: &'static Operation,
    /// What each request has, apart from its cursor.
    request: Request<'c>,
    rule: NextPage<T>,
    items: fn(T) -> Vec<X>,
    decode: DecodePage<T, E>,
    state: State<'c, E>,
    /// The URL of the page that was asked for last.
    url: Url,
    /// The cursors or links that were followed.
    followed: HashSet<String>,
}

type DecodePage<T, E> = fn(&Service, &'static Operation, Reply) -> Result<Response<T>, Error<E>>;

enum State<'c, E> {
    Next(Box<Call>),
    Waiting(Exchange<'c>),
    Failed(Error<E>),
    Ended,
}

impl<T, E, X> fmt::Debug for Pages<'_, T, E, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.operation.id)
            .field("rule", &self.rule)
            .field("followed", &self.followed.len())
            .finish_non_exhaustive()
    }
}

impl<'c> Request<'c> {
    /// The pages of the result, of which this request asks for the first. `items` gives the items of a page.
    ///
    /// ```
    /// use releasepack_client::runtime::{Json, NextPage, Pages, Request};
    /// use serde_json::Value;
    ///
    /// fn all(request: Request<'_>) -> Pages<'_, Vec<Value>, Value, Value> {
    ///     request.pages::<Json<_>, Json<_>, _>(NextPage::link(), |page: Vec<Value>| page)
    /// }
    /// ```
    pub fn pages<D: Decode, E: Decode, X>(
        self,
        next: NextPage<D::Output>,
        items: fn(D::Output) -> Vec<X>,
    ) -> Pages<'c, D::Output, E::Output, X> {
        let (service, operation) = (self.service, self.operation);
        let url = service.base_url().clone();
        Pages {
            service,
            operation,
            state: State::of(operation, self.clone().into_call()),
            request: self,
            rule: next,
            items,
            decode: Service::decode::<D, E>,
            url,
            followed: HashSet::new(),
        }
    }
}

impl<E> State<'_, E> {
    fn of(operation: &'static Operation, call: Result<Call, RequestError>) -> Self {
        match call {
            Ok(call) => Self::Next(Box::new(call)),
            Err(fault) => Self::Failed(Error::new(operation, Failure::Request(fault))),
        }
    }
}

impl<'c, T, E, X> Pages<'c, T, E, X> {
    /// Waits for the next page; `None` after the last one.
    ///
    /// # Errors
    ///
    /// As [`Request::send`]. It is a [`Failure::Decode`] if the page before leads to another server, or to a page that was there
    /// already. Nothing comes after an error.
    pub async fn next(&mut self) -> Result<Option<Response<T>>, Error<E>> {
        poll_fn(|cx| self.poll_page(cx)).await.transpose()
    }

    /// The items of all pages, one after the other.
    pub fn items(self) -> PagedItems<'c, T, E, X> {
        PagedItems {
            pages: self,
            ready: Vec::new().into_iter(),
        }
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Response<T>, Error<E>>>> {
        loop {
            match mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Next(call) => {
                    self.url.clone_from(&call.url);
                    self.state = State::Waiting(self.service.send(*call));
                }
                State::Waiting(mut exchange) => {
                    let Poll::Ready(outcome) = exchange.as_mut().poll(cx) else {
                        self.state = State::Waiting(exchange);
                        return Poll::Pending;
                    };
                    return Poll::Ready(Some(self.read(outcome)));
                }
            }
        }
    }

    fn read(
        &mut self,
        outcome: Result<Reply, super::TransportError>,
    ) -> Result<Response<T>, Error<E>> {
        let (service, operation) = (self.service, self.operation);
        let reply =
            outcome.map_err(|error| Error::transport(operation, error, service.redaction()))?;
        let response = (self.decode)(service, operation, reply)?;
        self.state = match self.after(&response) {
            Ok(Some(request)) => State::of(operation, request),
            Ok(None) => State::Ended,
            Err(why) => {
                let reply = Reply::new(response.status(), response.headers().clone(), "");
                let fault = DecodeError::no_page(why);
                State::Failed(Error::undecodable(
                    operation,
                    reply,
                    fault,
                    service.redaction(),
                ))
            }
        };
        Ok(response)
    }

    /// The call for the page after this one; `None` if it is the last one.
    fn after(
        &mut self,
        page: &Response<T>,
    ) -> Result<Option<Result<Call, RequestError>>, &'static str> {
        let (next, call) = match self.rule.0 {
            Rule::Link => {
                let Some(link) = next_link(page.headers()) else {
                    return Ok(None);
                };
                let next = self.url.join(&link);
                let next = next.map_err(|_| "the link to the next page is not a URL")?;
                if next.origin() != self.url.origin() {
                    return Err("the link to the next page leads to another server");
                }
                let call = self.request.clone().into_call();
                let name = next.to_string();
                (name, call.map(|call| call.at(next)))
            }
            Rule::Cursor(parameter, of) => {
                let cursor = of(page.body()).filter(|cursor| !cursor.is_empty());
                let Some(cursor) = cursor else {
                    return Ok(None);
                };
                let request = self.request.clone().replace_query(parameter, &cursor);
                (cursor, request.into_call())
            }
        };
        if !self.followed.insert(next) {
            return Err("it leads to a page that was there already");
        }
        Ok(Some(call))
    }
}

impl<T, E, X> Unpin for Pages<'_, T, E, X> {}

impl<T, E, X> Stream for Pages<'_, T, E, X> {
    type Item = Result<Response<T>, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(cx)
    }
}

/// The items of all [`Pages`] of a result, one after the other. They are also a `Stream`.
#[must_use = "no page is asked for until it is needed"]
pub struct PagedItems<'c, T, E, X> {
    pages: Pages<'c, T, E, X>,
    /// The items of the page before.
    ready: std::vec::IntoIter<X>,
}

impl<T, E, X> fmt::Debug for PagedItems<'_, T, E, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PagedItems")
            .field("pages", &self.pages)
            .field("ready", &self.ready.len())
            .finish()
    }
}

impl<T, E, X> PagedItems<'_, T, E, X> {
    /// Waits for the next item; `None` after the last one of the last page.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
    pub async fn next(&mut self) -> Result<Option<X>, Error<E>> {
        poll_fn(|cx| self.poll_item(cx)).await.transpose()
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<X, Error<E>>>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(cx)).transpose()? {
                Some(page) => self.ready = (self.pages.items)(page.into_body()).into_iter(),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T, E, X> Unpin for PagedItems<'_, T, E, X> {}

impl<T, E, X> Stream for PagedItems<'_, T, E, X> {
    type Item = Result<X, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

/// A member that may hold a cursor.
#[doc(hidden)]
pub trait Cursor {
    fn cursor(&self) -> Option<String>;
}

impl Cursor for String {
    fn cursor(&self) -> Option<String> {
        Some(self.clone())
    }
}

impl<C: Cursor> Cursor for Option<C> {
    fn cursor(&self) -> Option<String> {
        self.as_ref().and_then(C::cursor)
    }
}

/// A member that may hold the items of a page.
#[doc(hidden)]
pub trait Elements<X> {
    fn elements(self) -> Vec<X>;
}

impl<X> Elements<X> for Vec<X> {
    fn elements(self) -> Vec<X> {
        self
    }
}

impl<X, L: Elements<X>> Elements<X> for Option<L> {
    fn elements(self) -> Vec<X> {
        self.map_or_else(Vec::new, L::elements)
    }
}
