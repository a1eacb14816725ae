//! What the tables of generated code stand for: the setters of `record!`, the methods of `open_enum!` and
//! `kept_text!`, and the items of `operation!`.
//! The macros are in the client's `runtime`; here are the same items without their bodies.

use syn::parse::{Parse, ParseStream};
use syn::{
    Ident, Item, ItemMacro, LitStr, Token, Type, braced, bracketed, parenthesized, parse_quote,
};

/// A file with the items that its tables stand for behind its own.
pub(super) fn expand(file: &syn::File) -> syn::File {
    let mut file = file.clone();
    let tables = file.items.iter().filter_map(|item| match item {
        Item::Macro(call) if call.ident.is_none() => Some(items(call)),
        _ => None,
    });
    let items: Vec<Item> = tables.flatten().collect();
    file.items.extend(items);
    file
}

fn items(call: &ItemMacro) -> Vec<Item> {
    let tokens = call.mac.tokens.clone();
    let name = call.mac.path.segments.last();
    match name.map(|name| name.ident.to_string()).as_deref() {
        Some("record") => syn::parse2(tokens).map(Record::items),
        Some("open_enum") => syn::parse2(tokens).map(OpenEnum::items),
        Some("kept_text") => syn::parse2(tokens).map(KeptText::items),
        Some("operation") => syn::parse2(tokens).map(Operation::items),
        _ => return Vec::new(),
    }
    .unwrap_or_default()
}

/// `Pet { name "name" OPTIONAL set(into String), ..rest }`.
struct Record {
    name: Ident,
    setters: Vec<Setter>,
}

/// `set(name: into String, null clear_name)`.
struct Setter {
    method: Ident,
    ty: Type,
    is_converted: bool,
    clear: Option<Ident>,
}

impl Record {
    fn items(self) -> Vec<Item> {
        let name = self.name;
        let setters = self.setters.into_iter().map(|setter| -> Item {
            let Setter {
                method, ty, clear, ..
            } = setter;
            let ty: Type = if setter.is_converted {
                parse_quote!(impl Into<#ty>)
            } else {
                ty
            };
            let clear = clear.iter();
            parse_quote! {
                impl #name {
                    pub fn #method(mut self, value: #ty) -> Self {}
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
        while rows.peek(Ident) {
            let field: Ident = rows.parse()?;
            rows.parse::<LitStr>()?;
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
        Ok(Self { name, setters })
    }
}

impl Setter {
    fn parse(field: Ident, input: ParseStream<'_>) -> syn::Result<Self> {
        let mut method = field;
        if input.peek2(Token![:]) && !input.peek2(Token![::]) {
            method = input.parse()?;
            input.parse::<Token![:]>()?;
        }
        let is_converted = word(&input.fork(), "into").is_ok();
        if is_converted {
            word(input, "into")?;
        }
        let ty = input.parse()?;
        let mut clear = None;
        if input.parse::<Option<Token![,]>>()?.is_some() {
            word(input, "null")?;
            clear = Some(input.parse()?);
        }
        Ok(Self {
            method,
            ty,
            is_converted,
            clear,
        })
    }
}

/// `Size { Small "S", Large "L" }`.
struct OpenEnum(Ident);

impl OpenEnum {
    fn items(self) -> Vec<Item> {
        let Self(name) = self;
        vec![
            parse_quote!(impl #name { pub fn as_str(&self) -> &str {} }),
            parse_quote!(impl From<&str> for #name {}),
        ]
    }
}

impl Parse for OpenEnum {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<proc_macro2::TokenStream>()?;
        Ok(Self(name))
    }
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
    request: Ident,
    output: Type,
    error: Type,
    events: Option<Ident>,
    items: Option<(Ident, Type)>,
}

impl Operation {
    fn items(self) -> Vec<Item> {
        let Self {
            constant,
            request,
            output,
            error,
            events,
            items,
        } = self;
        let events = events.iter();
        let (items, item): (Vec<_>, Vec<_>) = items.into_iter().unzip();
        vec![
            parse_quote!(pub const #constant: Operation = Operation;),
            parse_quote! {
                #[derive(Clone, Debug)]
                pub struct #request<'c>(Request<'c>);
            },
            parse_quote! {
                impl #request<'_> {
                    pub fn send(self) -> impl Future<Output = Result<Response<#output>, Error<#error>>> {}
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
        // The id, the method with the path, and `accept`.
        for _ in 0..3 {
            rows.parse::<Ident>()?;
            rows.parse::<LitStr>()?;
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
        let events = if is_next("events")? {
            rows.parse::<Ident>()?;
            let method = rows.parse()?;
            rows.parse::<Token![,]>()?;
            Some(method)
        } else {
            None
        };
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
            request,
            output,
            error,
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
