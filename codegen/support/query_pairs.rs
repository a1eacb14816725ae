/// Adds pairs to the query. `encode` encodes the values.
fn query_pairs<'c>(
    request: crate::runtime::Request<'c>,
    pairs: Result<Vec<(String, String)>, crate::runtime::RequestError>,
    encode: fn(&str) -> String,
) -> crate::runtime::Request<'c> {
    match pairs {
        Ok(pairs) => pairs.iter().fold(request, |request, (name, value)| {
            request.query_encoded(name, encode(value))
        }),
        Err(error) => request.refuse(error),
    }
}
