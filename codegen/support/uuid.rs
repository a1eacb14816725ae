/// A UUID. It is made of a [`uuid::Uuid`], and keeps the string that the server sent: servers send empty strings, and ids of other
/// forms. A response stays readable nevertheless.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Uuid(String);

impl Uuid {
    /// The UUID.
    ///
    /// # Errors
    ///
    /// If the server sent a string that is not a UUID.
    pub fn value(&self) -> Result<uuid::Uuid, uuid::Error> {
        self.0.parse()
    }
}

impl From<uuid::Uuid> for Uuid {
    fn from(uuid: uuid::Uuid) -> Self {
        Self(uuid.to_string())
    }
}

crate::runtime::data::kept_text!(Uuid, Uuid::value);
