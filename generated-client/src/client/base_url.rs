//! From a region or a host to the address that all calls begin with.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::BuildError;

/// The address that the paths of the operations are appended to.
pub(super) fn base_url(
    host: &str,
    account: &str,
    partner: bool,
    override_account: Option<&str>,
    allow_plain_http: bool,
) -> Result<Url, BuildError> {
    let refuse = |why: &str| BuildError::BaseUrl(why.to_owned());
    let mut url =
        Url::parse(host.trim()).map_err(|fault| BuildError::BaseUrl(fault.to_string()))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse(
            "it holds a user or a password; give them as credentials",
        ));
    }
    let Some(name) = url.host() else {
        return Err(refuse("it names no host"));
    };
    match url.scheme() {
        "https" => {}
        "http" if allow_plain_http || is_loopback(&name) => {}
        "http" => return Err(BuildError::PlainHttp(name.to_string())),
        other => {
            return Err(BuildError::BaseUrl(format!(
                "its scheme is {other}, not https"
            )));
        }
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("it has a query or a fragment"));
    }
    if url.path().contains("/api/rest/v1") {
        return Err(refuse(
            "leave out /api/rest/v1 and the account: they are added",
        ));
    }
    let mut path = url
        .path_segments_mut()
        .map_err(|()| BuildError::BaseUrl("it cannot be a base".to_owned()))?;
    path.pop_if_empty();
    if partner || override_account.is_some() {
        path.push("partner");
    }
    path.extend(["api", "rest", "v1", segment("account", account)?]);
    drop(path);
    if let Some(account) = override_account {
        url.query_pairs_mut()
            .append_pair("overrideAccount", segment("overridden account", account)?);
    }
    Ok(url)
}

/// Whether calls to `host` stay on this machine.
pub(super) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => Ipv4Addr::is_loopback(address),
        Host::Ipv6(address) => Ipv6Addr::is_loopback(address),
    }
}

fn segment<'a>(what: &'static str, id: &'a str) -> Result<&'a str, BuildError> {
    match id.trim() {
        "" | "." | ".." => Err(BuildError::Account(what)),
        id => Ok(id),
    }
}
