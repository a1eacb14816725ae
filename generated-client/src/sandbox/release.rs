//! One release of the sandbox: its settings, its progress, and its form in responses of the API.

use http::StatusCode;
use jiff::civil::Date;

use super::platform::Pack;
use crate::generated::types::{
    InstallationType, ReleaseIntegrationPack, ReleaseIntegrationPackStatus,
    ReleasePackagedComponent, ReleasePackagedComponents, ReleaseSchedule, ReleaseStatus,
};

/// The progress of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Scheduled,
    /// `seen` of the `polls` status calls that respond "in progress" have been made.
    Running {
        seen: u32,
        polls: u32,
    },
    Released,
    Failed,
}

/// A release that the platform accepted.
#[derive(Clone, Debug)]
pub(super) struct Release {
    pub(super) account: String,
    pub(super) pack_id: String,
    pub(super) schedule: ReleaseSchedule,
    pub(super) date: Date,
    pub(super) phase: Phase,
    pub(super) components: Vec<ReleasePackagedComponent>,
    pub(super) updates: u32,
    name: Option<String>,
    installation_type: Option<InstallationType>,
}

impl Release {
    /// A release without a schedule; [`reschedule`](Self::reschedule) sets it.
    pub(super) fn new(
        account: &str,
        pack_id: &str,
        pack: &Pack,
        body: ReleaseIntegrationPack,
    ) -> Self {
        let mut release = Self {
            account: account.to_owned(),
            pack_id: pack_id.to_owned(),
            schedule: ReleaseSchedule::Immediately,
            date: Date::MIN,
            phase: Phase::Scheduled,
            components: Vec::new(),
            updates: 0,
            name: pack.name.clone(),
            installation_type: pack.installation_type.clone(),
        };
        release.amend(body);
        release
    }

    /// Applies the members of the request body. Members that are missing stay as they are.
    pub(super) fn amend(&mut self, body: ReleaseIntegrationPack) {
        self.name = body.name.or(self.name.take());
        self.installation_type = body.installation_type.or(self.installation_type.take());
        if let Some(components) = body.release_packaged_components {
            self.components = components.release_packaged_component;
        }
    }

    pub(super) fn reschedule(&mut self, schedule: ReleaseSchedule, date: Date, polls: u32) {
        self.phase = match schedule {
            ReleaseSchedule::Immediately => Phase::Running { seen: 0, polls },
            ReleaseSchedule::ReleaseOnSpecifiedDate | ReleaseSchedule::Unknown(_) => {
                Phase::Scheduled
            }
        };
        self.schedule = schedule;
        self.date = date;
    }

    /// Advances the release by one status call.
    pub(super) fn advance(&mut self, today: Date, polls: u32, fails: bool) {
        if self.phase == Phase::Scheduled && self.date <= today {
            self.phase = Phase::Running { seen: 0, polls };
        }
        if let Phase::Running { seen, polls } = self.phase {
            self.phase = match (seen < polls, fails) {
                (true, _) => Phase::Running {
                    seen: seen + 1,
                    polls,
                },
                (false, true) => Phase::Failed,
                (false, false) => Phase::Released,
            };
        }
    }

    /// The response to a create or an update.
    pub(super) fn accepted(
        &self,
        request_id: &str,
        pack: &Pack,
        status_url: &str,
    ) -> ReleaseIntegrationPack {
        let components = self.components.iter().map(|component| {
            let mut component = component.clone().type_("ReleasePackagedComponent");
            component.released_version = component
                .component_id
                .as_ref()
                .and_then(|id| pack.released.get(id))
                .cloned();
            component
        });
        let mut response = ReleaseIntegrationPack::default()
            .type_("ReleaseIntegrationPack")
            .id(&self.pack_id)
            .request_id(request_id)
            .release_schedule(self.schedule.clone())
            .release_on_date(self.date)
            .release_status_url(format!("{status_url}/{request_id}"))
            .release_packaged_components(list(components.collect()));
        response.name.clone_from(&self.name);
        response
            .installation_type
            .clone_from(&self.installation_type);
        response
    }

    /// The response to a status call.
    pub(super) fn status(&self, request_id: &str) -> ReleaseIntegrationPackStatus {
        let (code, status) = self.state();
        let components = self.components.iter().map(|component| {
            let mut component = component.clone().type_("ReleasePackagedComponent");
            component.released_version = match self.phase {
                Phase::Released => component.version.clone(),
                _ => None,
            };
            component
        });
        let progress = match self.phase {
            Phase::Running { seen, polls } => Some((100 * seen / (polls + 1)).to_string()),
            _ => None,
        };
        ReleaseIntegrationPackStatus {
            type_: Some("ReleaseIntegrationPackStatus".to_owned()),
            integration_pack_id: Some(self.pack_id.clone()),
            request_id: Some(request_id.to_owned()),
            name: self.name.clone(),
            installation_type: self.installation_type.clone(),
            release_schedule: Some(self.schedule.clone()),
            release_on_date: Some(self.date.into()),
            release_status: Some(status),
            release_progress: progress,
            release_packaged_components: Some(list(components.collect())),
            response_status_code: code.as_u16().into(),
        }
    }

    /// Whether it has ended, with or without success.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.phase, Phase::Released | Phase::Failed)
    }

    /// The HTTP status and the release status of a status call.
    pub(super) fn state(&self) -> (StatusCode, ReleaseStatus) {
        match self.phase {
            Phase::Scheduled => (StatusCode::ACCEPTED, ReleaseStatus::Scheduled),
            Phase::Running { .. } => (StatusCode::ACCEPTED, ReleaseStatus::InProgress),
            Phase::Released => (StatusCode::OK, ReleaseStatus::Success),
            Phase::Failed => (StatusCode::OK, ReleaseStatus::Error),
        }
    }
}

fn list(components: Vec<ReleasePackagedComponent>) -> ReleasePackagedComponents {
    ReleasePackagedComponents::new(components).type_("ReleasePackagedComponents")
}
