//! Finds what the engine stopped on: halves what it was given until single parts are left.

/// The members of a failing set that fail, each with what was said of it.
///
/// `fails` says why a set fails, or nothing if it does not. `message` is what it says of the whole.
pub(super) fn find(
    whole: &[usize],
    message: String,
    fails: impl Fn(&[usize]) -> Option<String>,
) -> Vec<(usize, String)> {
    let mut culprits = Vec::new();
    halve(whole, message, &fails, &mut culprits);
    culprits
}

fn halve(
    set: &[usize],
    message: String,
    fails: &impl Fn(&[usize]) -> Option<String>,
    culprits: &mut Vec<(usize, String)>,
) {
    if let [only] = set {
        culprits.push((*only, message));
        return;
    }
    let halves = [&set[..set.len() / 2], &set[set.len() / 2..]];
    let mut is_together = true;
    for half in halves {
        if let Some(message) = fails(half) {
            is_together = false;
            halve(half, message, fails, culprits);
        }
    }
    if is_together {
        culprits.extend(
            smallest(set, fails)
                .into_iter()
                .map(|member| (member, message.clone())),
        );
    }
}

/// How often a set that fails only as a whole is tried again.
const TRIES: usize = 200;

/// What is left of a set that fails only together after leaving out all that it fails without.
fn smallest(set: &[usize], fails: &impl Fn(&[usize]) -> Option<String>) -> Vec<usize> {
    let mut rest = set.to_vec();
    let mut tries = 0;
    let mut size = rest.len() / 2;
    while size > 0 {
        let mut begin = 0;
        while begin < rest.len() && tries < TRIES {
            tries += 1;
            let end = (begin + size).min(rest.len());
            let fewer: Vec<usize> = rest[..begin].iter().chain(&rest[end..]).copied().collect();
            if !fewer.is_empty() && fails(&fewer).is_some() {
                rest = fewer;
            } else {
                begin = end;
            }
        }
        size /= 2;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(count: usize, fails: impl Fn(&[usize]) -> bool) -> Vec<usize> {
        let whole: Vec<usize> = (0..count).collect();
        let found = find(&whole, "no".to_owned(), |set| {
            fails(set).then(|| "no".to_owned())
        });
        found.into_iter().map(|(index, _)| index).collect()
    }

    #[test]
    fn every_single_culprit_is_found() {
        let found = run(100, |set| {
            set.iter().any(|index| [3, 42, 99].contains(index))
        });
        assert_eq!(found, [3, 42, 99]);
    }

    #[test]
    fn culprits_that_fail_only_together_are_found_together() {
        let found = run(64, |set| set.contains(&5) && set.contains(&60));
        assert_eq!(found, [5, 60]);
    }
}
