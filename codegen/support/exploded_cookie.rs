/// Adds a cookie for each element of an array, or for each member of an object.
pub fn exploded_cookie<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    name: &str,
    value: &T,
) -> crate::runtime::Request<'c> {
    match written(name, value) {
        Ok(value) => exploded_pairs(name, &value)
            .into_iter()
            .fold(request, |request, (name, value)| cookie(request, &name, value)),
        Err(error) => request.refuse(error),
    }
}
