/// Adds an object as query parameters of the form `name[member]=value`, whose reserved characters are not encoded.
pub fn deep_object_reserved<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    name: &str,
    object: &T,
) -> crate::runtime::Request<'c> {
    let pairs = written(name, object).map(|object| bracket_pairs(name, &object, false));
    query_pairs(request, pairs, crate::runtime::encode_reserved)
}
