/// The pairs of an exploded value: an array repeats the name for each element, an object has a pair for each member, under the name
/// of the member.
fn exploded_pairs(name: &str, value: &Written) -> Vec<(String, String)> {
    let repeated = |name: &str, items: &[Written]| -> Vec<(String, String)> {
        items.iter().map(|item| (name.to_owned(), item.plain())).collect()
    };
    match value {
        Written::Members(members) => members
            .iter()
            .flat_map(|(name, value)| match value {
                Written::List(items) => repeated(name, items),
                other => vec![(name.clone(), other.plain())],
            })
            .collect(),
        Written::List(items) => repeated(name, items),
        other => vec![(name.to_owned(), other.plain())],
    }
}
