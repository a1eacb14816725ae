//! Builds the URL that all calls begin with.

use url::Url;

use super::BuildError;
use crate::runtime::is_loopback;

/// Builds the URL that the paths of the operations are appended to.
pub(super) fn build_base_url(
    host: &str,
    account: &str,
    partner: bool,
    override_account: Option<&str>,
    allow_plain_http: bool,
) -> Result<Url, BuildError> {
    let refuse = |why: &str| BuildError::BaseUrl(why.to_owned());
    let host = host.trim();
    // A URL parser removes tabs and line breaks, so another host would be called.
    if host.contains(char::is_control) {
        return Err(refuse("it has a control character"));
    }
    let mut url = Url::parse(host).map_err(|fault| BuildError::BaseUrl(fault.to_string()))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse(
            "it holds a user or a password; pass them as `Credentials`",
        ));
    }
    let Some(name) = url.host() else {
        return Err(refuse("it has no host"));
    };
    match url.scheme() {
        "https" => {}
        "http" if allow_plain_http || is_loopback(&name) => {}
        "http" => return Err(BuildError::PlainHttp(name.to_string())),
        other => {
            return Err(BuildError::BaseUrl(format!(
                "its scheme is `{other}`, but must be `https`"
            )));
        }
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("it has a query or a fragment; remove it"));
    }
    if url.path().contains("/api/rest/v1") {
        return Err(refuse(
            "it contains `/api/rest/v1`; remove that and the account, because the client adds them",
        ));
    }
    let mut path = url
        .path_segments_mut()
        .map_err(|()| refuse("paths cannot be appended to it"))?;
    path.pop_if_empty();
    if partner || override_account.is_some() {
        path.push("partner");
    }
    path.extend(["api", "rest", "v1", check_segment("account", account)?]);
    drop(path);
    if let Some(account) = override_account {
        url.query_pairs_mut().append_pair(
            "overrideAccount",
            check_segment("overridden account", account)?,
        );
    }
    Ok(url)
}

/// Returns the trimmed `id` if it can be a path segment; `name` says in the error whose id it is.
fn check_segment<'a>(name: &'static str, id: &'a str) -> Result<&'a str, BuildError> {
    match id.trim() {
        "" | "." | ".." => Err(BuildError::Account(name)),
        // A URL parser removes tabs and line breaks, so another account would be called.
        id if id.contains(char::is_control) => Err(BuildError::Account(name)),
        id => Ok(id),
    }
}
