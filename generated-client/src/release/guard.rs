//! Keeps a client from making two releases of one pack at the same time.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::ReleaseError;

/// The packs that a client and its clones are releasing now.
#[derive(Clone, Debug, Default)]
pub(crate) struct Running {
    packs: Arc<Mutex<HashSet<String>>>,
    /// Whether several releases of a pack are allowed.
    is_off: bool,
}

/// A release that runs. It ends when this is dropped, so also with the future that makes it.
#[derive(Debug)]
pub(super) struct RunningRelease {
    running: Running,
    pack_id: String,
}

impl Running {
    /// Keeps nobody from anything.
    pub(crate) fn off() -> Self {
        Self {
            is_off: true,
            ..Self::default()
        }
    }

    /// Begins a release of a pack; an error if one runs.
    pub(super) fn begin(&self, pack_id: &str) -> Result<Option<RunningRelease>, ReleaseError> {
        if self.is_off {
            return Ok(None);
        }
        let pack_id = pack_id.trim().to_owned();
        let mut packs = self.packs.lock().unwrap_or_else(PoisonError::into_inner);
        if !packs.insert(pack_id.clone()) {
            return Err(ReleaseError::AlreadyRunning { pack_id });
        }
        drop(packs);
        Ok(Some(RunningRelease {
            running: self.clone(),
            pack_id,
        }))
    }
}

impl Drop for RunningRelease {
    fn drop(&mut self) {
        let packs = self.running.packs.lock();
        let mut packs = packs.unwrap_or_else(PoisonError::into_inner);
        packs.remove(&self.pack_id);
    }
}
