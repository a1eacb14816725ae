/// The separators in an array or object that is written as one value (RFC 6570).
#[derive(Clone, Copy, Debug)]
pub struct Joints {
    /// Before the first part.
    pub before: &'static str,
    /// Between parts.
    pub between: &'static str,
    /// Between the name and the value of a member.
    pub equals: &'static str,
}
