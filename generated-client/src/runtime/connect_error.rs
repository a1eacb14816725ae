//! Tells the failures to connect apart that would not go away if the call was made again.

use std::error::Error;
use std::io;

use super::TransportErrorKind as Kind;

/// The kind of an error that happened before a connection was there.
///
/// The HTTP library has no types for these errors that a caller could name, so this reads its texts. An error that is not
/// recognised counts as [`Kind::Connect`], which is repeated: nothing was sent, so this is safe.
pub(super) fn kind_of_connect_error(error: &(dyn Error + 'static)) -> Kind {
    let causes = || {
        std::iter::successors(Some(error), |&cause| cause.source())
            .map(|cause| (cause, cause.to_string().to_ascii_lowercase()))
    };
    let says =
        |words: &[&str]| causes().any(|(_, text)| words.iter().any(|word| text.contains(word)));
    if says(&["proxy authorization required", "407 proxy authentication"]) {
        return Kind::ProxyAuthentication;
    }
    if says(&["dns error", "failed to lookup address"]) {
        // What the resolvers of operating systems say when the name server does not respond.
        let is_temporary = says(&["emporary failure", "try again", "timed out", "timeout"]);
        return if is_temporary {
            Kind::Connect
        } else {
            Kind::NameNotFound
        };
    }
    // A TLS library reports what the server sent and it does not accept as invalid data. A connection that ends during the
    // handshake is another kind of error, and may be there next time.
    let is_invalid = causes().any(|(cause, _)| cause.downcast_ref().is_some_and(is_invalid_data));
    let is_tls = says(&[
        "certificate",
        "corrupt message",
        "fatal alert",
        "peer is incompatible",
        "ssl routines",
    ]);
    if is_invalid || is_tls {
        return Kind::Tls;
    }
    Kind::Connect
}

/// Whether an error says that data is invalid. An error in an error of the same type is not among its sources.
fn is_invalid_data(error: &io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    error.kind() == io::ErrorKind::InvalidData || inner.is_some_and(is_invalid_data)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error of a library around another one.
    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Around(&'static str, #[source] Box<dyn Error>);

    fn kind(text: &'static str, cause: impl Into<Box<dyn Error>>) -> Kind {
        let error = Around("client error (Connect)", Around(text, cause.into()).into());
        kind_of_connect_error(&error)
    }

    #[test]
    fn what_would_fail_again_in_the_same_way_is_told_apart() {
        let io = |kind, text: &'static str| io::Error::new(kind, text);
        let found = |detail: &'static str| {
            kind(
                "dns error",
                format!("failed to lookup address information: {detail}"),
            )
        };
        assert_eq!(found("Name or service not known"), Kind::NameNotFound);
        assert_eq!(found("Temporary failure in name resolution"), Kind::Connect);
        assert_eq!(
            kind("tunnel error: proxy authorization required", "it is 407"),
            Kind::ProxyAuthentication
        );
        let untrusted = io(
            io::ErrorKind::InvalidData,
            "invalid peer certificate: UnknownIssuer",
        );
        assert_eq!(kind("connection error", untrusted), Kind::Tls);
        let old = io(
            io::ErrorKind::InvalidData,
            "received fatal alert: ProtocolVersion",
        );
        assert_eq!(kind("connection error", old), Kind::Tls);
        let other = io::Error::other(io(io::ErrorKind::InvalidData, "not TLS"));
        assert_eq!(kind("connection error", other), Kind::Tls);
        let ended = io(io::ErrorKind::UnexpectedEof, "tls handshake eof");
        assert_eq!(kind("connection error", ended), Kind::Connect);
        let refused = io(io::ErrorKind::ConnectionRefused, "Connection refused");
        assert_eq!(kind("tcp connect error", refused), Kind::Connect);
    }
}
