//! Expands the macros of a crate that make items, by the rules of its own `macro_rules!`. So the outline has what the compiler sees,
//! and knows no macro by its name.

mod body;
mod pattern;

use std::collections::HashMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::visit_mut::{self, VisitMut};
use syn::{ImplItem, Item, ItemMacro, Macro, TraitItem};

use body::transcribe;
use pattern::{Bindings, Pattern};

/// How deep calls may be in each other. rustc has the same limit.
const MAX_DEPTH: usize = 128;
/// How many tokens the calls of a crate may make together: a rule can double its input in each round.
const MAX_TOKENS: usize = 200_000;

/// The macros of a crate, by name.
#[derive(Default)]
pub(super) struct Macros {
    rules: HashMap<String, Rules>,
    made: usize,
}

/// The rules of one `macro_rules!`.
struct Rules(Vec<(Vec<Pattern>, Vec<TokenTree>)>);

impl Macros {
    /// Whether there are rules for the macro that `call` names.
    pub(super) fn knows(&self, call: &Macro) -> bool {
        self.rules.contains_key(&name(call))
    }

    /// Adds the rules of a `macro_rules!`. The first of several macros with one name counts.
    pub(super) fn define(&mut self, item: &ItemMacro) {
        let (Some(name), Some(rules)) = (&item.ident, Rules::read(item.mac.tokens.clone())) else {
            return;
        };
        self.rules.entry(name.to_string()).or_insert(rules);
    }

    /// The items that a call makes, with those of the calls among them; `None` if no rule fits.
    pub(super) fn items(&mut self, call: &Macro) -> Option<Vec<Item>> {
        let mut made = Vec::new();
        self.add_items(call, 0, &mut made)?;
        Some(made)
    }

    fn add_items(&mut self, call: &Macro, depth: usize, made: &mut Vec<Item>) -> Option<()> {
        for mut item in self.expand::<Item>(call, depth)? {
            match &item {
                Item::Macro(inner) if inner.ident.is_none() => {
                    self.add_items(&inner.mac, depth + 1, made)?;
                    continue;
                }
                Item::Macro(inner) => self.define(inner),
                _ => {}
            }
            self.members(&mut item, depth + 1)?;
            Tidy.visit_item_mut(&mut item);
            made.push(item);
        }
        Some(())
    }

    /// Expands the calls among the members of an implementation or a trait; `None` if no rule fits one of them.
    pub(super) fn members(&mut self, item: &mut Item, depth: usize) -> Option<()> {
        match item {
            Item::Impl(item) if item.items.iter().any(|it| matches!(it, ImplItem::Macro(_))) => {
                item.items = self.all(std::mem::take(&mut item.items), depth)?;
            }
            Item::Trait(item)
                if item
                    .items
                    .iter()
                    .any(|it| matches!(it, TraitItem::Macro(_))) =>
            {
                item.items = self.all(std::mem::take(&mut item.items), depth)?;
            }
            _ => {}
        }
        Some(())
    }

    fn all<T: Member>(&mut self, members: Vec<T>, depth: usize) -> Option<Vec<T>> {
        let mut all = Vec::with_capacity(members.len());
        for member in members {
            match member.call() {
                Some(call) => {
                    let made = self.expand::<T>(call, depth)?;
                    all.extend(self.all(made, depth + 1)?);
                }
                None => all.push(member),
            }
        }
        Some(all)
    }

    /// What one call becomes, by the first rule that fits.
    fn expand<T: Parse>(&mut self, call: &Macro, depth: usize) -> Option<Vec<T>> {
        if depth > MAX_DEPTH || self.made > MAX_TOKENS {
            return None;
        }
        let rules = self.rules.get(&name(call))?;
        let tokens = rules.apply(&call.tokens)?;
        self.made += count(&tokens);
        let made = syn::parse2::<Many<T>>(tokens).ok()?.0;
        Some(made)
    }
}

impl Rules {
    /// Reads `(pattern) => { body }; ...`.
    fn read(tokens: TokenStream) -> Option<Self> {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let groups = tokens.iter().filter_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() != Delimiter::None => Some(group.stream()),
            _ => None,
        });
        let groups: Vec<TokenStream> = groups.collect();
        let rules = groups.chunks_exact(2).map(|rule| {
            let pattern = pattern::read(rule[0].clone())?;
            Some((pattern, rule[1].clone().into_iter().collect()))
        });
        rules.collect::<Option<_>>().map(Self)
    }

    fn apply(&self, input: &TokenStream) -> Option<TokenStream> {
        let input: Vec<TokenTree> = input.clone().into_iter().collect();
        self.0.iter().find_map(|(pattern, body)| {
            let mut bindings = Bindings::new();
            pattern::fits(pattern, &input, &mut bindings).then(|| transcribe(body, &bindings))
        })
    }
}

/// How many tokens there are, with those in groups.
fn count(tokens: &TokenStream) -> usize {
    let tokens = tokens.clone().into_iter();
    let counts = tokens.map(|token| match token {
        TokenTree::Group(group) => 1 + count(&group.stream()),
        _ => 1,
    });
    counts.sum()
}

/// The last part of the name of the macro that is called.
pub(super) fn name(call: &Macro) -> String {
    let segment = call.path.segments.last();
    segment.map_or_else(String::new, |segment| segment.ident.to_string())
}

/// A member of an implementation or a trait, which may be a call.
trait Member: Parse {
    fn call(&self) -> Option<&Macro>;
}

impl Member for ImplItem {
    fn call(&self) -> Option<&Macro> {
        match self {
            Self::Macro(call) => Some(&call.mac),
            _ => None,
        }
    }
}

impl Member for TraitItem {
    fn call(&self) -> Option<&Macro> {
        match self {
            Self::Macro(call) => Some(&call.mac),
            _ => None,
        }
    }
}

struct Many<T>(Vec<T>);

impl<T: Parse> Parse for Many<T> {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut all = Vec::new();
        while !input.is_empty() {
            all.push(input.parse()?);
        }
        Ok(Self(all))
    }
}

/// Shortens the paths that macros write out in full: `::std::convert::Into` to `Into`, `crate::runtime::Response` to `Response`.
struct Tidy;

impl VisitMut for Tidy {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let first = path.segments.first().map(|it| it.ident.to_string());
        let second = path.segments.iter().nth(1).map(|it| it.ident.to_string());
        let is_std = path.leading_colon.is_some()
            && matches!(first.as_deref(), Some("std" | "core" | "alloc"));
        let is_runtime = first.as_deref() == Some("crate") && second.as_deref() == Some("runtime");
        if is_std || is_runtime {
            path.leading_colon = None;
            if let Some(last) = path.segments.pop() {
                path.segments.clear();
                path.segments.push(last);
            }
        }
        visit_mut::visit_path_mut(self, path);
    }

    /// No line has the body of a function.
    fn visit_block_mut(&mut self, _: &mut syn::Block) {}
}
