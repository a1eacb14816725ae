//! An operation: what does not change between its calls, and the macro that makes the type of its requests.

use super::Method;

/// The parts of an operation that do not change between calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL; `{name}` stands for the value of the path parameter `name`.
    pub path: &'static str,
    /// The value of the `Accept` header. If it is empty, the header is not sent.
    pub accept: &'static str,
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
/// - `request` is the type of the requests, made `by` a method of `Client`.
/// - `success` and `error` are how the body of a response is decoded, and the type that this gives.
/// - `events` is, if the response may be an event stream, the name of the method that reads its events one by one.
/// - `form` is, if the body is a multipart form, the type that collects its parts.
#[allow(unused_macros, reason = "not every API description has operations")]
macro_rules! operation {
    ($constant:ident {
        id $id:literal,
        $http:ident $path:literal,
        accept $accept:literal,
        request $name:ident by $method:ident,
        success $reader:ty => $output:ty,
        error $error_reader:ty => $error:ty,
        $(events $events:ident,)?
        $(form $form:ty,)?
    }) => {
        #[doc = concat!("The operation of [`Client::", stringify!($method), "`].")]
        pub const $constant: $crate::runtime::Operation = $crate::runtime::Operation {
            id: $id,
            method: $crate::runtime::Method::$http,
            path: $path,
            accept: $accept,
        };
        #[doc = concat!("The request of [`Client::", stringify!($method), "`].")]
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct $name<'c>($crate::runtime::Request<'c> $(, pub(super) $form)?);
        impl $name<'_> {
            /// Sends the request.
            ///
            /// # Errors
            ///
            /// If no response arrives, if its status is not 2xx, or if its body cannot be decoded.
            #[allow(clippy::type_complexity, reason = "it is as complex as the API makes it")]
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
            $crate::runtime::operation!(@events $($events)? ($error_reader => $error) $($form)?);
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
    (@request $request:ident) => { $request.0 };
    (@request $request:ident $form:ty) => { $request.1.into_request($request.0) };
}
#[allow(unused_imports, reason = "not every API description has operations")]
pub(crate) use operation;
