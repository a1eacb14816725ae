//! The names of operations: their methods, the types of their requests, their constants.

use serde_json::Value;

use super::{Keys, Ledger, Owner};
use crate::model::names::{self, Scope};
use crate::pointer::Pointer;
use crate::public_names::{Kind, key};

/// The names of an operation.
#[derive(Debug, Default)]
pub(in crate::model) struct OperationNames {
    pub(in crate::model) method: String,
    pub(in crate::model) request: String,
    pub(in crate::model) constant: String,
    pub(in crate::model) owner: Owner,
}

impl Ledger<'_> {
    /// Names all operations, each given with its place and its `operationId`: first those of the file, then the others.
    pub(in crate::model) fn operations(
        &mut self,
        operations: &[(Pointer, String)],
        methods: &mut Scope,
        types: &mut Scope,
    ) -> Vec<OperationNames> {
        let mut keys = Keys::default();
        let mut named = Vec::with_capacity(operations.len());
        for (index, (place, _)) in operations.iter().enumerate() {
            // Operations of a shared path item, also one in another file, have one origin, but different calls.
            let key = keys.add(&key(&Value::Null, place), index, place.clone());
            let origin = self.origins.origin(place);
            named.push(OperationNames {
                owner: Owner {
                    kept: vec![key.clone()],
                    is_known: self.kept(Kind::Operations, &key).is_some(),
                    key,
                    origin,
                },
                ..OperationNames::default()
            });
        }
        for it in &mut named {
            let key = it.owner.key.clone();
            let Some(method) = self.kept(Kind::Operations, &key) else {
                continue;
            };
            if methods.claim_exactly(method) {
                it.method.clone_from(method);
            }
            let request = self.kept(Kind::Requests, &key).cloned();
            let request = request.unwrap_or_else(|| names::type_name(method));
            if is_free_type(&request, types) {
                it.request = take_type(&request, types);
                let constant = self.kept(Kind::Constants, &key).cloned();
                let constant = constant.unwrap_or_else(|| names::constant_name(&it.request));
                it.constant = types.claim(&constant);
            }
        }
        for (it, (_, id)) in named.iter_mut().zip(operations) {
            if it.method.is_empty() {
                it.method = methods.claim(&names::value_name(id));
            }
            if it.request.is_empty() {
                it.request = claim_type(id, types);
                it.constant = types.claim(&names::constant_name(&it.request));
            }
        }
        for it in &named {
            let plain = names::type_name(&it.method);
            let found = [
                (Kind::Operations, &it.method, None),
                (Kind::Requests, &it.request, Some(plain)),
                (
                    Kind::Constants,
                    &it.constant,
                    Some(names::constant_name(&it.request)),
                ),
            ];
            for (kind, name, implied) in found {
                let key = &it.owner.key;
                if let Some(old) = self.kept(kind, key).filter(|old| *old != name).cloned() {
                    self.lose(&it.owner.origin.clone(), &old, name);
                }
                if implied.as_ref() != Some(name) {
                    self.names.insert(kind, "", key, name);
                }
            }
        }
        named
    }
}

/// The type of a request: for `X`, the names `XResponse` and `XError` are reserved for the responses.
fn claim_type(id: &str, scope: &mut Scope) -> String {
    let wanted = names::type_name(id);
    let name = std::iter::once(wanted.clone())
        .chain((2..=u32::MAX).map(|number| format!("{wanted}{number}")))
        .find(|name| is_free_type(name, scope))
        .expect("a finite scope leaves a number free");
    take_type(&name, scope)
}

fn companions(name: &str) -> [String; 2] {
    [format!("{name}Response"), format!("{name}Error")]
}

fn is_free_type(name: &str, scope: &Scope) -> bool {
    !scope.has(name) && companions(name).iter().all(|name| !scope.has(name))
}

fn take_type(name: &str, scope: &mut Scope) -> String {
    for companion in companions(name) {
        scope.claim(&companion);
    }
    scope.claim(name)
}
