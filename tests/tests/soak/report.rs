//! What the client reports of a release, and whether it is true.

use std::collections::BTreeMap;
use std::time::Duration;

use releasepack_client::Client;
use releasepack_client::release::{Outcome, Release, ReleaseError, WaitPolicy};
use releasepack_client::sandbox::Sandbox;

/// The outcome of a release, as the client reports it.
#[derive(Debug)]
pub(crate) enum Reported {
    Made(String),
    NotMade,
    /// With the request id, if one arrived.
    Unknown(Option<String>),
}

/// How often each outcome was reported.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) made: usize,
    pub(crate) not_made: usize,
    pub(crate) unknown: usize,
    /// Of the unknown ones, those that were made.
    pub(crate) unknown_and_made: usize,
}

/// Releases a pack, and waits until it is done. A wait that failed is started again: a release that was made must be done in the
/// end.
pub(crate) async fn release(client: &Client, pack: &str, policy: &WaitPolicy) -> Reported {
    let release = Release::now(pack).component("b420a8ab", "2.0");
    let accepted = match client.release(&release).await {
        Ok(accepted) => accepted,
        Err(ReleaseError::Refused(_)) => return Reported::NotMade,
        Err(error) if error.may_have_been_made() => {
            return Reported::Unknown(error.request_id().map(str::to_owned));
        }
        Err(error) => panic!("{pack}: {error}"),
    };
    let id = accepted.request_id();
    for _ in 0..100 {
        match client.wait(id, policy.clone(), |_| {}).await {
            Ok(Outcome::Released(_)) => return Reported::Made(id.to_owned()),
            Ok(other) => panic!("{pack}: {other:?}"),
            Err(_) => {}
        }
    }
    panic!("{pack}: the release is never done")
}

/// As [`release`], and fails if a call does not end.
pub(crate) async fn release_in_time(client: &Client, pack: &str, policy: &WaitPolicy) -> Reported {
    let most = Duration::from_secs(100);
    let released = tokio::time::timeout(most, release(client, pack, policy)).await;
    released.unwrap_or_else(|_| panic!("{pack}: a call does not end"))
}

/// Compares what was reported with what the sandbox has.
pub(crate) fn check(sandbox: &Sandbox, reported: &BTreeMap<String, Reported>) -> Counts {
    let mut made = BTreeMap::<_, Vec<_>>::new();
    for release in sandbox.releases() {
        made.entry(release.pack_id)
            .or_default()
            .push(release.request_id);
    }
    let mut counts = Counts::default();
    for (pack, reported) in reported {
        let made = made.get(pack).map_or(&[][..], Vec::as_slice);
        assert!(
            made.len() <= 1,
            "{pack} was released {} times, and the client reported {reported:?}",
            made.len()
        );
        match reported {
            Reported::Made(id) => {
                assert_eq!(made, [id.as_str()], "{pack}");
                counts.made += 1;
            }
            Reported::NotMade => {
                assert!(made.is_empty(), "{pack} was released: {made:?}");
                counts.not_made += 1;
            }
            Reported::Unknown(id) => {
                assert!(
                    id.as_ref().is_none_or(|id| made.contains(id)),
                    "{pack}: {id:?}"
                );
                counts.unknown += 1;
                counts.unknown_and_made += made.len();
            }
        }
    }
    assert!(made.keys().all(|pack| reported.contains_key(pack)));
    counts
}
