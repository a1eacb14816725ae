//! Compares our structs with those of unmodified progenitor, for documents that it accepts: the types of the fields are the same,
//! except for a list of intended differences.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator};
use releasepack_codegen::{Bundle, Document, File, Strictness, bundle, generate};
use syn::{Fields, GenericArgument, Item, PathArguments, Type};

/// A type by the last segments of its paths: `Option<Vec<String>>`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ty {
    name: String,
    inner: Vec<Ty>,
}

/// The fields of each struct, by the names of their JSON members.
type Structs = BTreeMap<String, BTreeMap<String, Ty>>;

/// An intended difference.
struct Difference {
    why: &'static str,
    /// If this difference explains why two types are not equal: the types that remain to be compared.
    explains: fn(&Ty, &Ty, &Named) -> Option<Pairs>,
}

/// Types that must be the same, theirs first.
type Pairs = Vec<(Ty, Ty)>;

const DIFFERENCES: &[Difference] = &[
    Difference {
        why: "dates are those of `jiff`, and dates with times keep their offset",
        explains: |theirs, ours, _| {
            let is_date = theirs.name == "NaiveDate" && ours.name == "Date";
            let is_date_time = theirs.name == "DateTime" && ours.name == "DateTime";
            (is_date || is_date_time).then(Vec::new)
        },
    },
    Difference {
        why: "maps are sorted, so that what is sent is the same each time",
        explains: |theirs, ours, _| {
            let is_map = theirs.name == "HashMap" && ours.name == "BTreeMap";
            is_map.then(|| inner(theirs, ours))
        },
    },
    Difference {
        why: "bounds of numbers are for the reader: a server may send what its document did not foresee",
        explains: |theirs, ours, _| {
            let is_bounded = theirs.name.starts_with("NonZero") || is_integer(&theirs.name);
            (is_bounded && is_integer(&ours.name)).then(Vec::new)
        },
    },
    Difference {
        why: "a number that is read as `f32` is written with other digits",
        explains: |theirs, ours, _| (theirs.name == "f32" && ours.name == "f64").then(Vec::new),
    },
    Difference {
        why: "what may be left out or `null` is an option, also where there is a default",
        explains: |theirs, ours, _| Some(vec![(theirs.clone(), ours.inside("Option")?.clone())]),
    },
    Difference {
        why: "bounds of strings and lists are for the reader, and a name for such a type is an alias",
        explains: |theirs, ours, named| {
            let inner = named.newtypes.get(&theirs.name)?;
            Some(vec![(inner.clone(), ours.clone())])
        },
    },
    Difference {
        why: "types of inline schemas are named after their places, and more briefly",
        explains: |theirs, ours, named| {
            let is_inline = !named.components.contains(&theirs.name);
            let are_own = !is_built_in(&theirs.name) && !is_built_in(&ours.name);
            (is_inline && are_own).then(Vec::new)
        },
    },
];

fn inner(theirs: &Ty, ours: &Ty) -> Pairs {
    let theirs = theirs.inner.iter().cloned();
    theirs.zip(ours.inner.iter().cloned()).collect()
}

/// Whether two types are the same except for intended differences, which are recorded.
fn are_same(theirs: &Ty, ours: &Ty, named: &Named, seen: &mut BTreeSet<&'static str>) -> bool {
    let all = |pairs: Pairs, seen: &mut BTreeSet<&'static str>| {
        let mut pairs = pairs.iter();
        pairs.all(|(theirs, ours)| are_same(theirs, ours, named, seen))
    };
    if theirs.name == ours.name && theirs.inner.len() == ours.inner.len() {
        return all(inner(theirs, ours), seen);
    }
    DIFFERENCES.iter().any(|difference| {
        let pairs = (difference.explains)(theirs, ours, named);
        let is_why = pairs.is_some_and(|pairs| all(pairs, seen));
        if is_why {
            seen.insert(difference.why);
        }
        is_why
    })
}

impl Ty {
    fn of(ty: &Type) -> Self {
        match ty {
            Type::Path(path) => {
                let last = path.path.segments.last().expect("a path has a segment");
                let inner = match &last.arguments {
                    PathArguments::AngleBracketed(arguments) => {
                        let types = arguments.args.iter().filter_map(|argument| match argument {
                            GenericArgument::Type(ty) => Some(Self::of(ty)),
                            _ => None,
                        });
                        types.collect()
                    }
                    _ => Vec::new(),
                };
                let name = last.ident.to_string();
                Self { name, inner }
            }
            _ => Self {
                name: "?".to_owned(),
                inner: Vec::new(),
            },
        }
    }

    /// The type inside, if this is `name<..>`.
    fn inside(&self, name: &str) -> Option<&Self> {
        (self.name == name).then(|| self.inner.first()).flatten()
    }
}

/// What the names mean.
struct Named {
    /// The names that progenitor gives to the types of components.
    components: BTreeSet<String>,
    /// The types inside the wrappers of progenitor.
    newtypes: BTreeMap<String, Ty>,
}

fn is_built_in(name: &str) -> bool {
    const BUILT_IN: &[&str] = &[
        "Box", "BTreeMap", "HashMap", "Map", "Option", "String", "Uuid", "Value", "Vec",
    ];
    BUILT_IN.contains(&name) || name.starts_with(char::is_lowercase)
}

fn is_integer(name: &str) -> bool {
    let digits = name.strip_prefix(['i', 'u']);
    digits.is_some_and(|digits| digits.parse::<u8>().is_ok())
}

/// The structs with named fields among items, and the wrappers.
fn structs(items: &[Item], newtypes: &mut BTreeMap<String, Ty>) -> Structs {
    let mut structs = Structs::new();
    let tables = tables(items);
    for item in items {
        let Item::Struct(item) = item else { continue };
        let name = item.ident.to_string();
        match &item.fields {
            Fields::Named(fields) => {
                let fields = fields.named.iter().map(|field| {
                    let ident = field.ident.as_ref().expect("the field has a name");
                    let ident = ident.to_string();
                    let listed = tables.get(&(name.clone(), ident.clone())).cloned();
                    let wire = listed.or_else(|| renamed(&field.attrs)).unwrap_or(ident);
                    (wire, Ty::of(&field.ty))
                });
                structs.insert(name.clone(), fields.collect());
            }
            Fields::Unnamed(fields) => {
                let inner = fields.unnamed.first().map(|field| Ty::of(&field.ty));
                newtypes.extend(inner.map(|inner| (name, inner)));
            }
            Fields::Unit => {}
        }
    }
    structs
}

/// The names in JSON of the fields that have a row in a table: `record! { Pet { kind "petType" REQUIRED, } }`.
fn tables(items: &[Item]) -> BTreeMap<(String, String), String> {
    let mut names = BTreeMap::new();
    for item in items {
        let Item::Macro(call) = item else { continue };
        // Tables of other kinds have no such rows.
        let _ = call
            .mac
            .parse_body_with(|input: syn::parse::ParseStream<'_>| {
                let subject: syn::Ident = input.parse()?;
                let rows;
                syn::braced!(rows in input);
                while !rows.is_empty() {
                    if rows.peek(syn::Ident) && rows.peek2(syn::LitStr) {
                        let field: syn::Ident = rows.parse()?;
                        let wire: syn::LitStr = rows.parse()?;
                        names.insert((subject.to_string(), field.to_string()), wire.value());
                    }
                    rows.step(|cursor| {
                        let next = cursor.token_tree().map(|(_, next)| next);
                        Ok(((), next.unwrap_or(*cursor)))
                    })?;
                }
                Ok(())
            });
    }
    names
}

/// `#[serde(rename = "..")]`.
fn renamed(attributes: &[syn::Attribute]) -> Option<String> {
    let mut name = None;
    for attribute in attributes.iter().filter(|it| it.path().is_ident("serde")) {
        // Arguments that are not names with values come last.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::LitStr>()?;
            }
            Ok(())
        });
    }
    name
}

fn bundled(path: &Path) -> Option<Bundle> {
    let bytes = fs::read(path).expect("the fixture is there");
    let document = Document::parse(&path.to_string_lossy(), &bytes).ok()?;
    let value = document.value().clone();
    let beside = path.parent().expect("a file is in a folder");
    bundle(document, value, |name| {
        let bytes = fs::read(beside.join(name)).map_err(|fault| fault.to_string())?;
        let name = name.to_owned();
        Ok(File { name, bytes })
    })
    .ok()
}

/// The output of unmodified progenitor for a document or, if it does not accept the document, for its components alone.
fn stock(bundle: &Bundle) -> Option<(Structs, Named)> {
    let document: OpenAPI = serde_json::from_value(bundle.value().clone()).ok()?;
    generated(&document).or_else(|| {
        generated(&OpenAPI {
            paths: openapiv3::Paths::default(),
            ..document
        })
    })
}

fn generated(document: &OpenAPI) -> Option<(Structs, Named)> {
    let made = panic::catch_unwind(AssertUnwindSafe(|| {
        Generator::new(&GenerationSettings::new())
            .generate_tokens(document)
            .ok()
    }));
    let file: syn::File = syn::parse2(made.ok().flatten()?).ok()?;
    let items = file.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    let mut newtypes = BTreeMap::new();
    let structs = structs(&items?.1, &mut newtypes);
    let components = document.components.iter().flat_map(|it| it.schemas.keys());
    let components = components.map(|name| name.replace(['-', '_', '.'], ""));
    let components = components.collect();
    Some((
        structs,
        Named {
            components,
            newtypes,
        },
    ))
}

fn ours(bundle: &Bundle) -> Option<Structs> {
    let generation = generate(bundle, Strictness::Lenient).ok()?;
    let files = generation
        .files
        .iter()
        .filter(|file| file.path.starts_with("types"));
    let mut all = Structs::new();
    for file in files {
        let code = syn::parse_file(&file.text).expect("generated files are Rust");
        all.extend(structs(&code.items, &mut BTreeMap::new()));
    }
    Some(all)
}

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths = Vec::new();
    for folder in ["generate", "slice", "vendors"] {
        for entry in fs::read_dir(root.join(folder)).expect("the fixtures are there") {
            let path = entry.expect("the folder can be read").path();
            let path = if path.is_dir() {
                path.join("openapi.yaml")
            } else {
                path
            };
            if path
                .extension()
                .is_some_and(|it| it == "yaml" || it == "json")
            {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths
}

#[test]
fn fields_have_the_types_that_stock_progenitor_gives_them() {
    let (mut documents, mut compared, mut fields) = (0, 0, 0);
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for path in fixtures() {
        let Some(bundle) = bundled(&path) else {
            continue;
        };
        let Some((theirs, named)) = stock(&bundle) else {
            continue;
        };
        let Some(ours) = ours(&bundle) else { continue };
        documents += 1;
        for (name, theirs) in &theirs {
            let Some(ours) = ours.get(name) else { continue };
            compared += 1;
            for (field, theirs) in theirs {
                let Some(ours) = ours.get(field) else {
                    continue;
                };
                fields += 1;
                if !are_same(theirs, ours, &named, &mut seen) {
                    let file = path.file_name().unwrap_or_default().to_string_lossy();
                    faults.push(format!("{file}: {name}.{field}: {theirs:?} is {ours:?}"));
                }
            }
        }
    }
    println!("compared {fields} fields of {compared} structs in {documents} documents");
    assert!(fields > 0, "nothing was compared");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for Difference { why, .. } in DIFFERENCES {
        assert!(seen.contains(why), "no fixture shows that {why}");
    }
}
