/// A date with a time. It keeps the string that the server sent, because servers do not always follow RFC 3339: they omit the
/// offset, and send empty strings and years that no date type can hold. A response stays readable nevertheless.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime(String);

impl DateTime {
    /// The point in time. A string without an offset is taken as UTC.
    ///
    /// # Errors
    ///
    /// If the string is not a date with a time, or if [`jiff::Timestamp`] cannot hold it.
    pub fn timestamp(&self) -> Result<jiff::Timestamp, jiff::Error> {
        self.0.parse().or_else(|error| {
            let local: Result<jiff::civil::DateTime, _> = self.0.parse();
            match local {
                Ok(local) => jiff::tz::TimeZone::UTC.to_timestamp(local),
                Err(_) => Err(error),
            }
        })
    }
}

impl From<jiff::Timestamp> for DateTime {
    fn from(time: jiff::Timestamp) -> Self {
        Self(time.to_string())
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

crate::runtime::data::kept_text!(DateTime, DateTime::timestamp);
