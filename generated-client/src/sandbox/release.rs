//! One release of the sandbox: what was asked for, how far it is, and how it reads in the API's words.

use http::StatusCode;
use jiff::civil::Date;

use super::platform::Pack;
use crate::generated::types::{
    InstallationType, ReleaseIntegrationPack, ReleaseIntegrationPackStatus,
    ReleasePackagedComponent, ReleasePackagedComponents, ReleaseSchedule, ReleaseStatus,
};

/// How far a release is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Scheduled,
    Running { asked: u32, polls: u32 },
    Released,
    Failed,
}

/// A release that the platform took on.
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
    /// A release without a schedule yet; [`reschedule`](Self::reschedule) gives it one.
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

    /// Takes over what the body says; what it leaves out stays.
    pub(super) fn amend(&mut self, body: ReleaseIntegrationPack) {
        self.name = body.name.or(self.name.take());
        self.installation_type = body.installation_type.or(self.installation_type.take());
        if let Some(components) = body.release_packaged_components {
            self.components = components.release_packaged_component;
        }
    }

    pub(super) fn reschedule(&mut self, schedule: ReleaseSchedule, date: Date, polls: u32) {
        self.phase = match schedule {
            ReleaseSchedule::Immediately => Phase::Running { asked: 0, polls },
            _ => Phase::Scheduled,
        };
        self.schedule = schedule;
        self.date = date;
    }

    /// Moves on by one question.
    pub(super) fn advance(&mut self, today: Date, polls: u32, fails: bool) {
        if self.phase == Phase::Scheduled && self.date <= today {
            self.phase = Phase::Running { asked: 0, polls };
        }
        if let Phase::Running { asked, polls } = self.phase {
            self.phase = match (asked < polls, fails) {
                (true, _) => Phase::Running {
                    asked: asked + 1,
                    polls,
                },
                (false, true) => Phase::Failed,
                (false, false) => Phase::Released,
            };
        }
    }

    /// The answer to a create or an update.
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
        let mut answer = ReleaseIntegrationPack::default()
            .type_("ReleaseIntegrationPack")
            .id(&self.pack_id)
            .request_id(request_id)
            .release_schedule(self.schedule.clone())
            .release_on_date(self.date)
            .release_status_url(format!("{status_url}/{request_id}"))
            .release_packaged_components(list(components.collect()));
        answer.name.clone_from(&self.name);
        answer.installation_type.clone_from(&self.installation_type);
        answer
    }

    /// The answer to the question how far it is.
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
        let mut answer = ReleaseIntegrationPackStatus::new(i32::from(code.as_u16()))
            .type_("ReleaseIntegrationPackStatus")
            .integration_pack_id(&self.pack_id)
            .request_id(request_id)
            .release_schedule(self.schedule.clone())
            .release_on_date(self.date)
            .release_status(status)
            .release_packaged_components(list(components.collect()));
        answer.name.clone_from(&self.name);
        answer.installation_type.clone_from(&self.installation_type);
        if let Phase::Running { asked, polls } = self.phase {
            answer = answer.release_progress(format!("{}", 100 * asked / (polls + 1)));
        }
        answer
    }

    /// The HTTP status and the API's word for how far it is.
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
