//! Deprecation notices in the headers of a response.

use std::fmt;

use http::HeaderMap;
use http::header::{LINK, WARNING};
use jiff::Timestamp;

/// A deprecation notice: the headers `Deprecation` (RFC 9745), `Sunset` (RFC 8594), `Warning` and `Link` of a response from
/// an object that the vendor is about to retire.
///
/// The client logs a notice once for each operation, at the level `WARN`. This type gives a program access to it.
///
/// ```
/// use releasepack_client::Notice;
/// use releasepack_client::runtime::HeaderMap;
///
/// let mut headers = HeaderMap::new();
/// assert_eq!(Notice::of(&headers), None);
///
/// headers.insert("deprecation", "@1767225600".parse()?);
/// headers.insert("sunset", "Wed, 01 Jul 2026 00:00:00 GMT".parse()?);
/// let notice = Notice::of(&headers).expect("two of the headers are there");
/// assert_eq!(notice.deprecated_since(), Some("2026-01-01T00:00:00Z".parse()?));
/// assert_eq!(notice.sunset_at(), Some("2026-07-01T00:00:00Z".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// The value of the header `Deprecation`, as it was sent.
    pub deprecation: Option<String>,
    /// The value of the header `Sunset`, as it was sent.
    pub sunset: Option<String>,
    /// The values of the headers `Warning`, as they were sent.
    pub warnings: Vec<String>,
    /// The values of the headers `Link`, as they were sent: links to a replacement or to documentation.
    pub links: Vec<String>,
}

impl Notice {
    /// The notice in `headers`; `None` unless they hold a `Deprecation`, a `Sunset` or a `Warning`, or a `Link` to a
    /// deprecation policy, a sunset policy or a successor.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let all = |name: &str| -> Vec<String> {
            let values = headers.get_all(name).iter();
            values
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
                .collect()
        };
        let notice = Self {
            deprecation: all("deprecation").into_iter().next(),
            sunset: all("sunset").into_iter().next(),
            warnings: all(WARNING.as_str()),
            links: all(LINK.as_str()),
        };
        let is_notice = notice.deprecation.is_some()
            || notice.sunset.is_some()
            || !notice.warnings.is_empty()
            || notice.links.iter().any(|link| announces_retirement(link));
        is_notice.then_some(notice)
    }

    /// The time at which the object was or will be deprecated, from the header `Deprecation`. The accepted formats are `@`
    /// with seconds since 1970, and an HTTP date as in the drafts of the RFC. `None` for any other value.
    pub fn deprecated_since(&self) -> Option<Timestamp> {
        let value = self.deprecation.as_deref()?.trim();
        match value.strip_prefix('@') {
            Some(seconds) => Timestamp::from_second(seconds.parse().ok()?).ok(),
            None => parse_http_date(value),
        }
    }

    /// The time at which the object will be retired, from the header `Sunset`; `None` if its value is not an HTTP date.
    pub fn sunset_at(&self) -> Option<Timestamp> {
        parse_http_date(self.sunset.as_deref()?.trim())
    }
}

fn parse_http_date(value: &str) -> Option<Timestamp> {
    Timestamp::try_from(httpdate::parse_http_date(value).ok()?).ok()
}

fn announces_retirement(link: &str) -> bool {
    let link = link.to_ascii_lowercase();
    ["deprecation", "sunset", "successor-version"]
        .iter()
        .any(|relation| {
            link.contains(&format!("rel=\"{relation}\""))
                || link.contains(&format!("rel={relation}"))
        })
}

impl fmt::Display for Notice {
    /// Writes the headers on one line, as they were sent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let deprecation = self.deprecation.iter().map(|value| ("Deprecation", value));
        let sunset = self.sunset.iter().map(|value| ("Sunset", value));
        let warnings = self.warnings.iter().map(|value| ("Warning", value));
        let links = self.links.iter().map(|value| ("Link", value));
        let headers = deprecation.chain(sunset).chain(warnings).chain(links);
        for (index, (name, value)) in headers.enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{name}: {value}")?;
        }
        Ok(())
    }
}
