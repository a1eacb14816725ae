/// Adds an exploded query parameter whose reserved characters are not encoded.
pub fn exploded_reserved<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    name: &str,
    value: &T,
) -> crate::runtime::Request<'c> {
    let pairs = written(name, value).map(|value| exploded_pairs(name, &value));
    query_pairs(request, pairs, crate::runtime::encode_reserved)
}
