//! The regional installations of the platform.

use std::fmt;
use std::str::FromStr;

/// The regional installation of the platform that an account is on.
///
/// ```
/// use releasepack_client::Region;
/// assert_eq!("gb".parse(), Ok(Region::Gb));
/// assert_eq!(Region::default().base_url(), "https://api.boomi.com");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// `https://api.boomi.com`
    #[default]
    Us,
    /// `https://api.platform.gb.boomi.com`
    Gb,
}

impl Region {
    /// The base URL of the region's API.
    pub fn base_url(self) -> &'static str {
        match self {
            Self::Us => "https://api.boomi.com",
            Self::Gb => "https://api.platform.gb.boomi.com",
        }
    }
}

impl FromStr for Region {
    type Err = UnknownRegion;

    /// Parses `US` or `GB`, in upper or lower case.
    ///
    /// # Errors
    ///
    /// Returns `UnknownRegion` for any other string.
    fn from_str(text: &str) -> Result<Self, UnknownRegion> {
        match text.trim().to_ascii_uppercase().as_str() {
            "US" => Ok(Self::Us),
            "GB" => Ok(Self::Gb),
            _ => Err(UnknownRegion(text.to_owned())),
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Us => "US",
            Self::Gb => "GB",
        })
    }
}

/// The string is not the name of a region.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a valid region: use `US` or `GB`, or set a base URL instead")]
pub struct UnknownRegion(String);
