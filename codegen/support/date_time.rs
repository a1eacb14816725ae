/// A date with a time. It keeps the string that the server sent, because servers do not always follow RFC 3339: they omit the
/// offset, and send empty strings and years that no date type can hold. A response stays readable nevertheless.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime(String);

impl DateTime {
    /// The string that is sent and received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

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

impl std::fmt::Display for DateTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
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

impl crate::runtime::data::Parsed for DateTime {
    fn parse(&mut self, text: &str) -> crate::runtime::data::Form {
        text.clone_into(&mut self.0);
        match self.timestamp() {
            Ok(_) => crate::runtime::data::Form::Known,
            Err(_) => crate::runtime::data::Form::Unknown,
        }
    }
}

impl crate::runtime::data::Node for DateTime {
    fn place(&mut self) -> crate::runtime::data::Place<'_> {
        crate::runtime::data::Place::Parsed(self)
    }

    fn view(&self) -> crate::runtime::data::View<'_> {
        crate::runtime::data::View::Text(&self.0)
    }
}

impl crate::runtime::data::Blank for DateTime {
    fn blank() -> Self {
        Self(String::new())
    }

    fn facts() -> crate::runtime::data::Facts {
        crate::runtime::data::Facts::parsed::<Self>()
    }
}

impl serde::Serialize for DateTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::runtime::data::write(self, serializer)
    }
}

impl<'de> serde::Deserialize<'de> for DateTime {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::runtime::data::read(deserializer)
    }
}
