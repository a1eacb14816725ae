/// Adds an exploded query parameter (RFC 6570): an array repeats the name of the parameter for each element, an object adds each
/// member under the name of the member, and any other value is added once.
pub fn exploded<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    name: &str,
    value: &T,
) -> crate::runtime::Request<'c> {
    let pairs = written(name, value).map(|value| exploded_pairs(name, &value));
    query_pairs(request, pairs, crate::runtime::encode)
}
