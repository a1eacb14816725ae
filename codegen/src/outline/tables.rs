//! What the tables of generated code stand for: the setters and the names on the wire of `record!`, the values of `open_enum!`, the
//! tags of `union!`, and the items of `operation!` and `kept_text!`.
//! The macros are in the client's `runtime`. Where its files are not at hand, the items without their bodies are made here.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{
    Ident, Item, Lit, LitStr, Macro, Token, Type, braced, bracketed, parenthesized, parse_quote,
};

use super::macros;

/// What tables say about a type that its items do not.
#[derive(Default)]
pub(super) struct Facts {
    /// The setters, by the name of the method.
    pub(super) setters: BTreeMap<String, Setter>,
    /// The names on the wire of fields and variants.
    pub(super) wire: BTreeMap<String, String>,
    /// How the variants of a union are told apart.
    pub(super) rule: Option<String>,
    /// The macros whose rules are not known, which stand for the traits that they implement.
    pub(super) made_by: BTreeSet<String>,
}

impl Facts {
    pub(super) fn extend(&mut self, other: Self) {
        self.setters.extend(other.setters);
        self.wire.extend(other.wire);
        self.rule = other.rule.or(self.rule.take());
        self.made_by.extend(other.made_by);
    }
}

/// What a table says about a type; `None` if the call is not a table.
pub(super) fn facts(call: &Macro) -> Option<(String, Facts)> {
    let tokens = call.tokens.clone();
    let (name, facts) = match macros::name(call).as_str() {
        "record" => syn::parse2::<Record>(tokens).ok()?.facts(),
        "open_enum" => syn::parse2::<OpenEnum>(tokens).ok()?.facts(),
        "union" => syn::parse2::<Union>(tokens).ok()?.facts(),
        "kept_text" => (syn::parse2::<KeptText>(tokens).ok()?.0, Facts::default()),
        "transparent" => (subject(tokens)?, Facts::default()),
        _ => return None,
    };
    Some((name.to_string(), facts))
}

/// The type that a call of an unknown macro is about: the first name among its tokens.
pub(super) fn marked(call: &Macro) -> Option<(String, Facts)> {
    Some((subject(call.tokens.clone())?.to_string(), Facts::default()))
}

fn subject(tokens: TokenStream) -> Option<Ident> {
    match tokens.into_iter().next()? {
        TokenTree::Ident(name) => Some(name),
        _ => None,
    }
}

/// The items that a table stands for, without the traits.
pub(super) fn items(call: &Macro) -> Option<Vec<Item>> {
    let tokens = call.tokens.clone();
    match macros::name(call).as_str() {
        "record" => syn::parse2(tokens).map(Record::items).ok(),
        "open_enum" => syn::parse2(tokens).map(OpenEnum::items).ok(),
        "kept_text" => syn::parse2(tokens).map(KeptText::items).ok(),
        "operation" => syn::parse2(tokens).map(Operation::items).ok(),
        "union" | "transparent" => Some(Vec::new()),
        _ => None,
    }
}

/// `Pet { name "name" OPTIONAL set(into String), ..rest }`.
struct Record {
    name: Ident,
    wire: BTreeMap<String, String>,
    setters: Vec<Setter>,
}

/// `set(name: into String, null clear_name)`.
pub(super) struct Setter {
    pub(super) field: Ident,
    pub(super) method: Ident,
    /// What it takes: the type, or `impl Into<...>`.
    pub(super) ty: Type,
    /// The method that sets `null`.
    pub(super) clear: Option<Ident>,
}

impl Record {
    fn facts(self) -> (Ident, Facts) {
        let setters = self
            .setters
            .into_iter()
            .map(|setter| (setter.method.to_string(), setter));
        let facts = Facts {
            setters: setters.collect(),
            wire: self.wire,
            ..Facts::default()
        };
        (self.name, facts)
    }

    fn items(self) -> Vec<Item> {
        let name = self.name;
        let setters = self.setters.into_iter().map(|setter| -> Item {
            let Setter {
                field,
                method,
                ty,
                clear,
            } = setter;
            let clear = clear.iter();
            parse_quote! {
                impl #name {
                    pub fn #method(mut self, #field: #ty) -> Self {}
                    #(pub fn #clear(mut self) -> Self {})*
                }
            }
        });
        setters.collect()
    }
}

impl Parse for Record {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let rows;
        braced!(rows in input);
        let mut setters = Vec::new();
        let mut wire = BTreeMap::new();
        while rows.peek(Ident::peek_any) {
            let field: Ident = rows.call(Ident::parse_any)?;
            wire.insert(field.to_string(), rows.parse::<LitStr>()?.value());
            rows.parse::<Ident>()?;
            if rows.parse::<Option<Token![in]>>()?.is_some() {
                let constants;
                bracketed!(constants in rows);
                constants.parse::<proc_macro2::TokenStream>()?;
            }
            if !rows.peek(Token![,]) {
                word(&rows, "set")?;
                let setter;
                parenthesized!(setter in rows);
                setters.push(Setter::parse(field, &setter)?);
            }
            rows.parse::<Token![,]>()?;
        }
        rows.parse::<proc_macro2::TokenStream>()?;
        Ok(Self {
            name,
            wire,
            setters,
        })
    }
}

impl Setter {
    fn parse(field: Ident, input: ParseStream<'_>) -> syn::Result<Self> {
        let mut method = field.clone();
        if input.peek2(Token![:]) && !input.peek2(Token![::]) {
            method = input.parse()?;
            input.parse::<Token![:]>()?;
        }
        let is_converted = word(&input.fork(), "into").is_ok();
        if is_converted {
            word(input, "into")?;
        }
        let mut ty: Type = input.parse()?;
        if is_converted {
            ty = parse_quote!(impl Into<#ty>);
        }
        let mut clear = None;
        if input.parse::<Option<Token![,]>>()?.is_some() {
            word(input, "null")?;
            clear = Some(input.parse()?);
        }
        Ok(Self {
            field,
            method,
            ty,
            clear,
        })
    }
}

/// `Size { Small "S", Large "L" }`.
struct OpenEnum {
    name: Ident,
    wire: BTreeMap<String, String>,
}

impl OpenEnum {
    fn facts(self) -> (Ident, Facts) {
        let facts = Facts {
            wire: self.wire,
            ..Facts::default()
        };
        (self.name, facts)
    }

    fn items(self) -> Vec<Item> {
        let name = self.name;
        vec![parse_quote!(impl #name { pub fn as_str(&self) -> &str {} })]
    }
}

impl Parse for OpenEnum {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let rows;
        braced!(rows in input);
        let mut wire = BTreeMap::new();
        while !rows.is_empty() {
            let variant: Ident = rows.call(Ident::parse_any)?;
            let value = rows.parse::<LitStr>()?.value();
            wire.insert(variant.to_string(), format!("{value:?}"));
            rows.parse::<Option<Token![,]>>()?;
        }
        Ok(Self { name, wire })
    }
}

/// `Animal tagged "petType" { Cat: "cat", Dog: "dog" | "wolf" }`, `Id one_of { Integer, String }`.
struct Union {
    name: Ident,
    rule: String,
    wire: BTreeMap<String, String>,
}

impl Union {
    fn facts(self) -> (Ident, Facts) {
        let facts = Facts {
            wire: self.wire,
            rule: Some(self.rule),
            ..Facts::default()
        };
        (self.name, facts)
    }
}

impl Parse for Union {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let mut rule = Vec::new();
        while !input.peek(syn::token::Brace) {
            rule.push(input.parse::<TokenTree>()?.to_string());
        }
        let rows;
        braced!(rows in input);
        let mut wire = BTreeMap::new();
        while !rows.is_empty() {
            let variant: Ident = rows.call(Ident::parse_any)?;
            if rows.parse::<Option<Token![:]>>()?.is_some() {
                let mut tags = vec![tag(&rows)?];
                while rows.parse::<Option<Token![|]>>()?.is_some() {
                    tags.push(tag(&rows)?);
                }
                wire.insert(variant.to_string(), tags.join(" | "));
            }
            rows.parse::<Option<Token![,]>>()?;
        }
        Ok(Self {
            name,
            rule: rule.join(" "),
            wire,
        })
    }
}

/// A tag as it is written: `"cat"`, `-2`, `true`.
fn tag(input: ParseStream<'_>) -> syn::Result<String> {
    let minus = input.parse::<Option<Token![-]>>()?.map_or("", |_| "-");
    let literal: Lit = input.parse()?;
    Ok(format!("{minus}{}", quote::quote!(#literal)))
}

/// `Date, Date::value`.
struct KeptText(Ident);

impl KeptText {
    fn items(self) -> Vec<Item> {
        let Self(name) = self;
        vec![parse_quote!(impl #name { pub fn as_str(&self) -> &str {} })]
    }
}

impl Parse for KeptText {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<proc_macro2::TokenStream>()?;
        Ok(Self(name))
    }
}

/// `CREATE_PET { id "createPet", POST "/pets", request CreatePet by create_pet, success Json<_> => Pet, ... }`.
struct Operation {
    constant: Ident,
    /// Whether the method has a constant, e.g. `GET`. Otherwise it is a string, and the operation is a `static`.
    is_constant: bool,
    request: Ident,
    output: Type,
    error: Type,
    pages: Option<(Ident, Type)>,
    stream: Option<Ident>,
    events: Option<Ident>,
    items: Option<(Ident, Type)>,
}

impl Operation {
    fn items(self) -> Vec<Item> {
        let Self {
            constant,
            is_constant,
            request,
            output,
            error,
            pages,
            stream,
            events,
            items,
        } = self;
        let (pages, element): (Vec<_>, Vec<_>) = pages.into_iter().unzip();
        let stream = stream.iter();
        let events = events.iter();
        let (items, item): (Vec<_>, Vec<_>) = items.into_iter().unzip();
        vec![
            if is_constant {
                parse_quote!(pub const #constant: Operation = Operation;)
            } else {
                parse_quote!(pub static #constant: LazyLock<Operation> = Operation;)
            },
            parse_quote! {
                #[derive(Clone, Debug)]
                pub struct #request<'c>(Request<'c>);
            },
            parse_quote! {
                impl<'c> #request<'c> {
                    pub fn with(self, change: impl FnOnce(Request<'c>) -> Request<'c>) -> Self {}
                    pub fn send_raw(self) -> impl Future<Output = Result<Reply, Error<()>>> {}
                    pub fn send(self) -> impl Future<Output = Result<Response<#output>, Error<#error>>> {}
                    #(pub fn #pages(self) -> Pages<'c, #output, #error, #element> {})*
                    #(pub fn #stream(self) -> impl Future<Output = Result<Chunks, Error<#error>>> {})*
                    #(pub fn #events(self) -> impl Future<Output = Result<Events, Error<#error>>> {})*
                    #(pub fn #items(self) -> impl Future<Output = Result<Items<#item>, Error<#error>>> {})*
                }
            },
        ]
    }
}

impl Parse for Operation {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let constant = input.parse()?;
        let rows;
        braced!(rows in input);
        // The id, the method with the path, and `accept`; `security` may follow.
        let mut is_constant = true;
        for _ in 0..3 {
            match rows.parse::<TokenTree>()? {
                TokenTree::Ident(_) => {}
                _ => is_constant = false,
            }
            rows.parse::<LitStr>()?;
            rows.parse::<Token![,]>()?;
        }
        if rows.fork().parse::<Ident>()? == "security" {
            rows.parse::<Ident>()?;
            rows.parse::<proc_macro2::Group>()?;
            rows.parse::<Token![,]>()?;
        }
        word(&rows, "request")?;
        let request = rows.parse()?;
        word(&rows, "by")?;
        rows.parse::<Ident>()?;
        rows.parse::<Token![,]>()?;
        let output = decoded(&rows, "success")?;
        let error = decoded(&rows, "error")?;
        let is_next = |name: &str| {
            Ok::<_, syn::Error>(rows.peek(Ident) && rows.fork().parse::<Ident>()? == name)
        };
        let pages = if is_next("pages")? {
            rows.parse::<Ident>()?;
            let method = rows.parse()?;
            rows.parse::<LitStr>()?;
            rows.parse::<proc_macro2::Group>()?;
            rows.parse::<proc_macro2::Group>()?;
            rows.parse::<Token![=>]>()?;
            let element = rows.parse()?;
            rows.parse::<Token![,]>()?;
            Some((method, element))
        } else {
            None
        };
        let method = |name: &str| {
            if !is_next(name)? {
                return Ok::<_, syn::Error>(None);
            }
            rows.parse::<Ident>()?;
            let method = rows.parse()?;
            rows.parse::<Token![,]>()?;
            Ok(Some(method))
        };
        let stream = method("stream")?;
        let events = method("events")?;
        let items = if is_next("items")? {
            rows.parse::<Ident>()?;
            let method = rows.parse()?;
            rows.parse::<LitStr>()?;
            rows.parse::<Token![=>]>()?;
            let item = rows.parse()?;
            rows.parse::<Token![,]>()?;
            Some((method, item))
        } else {
            None
        };
        rows.parse::<proc_macro2::TokenStream>()?;
        Ok(Self {
            constant,
            is_constant,
            request,
            output,
            error,
            pages,
            stream,
            events,
            items,
        })
    }
}

/// The type of `success Json<_> => Pet,`.
fn decoded(rows: ParseStream<'_>, name: &str) -> syn::Result<Type> {
    word(rows, name)?;
    rows.parse::<Type>()?;
    rows.parse::<Token![=>]>()?;
    let ty = rows.parse()?;
    rows.parse::<Token![,]>()?;
    Ok(ty)
}

fn word(input: ParseStream<'_>, expected: &str) -> syn::Result<()> {
    let word: Ident = input.parse()?;
    if word == expected {
        Ok(())
    } else {
        Err(syn::Error::new(
            word.span(),
            format!("expected `{expected}`"),
        ))
    }
}
