//! The features of a crate: those of its tags, in the manifest and in the code.

use crate::emit::face::{ALL, Features};

/// The lines of the manifest for the features of tags; none without such features.
pub(super) fn manifest(features: &Features) -> String {
    if features.names.is_empty() {
        return String::new();
    }
    let all = features
        .names
        .iter()
        .map(|name| format!("    \"{name}\",\n"));
    let all: String = all.collect();
    let each = features.names.iter().map(|name| format!("{name} = []\n"));
    let each: String = each.collect();
    format!(
        "# The operations of all tags. Who needs only some turns the default off and names their tags.\n{ALL} = [\n{all}]\n{each}"
    )
}

/// The text of a generated file with the conditions of its modules. `path` is below the folder of the generated code.
pub(super) fn with_conditions(path: &str, text: &str, features: &Features) -> String {
    if features.names.is_empty() {
        return text.to_owned();
    }
    if path == "mod.rs" {
        // Without any operation, the client does nothing.
        let condition = condition(&features.names);
        let line = format!(
            "    #[cfg_attr(\n        not({condition}),\n        allow(dead_code, reason = \"no operation is there\")\n    )]\n    service: Service,"
        );
        return text.replacen("    service: Service,", &line, 1);
    }
    let Some(folder) = path.strip_suffix("/mod.rs") else {
        return text.to_owned();
    };
    let mut gated = String::with_capacity(text.len());
    for line in text.lines() {
        let module = line.strip_prefix("mod ").or(line.strip_prefix("pub use "));
        let module = module.map(|it| it.trim_end_matches([';', '*', ':']));
        let file = module.map(|module| format!("{folder}/{module}.rs"));
        if let Some(needed) = file.and_then(|file| features.of_files.get(&file)) {
            gated.push_str("#[cfg(");
            gated.push_str(&condition(needed));
            gated.push_str(")]\n");
        }
        gated.push_str(line);
        gated.push('\n');
    }
    gated
}

/// The condition that one of several features is on.
fn condition(features: &[String]) -> String {
    let features: Vec<String> = features
        .iter()
        .map(|feature| format!("feature = \"{feature}\""))
        .collect();
    match features.as_slice() {
        [one] => one.clone(),
        several => format!("any({})", several.join(", ")),
    }
}
