//! The id that a server gives to an exchange.

use http::HeaderMap;

/// The headers that servers and gateways put such an id in, the most specific ones first.
const NAMES: [&str; 7] = [
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-amz-cf-id",
    "cf-ray",
    "x-b3-traceid",
];

/// The id that the server gave to an exchange, for a support ticket: the first of the headers `X-Request-Id`, `Request-Id`,
/// `X-Correlation-Id`, `x-amzn-RequestId`, `X-Amz-Cf-Id`, `CF-Ray` and `X-B3-TraceId` that is there and is visible ASCII.
///
/// ```
/// use releasepack_client::runtime::{HeaderMap, server_request_id};
///
/// let mut headers = HeaderMap::new();
/// assert_eq!(server_request_id(&headers), None);
/// headers.insert("x-request-id", "4bf92f35".parse()?);
/// assert_eq!(server_request_id(&headers), Some("4bf92f35"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn server_request_id(headers: &HeaderMap) -> Option<&str> {
    let values = NAMES.iter().filter_map(|name| headers.get(*name));
    let texts = values.filter_map(|value| value.to_str().ok());
    texts.map(str::trim).find(|text| !text.is_empty())
}
