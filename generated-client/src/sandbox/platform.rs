//! The platform behind the sandbox: integration packs, their releases, and a current date that only the test changes.
//!
//! Responses are made of the generated types, so they only have members and values of the API description. The rules are
//! those that the vendor's reference describes in prose:
//! <https://developer.boomi.com/docs/api/platformapi/ReleaseIntegrationPack> and
//! <https://developer.boomi.com/docs/api/platformapi/ReleaseIntegrationPackStatus>.

use std::collections::{BTreeMap, BTreeSet};

use http::StatusCode;
use jiff::civil::Date;

use super::release::{Phase, Release};
use super::response::Refusal;
use crate::generated::types::{
    InstallationType, OperationType, PublisherIntegrationPack, PublisherPackagedComponent,
    PublisherPackagedComponents, ReleaseIntegrationPack, ReleaseIntegrationPackStatus,
    ReleaseSchedule,
};

/// An integration pack, and the released version of each of its components.
#[derive(Clone, Debug, Default)]
pub(super) struct Pack {
    pub(super) name: Option<String>,
    pub(super) installation_type: Option<InstallationType>,
    pub(super) released: BTreeMap<String, String>,
    /// The newest version of a component that can be added.
    pub(super) latest: BTreeMap<String, String>,
    /// The version of a component that goes into the next release, beside those of the requests.
    pub(super) pending: BTreeMap<String, String>,
    /// The components that the next release takes out.
    pub(super) deleted: BTreeSet<String>,
}

impl Pack {
    /// Applies a release of these components that is done.
    fn release<'c>(&mut self, components: impl Iterator<Item = (&'c String, &'c String)>) {
        for id in std::mem::take(&mut self.deleted) {
            self.released.remove(&id);
            self.latest.remove(&id);
        }
        for (id, version) in components {
            self.released.insert(id.clone(), version.clone());
            self.pending.remove(id);
            let latest = self.latest.entry(id.clone()).or_default();
            if is_newer(version, latest) {
                latest.clone_from(version);
            }
        }
    }
}

/// Whether `version` is newer than `other`. Versions are numbers with dots; what is not a number counts as zero.
fn is_newer(version: &str, other: &str) -> bool {
    let numbers = |text: &str| -> Vec<u64> {
        let parts = text.split('.');
        parts.map(|part| part.parse().unwrap_or(0)).collect()
    };
    other.is_empty() || numbers(version) > numbers(other)
}

/// The packs and releases of all accounts.
#[derive(Debug)]
pub(super) struct Platform {
    pub(super) today: Date,
    pub(super) polls: u32,
    /// The packs whose releases fail.
    pub(super) failing: BTreeSet<String>,
    /// Whether every id is accepted as a pack, which is so until a pack is declared.
    pub(super) any_pack: bool,
    /// What request ids end in.
    pub(super) request_id_suffix: String,
    packs: BTreeMap<(String, String), Pack>,
    releases: BTreeMap<String, Release>,
    /// The request ids, oldest first.
    order: Vec<String>,
    random: fastrand::Rng,
}

impl Platform {
    pub(super) fn new(seed: u64, today: Date, polls: u32) -> Self {
        Self {
            today,
            polls,
            failing: BTreeSet::new(),
            any_pack: true,
            request_id_suffix: String::new(),
            packs: BTreeMap::new(),
            releases: BTreeMap::new(),
            order: Vec::new(),
            random: fastrand::Rng::with_seed(seed),
        }
    }

    pub(super) fn declare(&mut self, account: &str, id: &str, pack: Pack) {
        self.any_pack = false;
        self.packs.insert((account.to_owned(), id.to_owned()), pack);
    }

    /// The releases of all accounts, oldest first.
    pub(super) fn releases(&self) -> impl Iterator<Item = (&str, &Release)> {
        self.order
            .iter()
            .filter_map(|id| Some((id.as_str(), self.releases.get(id)?)))
    }

    /// Makes a release.
    pub(super) fn create(
        &mut self,
        account: &str,
        body: ReleaseIntegrationPack,
        status_url: &str,
    ) -> Result<ReleaseIntegrationPack, Refusal> {
        let id = body
            .id
            .clone()
            .filter(|id| !id.trim().is_empty())
            .ok_or_else(|| Refusal::bad_request("The id of the integration pack is missing."))?;
        let pack = self.pack(account, &id)?;
        let (schedule, date) = self.schedule(&body)?;
        let mut release = Release::new(account, &id, &pack, body);
        release.reschedule(schedule, date, self.polls);
        let request_id = format!("release-{}{}", self.uuid(), self.request_id_suffix);
        let response = release.accepted(&request_id, &pack, status_url);
        self.order.push(request_id.clone());
        self.releases.insert(request_id, release);
        Ok(response)
    }

    /// Changes the scheduled release of the pack.
    pub(super) fn update(
        &mut self,
        account: &str,
        id: &str,
        body: ReleaseIntegrationPack,
        status_url: &str,
    ) -> Result<ReleaseIntegrationPack, Refusal> {
        let pack = self.pack(account, id)?;
        let (schedule, date) = self.schedule(&body)?;
        let request_id = self
            .order
            .iter()
            .rev()
            .find(|request_id| {
                self.releases.get(*request_id).is_some_and(|release| {
                    release.account == account
                        && release.pack_id == id
                        && release.phase == Phase::Scheduled
                        && release.date > self.today
                })
            })
            .cloned()
            .ok_or_else(|| {
                Refusal::bad_request(format!(
                    "There is no scheduled release request for the integration pack {id}."
                ))
            })?;
        let polls = self.polls;
        let release = self
            .releases
            .get_mut(&request_id)
            .expect("every request id in `order` has a release");
        release.amend(body);
        release.reschedule(schedule, date, polls);
        release.updates += 1;
        Ok(release.accepted(&request_id, &pack, status_url))
    }

    /// Gets the status of a release, and advances the release if `advances` is set.
    pub(super) fn status(
        &mut self,
        account: &str,
        request_id: &str,
        advances: bool,
    ) -> Result<ReleaseIntegrationPackStatus, Refusal> {
        let release = self
            .releases
            .get_mut(request_id)
            .filter(|release| release.account == account)
            .ok_or_else(|| {
                Refusal::bad_request(format!("There is no release request {request_id}."))
            })?;
        if !advances {
            return Ok(release.status(request_id));
        }
        let was_released = release.phase == Phase::Released;
        let fails = self.failing.contains(&release.pack_id);
        release.advance(self.today, self.polls, fails);
        if release.phase == Phase::Released && !was_released {
            let key = (release.account.clone(), release.pack_id.clone());
            let components = release.components.iter();
            let pack = self.packs.entry(key).or_default();
            pack.release(
                components.filter_map(|it| it.component_id.as_ref().zip(it.version.as_ref())),
            );
        }
        Ok(release.status(request_id))
    }

    /// Gets a pack with the versions of its components: those that are released, and those of releases that are not done.
    pub(super) fn publisher_pack(
        &self,
        account: &str,
        id: &str,
    ) -> Result<PublisherIntegrationPack, Refusal> {
        let pack = self.pack(account, id)?;
        let mut pending: BTreeMap<_, _> = pack.pending.iter().collect();
        let open = self.order.iter().filter_map(|it| self.releases.get(it));
        let open = open.filter(|it| it.account == account && it.pack_id == id && !it.is_done());
        for component in open.flat_map(|it| &it.components) {
            if let (Some(id), Some(version)) = (&component.component_id, &component.version) {
                pending.insert(id, version);
            }
        }
        let ids = pack.released.keys().chain(pack.latest.keys());
        let ids: BTreeSet<&String> = ids.chain(pending.keys().copied()).collect();
        let components = ids.into_iter().map(|id| {
            let version =
                |versions: &BTreeMap<String, String>| versions.get(id).cloned().unwrap_or_default();
            let is_deleted = pack.deleted.contains(id);
            PublisherPackagedComponent {
                type_: Some("PublisherPackagedComponent".to_owned()),
                component_id: Some(id.clone()),
                current_version: Some(version(&pack.released)),
                pending_version: Some(
                    pending
                        .get(id)
                        .filter(|_| !is_deleted)
                        .map(|it| (*it).clone())
                        .unwrap_or_default(),
                ),
                latest_version: Some(version(&pack.latest)),
                deleted: Some(is_deleted),
                ..PublisherPackagedComponent::default()
            }
        });
        let components = PublisherPackagedComponents {
            type_: Some("PublisherPackagedComponents".to_owned()),
            publisher_packaged_component: Some(components.collect()),
        };
        Ok(PublisherIntegrationPack {
            type_: Some("PublisherIntegrationPack".to_owned()),
            description: String::new(),
            publisher_packaged_components: Some(components),
            id: Some(id.to_owned()),
            installation_type: pack.installation_type,
            name: pack.name,
            operation_type: Some(OperationType::Add),
        })
    }

    fn pack(&self, account: &str, id: &str) -> Result<Pack, Refusal> {
        match self.packs.get(&(account.to_owned(), id.to_owned())) {
            Some(pack) => Ok(pack.clone()),
            None if self.any_pack => Ok(Pack::default()),
            None => Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                format!(
                    "Integration pack ID {id} is invalid. Provide a valid integration pack ID to complete this action."
                ),
            )),
        }
    }

    /// The schedule in a request body, checked by the rules of the vendor's prose.
    fn schedule(&self, body: &ReleaseIntegrationPack) -> Result<(ReleaseSchedule, Date), Refusal> {
        if let Some(InstallationType::Unknown(value)) = &body.installation_type {
            return Err(Refusal::bad_request(format!(
                "{value} is not a valid installationType."
            )));
        }
        match &body.release_schedule {
            // In the vendor's sample, the date of an immediate release is the day of the release.
            Some(ReleaseSchedule::Immediately) => Ok((ReleaseSchedule::Immediately, self.today)),
            Some(ReleaseSchedule::ReleaseOnSpecifiedDate) => {
                let date = body.release_on_date.as_ref().ok_or_else(|| {
                    Refusal::bad_request(
                        "releaseOnDate is required when releaseSchedule is RELEASE_ON_SPECIFIED_DATE.",
                    )
                })?;
                let date = date.value().map_err(|_| {
                    Refusal::bad_request(format!("releaseOnDate {date} cannot be read as a date."))
                })?;
                if date < self.today {
                    return Err(Refusal::bad_request(format!(
                        "releaseOnDate {date} is in the past; today is {}.",
                        self.today
                    )));
                }
                Ok((ReleaseSchedule::ReleaseOnSpecifiedDate, date))
            }
            Some(ReleaseSchedule::Unknown(value)) => Err(Refusal::bad_request(format!(
                "{value} is not a valid releaseSchedule."
            ))),
            None => Err(Refusal::bad_request("releaseSchedule is missing.")),
        }
    }

    /// Generates the next version 4 UUID from the seed.
    fn uuid(&mut self) -> String {
        let bits = self.random.u128(..);
        let bits = (bits & !(0xf << 76)) | (0x4 << 76);
        let bits = (bits & !(0x3 << 62)) | (0x2 << 62);
        let hex = format!("{bits:032x}");
        [
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..],
        ]
        .join("-")
    }
}
