/// Adds an object as query parameters of the form `name[member]=value`, at any depth.
pub fn deep_object<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    name: &str,
    object: &T,
) -> crate::runtime::Request<'c> {
    let pairs = written(name, object).map(|object| bracket_pairs(name, &object, false));
    query_pairs(request, pairs, crate::runtime::encode)
}
