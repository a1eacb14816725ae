//! An operation: what does not change between its calls, and the macro that makes the type of its requests.

use super::{Method, Security};

/// The parts of an operation that do not change between calls.
///
/// The operations of the API description are constants. [`new`](Self::new) makes others:
///
/// ```
/// use releasepack_client::runtime::{Method, Operation};
///
/// static GET_PROCESS: Operation =
///     Operation::new("GetProcess", Method::GET, "/Process/{id}").accept("application/json");
/// # assert_eq!(GET_PROCESS.path, "/Process/{id}");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL; `{name}` stands for the value of the path parameter `name`.
    pub path: &'static str,
    /// The value of the `Accept` header. If it is empty, the header is not sent.
    pub accept: &'static str,
    /// The credentials that it wants.
    pub security: Security,
}

impl Operation {
    /// The operation with this `operationId`, this method, and this path below the base URL, in which `{name}` stands for the
    /// value of the path parameter `name`. Its requests have no `Accept` header.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            accept: "",
            security: Security::Usual,
        }
    }

    /// The same operation, whose requests have an `Accept` header with this value.
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// The same operation, with the credentials that it wants.
    #[must_use]
    pub const fn security(mut self, security: Security) -> Self {
        self.security = security;
        self
    }

    /// The method with this name, for those that have no constant.
    #[allow(dead_code, reason = "not every API description has such a method")]
    pub(crate) fn method_named(name: &'static str) -> Method {
        Method::from_bytes(name.as_bytes()).expect("the generator checks that it is a method")
    }
}

/// Makes the constant of an operation and the type of its requests, with the method that sends one.
///
/// ```text
/// operation! { CREATE_PET {
///     id "createPet",
///     POST "/pets/{shop}",
///     accept "application/json",
///     request CreatePet by create_pet,
///     success Json<_> => Pet,
///     error Json<_> => Problem,
/// } }
/// ```
///
/// - The method is a constant of [`Method`], or a literal if it has none: `"COPY"`. Such an operation is a `static`.
/// - `request` is the type of the requests, made `by` a method of `Client`.
/// - `success` and `error` are how the body of a response is decoded, and the type that this gives.
/// - `security` is, if the operation wants other credentials than most, the list of alternatives: `[["key"], ["user", "app"]]`.
/// - `pages` is, if the result comes in pages, the name of the method that asks for one after the other, why that is so, where the
///   next page is (`[link]`, or the query parameter and the member with its cursor), the member with the items of a page (or none,
///   if the page is a list), and the type of an item.
/// - `stream` is, if the body of a success is bytes or text, the name of the method that reads it as it arrives.
/// - `events` is, if the response may be an event stream, the name of the method that reads its events one by one.
/// - `items` is, if the response may be of a sequential media type, the name of the method that reads its items one by one, the
///   media type, and the type of an item.
/// - `form` is, if the body is a multipart form, the type that collects its parts.
#[allow(unused_macros, reason = "not every API description has operations")]
macro_rules! operation {
    ($constant:ident {
        id $id:literal,
        $http:tt $path:literal,
        accept $accept:literal,
        $(security $security:tt,)?
        request $name:ident by $method:ident,
        success $reader:ty => $output:ty,
        error $error_reader:ty => $error:ty,
        $(pages $pages:ident $about:literal $rule:tt $elements:tt => $element:ty,)?
        $(stream $stream:ident,)?
        $(events $events:ident,)?
        $(items $items:ident $media_type:literal => $item:ty,)?
        $(form $form:ty,)?
    }) => {
        $crate::runtime::operation! {
            @constant $http
            #[doc = concat!("The operation of [`Client::", stringify!($method), "`].")]
            $constant $id, $path, $accept, [$($security)?]
        }
        #[doc = concat!("The request of [`Client::", stringify!($method), "`].")]
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct $name<'c>($crate::runtime::Request<'c> $(, pub(super) $form)?);
        impl<'c> $name<'c> {
            /// Sets what this call has of its own: a header, a timeout, a retry policy.
            #[inline]
            pub fn with(
                self,
                change: impl ::std::ops::FnOnce(
                    $crate::runtime::Request<'c>,
                ) -> $crate::runtime::Request<'c>,
            ) -> Self {
                $crate::runtime::operation!(@with self, change $($form)?)
            }
            /// Sends the request, and gives the response as it is, with any status.
            ///
            /// # Errors
            ///
            /// If no complete response arrives.
            #[inline]
            pub fn send_raw(
                self,
            ) -> impl ::std::future::Future<
                Output = ::std::result::Result<
                    $crate::runtime::Reply,
                    $crate::runtime::Error<()>,
                >,
            > {
                $crate::runtime::operation!(@request self $($form)?).send_raw()
            }
            /// Sends the request.
            ///
            /// # Errors
            ///
            /// If no response arrives, if its status is not 2xx, or if its body cannot be decoded.
            #[allow(clippy::type_complexity, reason = "it is as complex as the API makes it")]
            #[inline]
            pub fn send(
                self,
            ) -> impl ::std::future::Future<
                Output = ::std::result::Result<
                    $crate::runtime::Response<$output>,
                    $crate::runtime::Error<$error>,
                >,
            > {
                $crate::runtime::operation!(@request self $($form)?).send::<$reader, $error_reader>()
            }
            $crate::runtime::operation!(@pages 'c $($pages $about $rule $elements => $element)? ; ($reader => $output) ($error_reader => $error) $($form)?);
            $crate::runtime::operation!(@stream $($stream)? ($error_reader => $error) $($form)?);
            $crate::runtime::operation!(@events $($events)? ($error_reader => $error) $($form)?);
            $crate::runtime::operation!(@items $($items $media_type => $item)? ; ($error_reader => $error) $($form)?);
        }
    };
    (@pages $c:lifetime ; ($reader:ty => $output:ty) ($error_reader:ty => $error:ty) $($form:ty)?) => {};
    (@pages
        $c:lifetime $pages:ident $about:literal $rule:tt $elements:tt => $element:ty ;
        ($reader:ty => $output:ty) ($error_reader:ty => $error:ty) $($form:ty)?
    ) => {
        /// Asks for one page after the other. `pages().items()` gives the items of all of them.
        ///
        #[doc = $about]
        #[allow(clippy::type_complexity, reason = "it is as complex as the API makes it")]
        #[inline]
        pub fn $pages(self) -> $crate::runtime::Pages<$c, $output, $error, $element> {
            $crate::runtime::operation!(@request self $($form)?).pages::<$reader, $error_reader, _>(
                $crate::runtime::operation!(@rule $rule),
                $crate::runtime::operation!(@elements $elements),
            )
        }
    };
    (@rule [link]) => { $crate::runtime::NextPage::link() };
    (@rule [$parameter:literal $member:ident]) => {
        $crate::runtime::NextPage::cursor($parameter, |page| $crate::runtime::Cursor::cursor(&page.$member))
    };
    (@elements []) => { $crate::runtime::Elements::elements };
    (@elements [$member:ident]) => { |page| $crate::runtime::Elements::elements(page.$member) };
    (@stream ($error_reader:ty => $error:ty) $($form:ty)?) => {};
    (@stream $stream:ident ($error_reader:ty => $error:ty) $($form:ty)?) => {
        /// Sends the request, and gives the body of the response chunk by chunk as it arrives, without a size limit.
        ///
        /// # Errors
        ///
        /// If no response arrives, or if its status is not 2xx.
        #[allow(clippy::type_complexity, reason = "it is as complex as the API makes it")]
        #[inline]
        pub fn $stream(
            self,
        ) -> impl ::std::future::Future<
            Output = ::std::result::Result<
                $crate::runtime::Chunks,
                $crate::runtime::Error<$error>,
            >,
        > {
            $crate::runtime::operation!(@request self $($form)?).stream::<$error_reader>()
        }
    };
    (@events ($error_reader:ty => $error:ty) $($form:ty)?) => {};
    (@events $events:ident ($error_reader:ty => $error:ty) $($form:ty)?) => {
        /// Sends the request, and gives the events of the response as they come.
        ///
        /// # Errors
        ///
        /// If no response arrives, if its status is not 2xx, or if it is not an event stream.
        #[allow(clippy::type_complexity, reason = "it is as complex as the API makes it")]
        #[inline]
        pub fn $events(
            self,
        ) -> impl ::std::future::Future<
            Output = ::std::result::Result<
                $crate::runtime::Events,
                $crate::runtime::Error<$error>,
            >,
        > {
            $crate::runtime::operation!(@request self $($form)?).events::<$error_reader>()
        }
    };
    (@items ; ($error_reader:ty => $error:ty) $($form:ty)?) => {};
    (@items $items:ident $media_type:literal => $item:ty ; ($error_reader:ty => $error:ty) $($form:ty)?) => {
        /// Sends the request, and gives the items of the response as they come.
        ///
        /// # Errors
        ///
        /// If no response arrives, or if its status is not 2xx.
        #[allow(clippy::type_complexity, reason = "it is as complex as the API makes it")]
        pub fn $items(
            self,
        ) -> impl ::std::future::Future<
            Output = ::std::result::Result<
                $crate::runtime::Items<$item>,
                $crate::runtime::Error<$error>,
            >,
        > {
            $crate::runtime::operation!(@request self $($form)?).items::<$item, $error_reader>($media_type)
        }
    };
    (@constant $http:ident #[$doc:meta] $constant:ident $id:literal, $path:literal, $accept:literal, $security:tt) => {
        #[$doc]
        pub const $constant: $crate::runtime::Operation = $crate::runtime::Operation {
            id: $id,
            method: $crate::runtime::Method::$http,
            path: $path,
            accept: $accept,
            security: $crate::runtime::operation!(@security $security),
        };
    };
    (@constant $http:literal #[$doc:meta] $constant:ident $id:literal, $path:literal, $accept:literal, $security:tt) => {
        #[$doc]
        pub static $constant: ::std::sync::LazyLock<$crate::runtime::Operation> =
            ::std::sync::LazyLock::new(|| $crate::runtime::Operation {
                id: $id,
                method: $crate::runtime::Operation::method_named($http),
                path: $path,
                accept: $accept,
                security: $crate::runtime::operation!(@security $security),
            });
    };
    (@security []) => { $crate::runtime::Security::Usual };
    (@security [[$([$($scheme:literal),*]),*]]) => { $crate::runtime::Security::OneOf(&[$(&[$($scheme),*]),*]) };
    (@with $request:ident, $change:ident) => { Self($change($request.0)) };
    (@with $request:ident, $change:ident $form:ty) => { Self($change($request.0), $request.1) };
    (@request $request:ident) => { $request.0 };
    (@request $request:ident $form:ty) => { $request.1.into_request($request.0) };
}
#[allow(unused_imports, reason = "not every API description has operations")]
pub(crate) use operation;
