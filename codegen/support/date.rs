/// A date. It is made of a [`jiff::civil::Date`], and keeps the string that the server sent: servers send empty strings, and dates
/// with a time. A response stays readable nevertheless.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date(String);

impl Date {
    /// The date.
    ///
    /// # Errors
    ///
    /// If the server sent a string that is not a date.
    pub fn value(&self) -> Result<jiff::civil::Date, jiff::Error> {
        self.0.parse()
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        Self(date.to_string())
    }
}

crate::runtime::data::kept_text!(Date, Date::value);
