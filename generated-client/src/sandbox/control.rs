//! What a test can change and see while the sandbox runs.

use http::{HeaderName, HeaderValue, StatusCode};
use jiff::civil::Date;

use super::response::Refusal;
use super::{Fault, Recorded, Sandbox, SandboxRelease, Target};

impl Sandbox {
    /// Adds a fault for the next request of the operation `target`.
    ///
    /// Faults for one operation (including those for [`Target::Any`]) take effect in the order in which they were injected.
    /// The next one starts when the one before is used up.
    pub fn inject(&self, target: Target, fault: Fault) {
        self.shared.lock().faults.push(target, fault);
    }

    /// The number of requests that the injected faults will still affect. It is zero when all of them took effect.
    pub fn faults_waiting(&self) -> usize {
        self.shared.lock().faults.waiting()
    }

    /// Removes all faults that did not take effect yet.
    pub fn clear_faults(&self) {
        let mut inner = self.shared.lock();
        inner.faults.clear();
        inner.resets = 0;
    }

    /// Resets the next `connections` connections as soon as they are made, before a byte is read.
    pub fn reset_connections(&self, connections: u32) {
        self.shared.lock().resets += connections;
    }

    /// The number of connections so far.
    pub fn connections(&self) -> u64 {
        self.shared.lock().connections
    }

    /// The requests that the sandbox received, oldest first. It keeps the last ten thousand requests, or fewer if their
    /// bodies are larger than 64 MiB in total.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.lock().records.all()
    }

    /// The same requests as [`requests`](Self::requests), which are then removed from the record.
    pub fn take_requests(&self) -> Vec<Recorded> {
        self.shared.lock().records.take()
    }

    /// The releases of all accounts, oldest first.
    pub fn releases(&self) -> Vec<SandboxRelease> {
        let inner = self.shared.lock();
        let releases = inner.platform.releases();
        let shown = releases.map(|(request_id, release)| SandboxRelease {
            request_id: request_id.to_owned(),
            account: release.account.clone(),
            pack_id: release.pack_id.clone(),
            schedule: release.schedule.clone(),
            release_on: release.date,
            status: release.state().1,
            components: release.components.clone(),
            updates: release.updates,
        });
        shown.collect()
    }

    /// The current date of the sandbox.
    pub fn today(&self) -> Date {
        self.shared.lock().platform.today
    }

    /// Sets the current date of the sandbox. A scheduled release whose date has come starts with its next status call.
    pub fn set_today(&self, today: Date) {
        self.shared.lock().platform.today = today;
    }

    /// Sets how many status calls respond "in progress" before a release is done, for releases that start from now on.
    pub fn set_polls(&self, polls: u32) {
        self.shared.lock().platform.polls = polls;
    }

    /// Makes every release of the pack end with the status `ERROR`, including one that is in progress.
    pub fn fail_releases_of(&self, pack_id: impl Into<String>) {
        self.shared.lock().platform.failing.insert(pack_id.into());
    }

    /// Adds a header to every response that does not have it, for example `Deprecation`, `Sunset`, `Warning` or `Link`.
    pub fn answer_with_header(&self, name: HeaderName, value: HeaderValue) {
        self.shared.lock().extra_headers.insert(name, value);
    }

    /// Adds the headers of a deprecated object of the vendor to every response: `Deprecation`, `Sunset`, `Warning` and `Link`.
    ///
    /// ```
    /// # use releasepack_client::{Notice, sandbox::Sandbox};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.deprecate();
    /// let response = sandbox.client()?.get_publisher_integration_pack("f0f7face").send().await?;
    /// assert!(Notice::of(response.headers()).is_some());
    /// # Ok(())
    /// # }
    /// ```
    pub fn deprecate(&self) {
        for (name, value) in [
            ("deprecation", "@1767225600"),
            ("sunset", "Thu, 31 Dec 2026 23:59:59 GMT"),
            ("warning", r#"299 - "This object is deprecated.""#),
            (
                "link",
                r#"<https://developer.boomi.com/>; rel="deprecation""#,
            ),
        ] {
            self.answer_with_header(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
    }

    /// Makes every following call respond with 410, like a retired object of the vendor.
    pub fn retire(&self) {
        self.shared.lock().retired = Some(Refusal::gone());
    }

    /// Makes every following call respond with the status `status` (301 or 308, for example) and the URL `location`, like a
    /// retired object of the vendor that has a replacement.
    ///
    /// If `location` holds a character that is not allowed in headers, the header is left out.
    ///
    /// ```
    /// # use releasepack_client::{ErrorKind, release::Release, sandbox::{Sandbox, StatusCode}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.replace(StatusCode::MOVED_PERMANENTLY, "https://api.example/new");
    /// let error = sandbox.client()?.pack("f0f7face").await.expect_err("it moved");
    /// assert_eq!(error.kind(), ErrorKind::Moved);
    /// # Ok(())
    /// # }
    /// ```
    pub fn replace(&self, status: StatusCode, location: &str) {
        self.shared.lock().retired = Some(Refusal::moved(status, location));
    }

    /// Makes the sandbox write numbers as strings (`"responseStatusCode": "200"`), as some samples of the vendor have them, or
    /// as numbers again.
    pub fn write_numbers_as_text(&self, as_text: bool) {
        self.shared.lock().text_numbers = as_text;
    }

    /// Makes all bearer tokens invalid. The vendor's tokens expire after five minutes.
    pub fn expire_bearer_tokens(&self) {
        self.shared.lock().access.expire_bearers();
    }
}
