//! Updates the manifest of a crate that is generated again: what its author wrote stays, and what the generated code needs is there.

use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};

/// The manifest `old` with what `new`, as it would be written to an empty folder, needs: the name of the package, dependencies with
/// their versions and features, and features of the crate. Everything else stays. Also gives a line for each change.
pub(crate) fn update(old: &str, new: &str) -> Result<(String, Vec<String>), String> {
    let mut manifest: DocumentMut = old
        .parse()
        .map_err(|error| format!("it is not TOML: {error}"))?;
    let made: DocumentMut = new
        .parse()
        .map_err(|error| format!("the new manifest: {error}"))?;
    let mut changes = Vec::new();
    package(&mut manifest, &made, &mut changes)?;
    dependencies(&mut manifest, &made, &mut changes)?;
    features(&mut manifest, &made, &mut changes)?;
    Ok((manifest.to_string(), changes))
}

/// A table of the manifest, which is added if it is not there.
fn table<'a>(manifest: &'a mut DocumentMut, name: &str) -> Result<&'a mut dyn TableLike, String> {
    let item = manifest.entry(name).or_insert_with(toml_edit::table);
    item.as_table_like_mut()
        .ok_or_else(|| format!("`{name}` is not a table"))
}

/// The entries of a table of the manifest that is generated.
fn entries<'a>(made: &'a DocumentMut, name: &str) -> impl Iterator<Item = (&'a str, &'a Item)> {
    let table = made.get(name).and_then(Item::as_table_like);
    table.into_iter().flat_map(TableLike::iter)
}

fn package(
    manifest: &mut DocumentMut,
    made: &DocumentMut,
    changes: &mut Vec<String>,
) -> Result<(), String> {
    let package = table(manifest, "package")?;
    for (key, item) in entries(made, "package") {
        // Who removed `publish = false` wants to publish the crate.
        let is_needed = ["name", "edition"].contains(&key) && !package.contains_key(key);
        let is_renamed = key == "name" && package.get(key).and_then(Item::as_str) != item.as_str();
        if is_needed || is_renamed {
            let text = item.as_str().unwrap_or_default();
            changes.push(format!("set `{key}` of the package to `{text}`"));
            package.insert(key, item.clone());
        }
    }
    Ok(())
}

fn dependencies(
    manifest: &mut DocumentMut,
    made: &DocumentMut,
    changes: &mut Vec<String>,
) -> Result<(), String> {
    let table = table(manifest, "dependencies")?;
    for (name, needed) in entries(made, "dependencies") {
        if let Some(found) = table.get_mut(name) {
            dependency(name, found, needed, changes);
        } else {
            changes.push(format!("added the dependency `{name}`"));
            table.insert(name, needed.clone());
        }
    }
    Ok(())
}

/// Gives a dependency the version and the features that are needed. One from a path, a repository or the workspace has no version:
/// its author chose it.
fn dependency(name: &str, found: &mut Item, needed: &Item, changes: &mut Vec<String>) {
    let version = version(needed);
    let features = strings(needed.get("features"));
    if found.is_str() && !features.is_empty() {
        let mut table = InlineTable::new();
        if let Some(version) = found.as_str() {
            table.insert("version", version.into());
        }
        *found = Item::Value(table.into());
    }
    let old = self::version(found).map(str::to_owned);
    if let (Some(old), Some(version)) = (old, version)
        && old != version
    {
        changes.push(format!(
            "set the dependency `{name}` to version `{version}`, it was `{old}`"
        ));
        match found.as_table_like_mut() {
            Some(table) => {
                if let Some(slot) = table.get_mut("version") {
                    replace(slot, version);
                }
            }
            None => replace(found, version),
        }
    }
    if let Some(table) = found.as_table_like_mut() {
        let added = extend(table, "features", &features);
        changes.extend(
            added
                .iter()
                .map(|it| format!("added the feature `{it}` of the dependency `{name}`")),
        );
    }
}

fn features(
    manifest: &mut DocumentMut,
    made: &DocumentMut,
    changes: &mut Vec<String>,
) -> Result<(), String> {
    let table = table(manifest, "features")?;
    let is_new = |table: &dyn TableLike, name: &str| !table.contains_key(name);
    let new: Vec<String> = entries(made, "features")
        .filter(|(name, _)| is_new(table, name))
        .map(|(name, _)| name.to_owned())
        .collect();
    for (name, item) in entries(made, "features") {
        let mut needed = strings(Some(item));
        if name == "default" && !new.iter().any(|it| it == name) {
            // What the author took out of the default stays out. A new feature is on, as in a new crate.
            needed.retain(|it| new.contains(it));
        }
        if new.iter().any(|it| it == name) {
            changes.push(format!("added the feature `{name}`"));
            table.insert(name, item.clone());
            continue;
        }
        let added = extend(table, name, &needed);
        changes.extend(
            added
                .iter()
                .map(|it| format!("added `{it}` to the feature `{name}`")),
        );
    }
    Ok(())
}

/// Adds the strings that an array does not have, and gives those.
fn extend(table: &mut dyn TableLike, key: &str, needed: &[String]) -> Vec<String> {
    let found = strings(table.get(key));
    let missing = needed.iter().filter(|it| !found.contains(it));
    let missing: Vec<String> = missing.cloned().collect();
    if missing.is_empty() {
        return missing;
    }
    if let Some(array) = table.get_mut(key).and_then(Item::as_array_mut) {
        array.extend(&missing);
    } else {
        let array: Array = missing.iter().collect();
        table.insert(key, Item::Value(array.into()));
    }
    missing
}

/// Replaces a text; comments and spaces around it stay.
fn replace(item: &mut Item, text: &str) {
    if let Some(value) = item.as_value_mut() {
        let decor = value.decor().clone();
        *value = Value::from(text);
        *value.decor_mut() = decor;
    }
}

/// The version of a dependency: `"1"` or `{ version = "1" }`.
fn version(dependency: &Item) -> Option<&str> {
    let version = dependency.get("version").and_then(Item::as_str);
    dependency.as_str().or(version)
}

fn strings(item: Option<&Item>) -> Vec<String> {
    let array = item.and_then(Item::as_array);
    let values = array.into_iter().flatten().filter_map(Value::as_str);
    values.map(str::to_owned).collect()
}
