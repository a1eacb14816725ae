//! What a refresh changes in the public API of the client.

use releasepack_codegen::Generation;
use similar::{ChangeTag, TextDiff};

/// The lines of the outline that are removed (`- `) and added (`+ `). Without a former client there is nothing to compare.
pub(super) fn diff(former: Option<&Generation>, latter: &Generation) -> Vec<String> {
    let Some(former) = former else {
        return Vec::new();
    };
    let (old, new) = (former.outline(), latter.outline());
    let diff = TextDiff::from_lines(&old, &new);
    let changes = diff.iter_all_changes().filter_map(|change| {
        let sign = match change.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => return None,
        };
        Some(format!("{sign} {}", change.value().trim_end()))
    });
    changes.collect()
}
