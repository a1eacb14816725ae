//! `host`, `basePath` and `schemes` become servers.

use serde_json::{Map, Value, json};

use super::Conversion;
use super::strings::Entry;
use crate::pointer::Pointer;

impl Conversion<'_, '_> {
    /// The servers of the document; `None` if it does not say where it is.
    pub(super) fn servers(&mut self) -> Option<Value> {
        let schemes = self.strings_of_document("schemes");
        let schemes = self.sent_schemes(schemes, true);
        self.with_schemes(&Pointer::root().join("servers"), schemes)
    }

    /// The servers of an operation that has its own schemes.
    pub(super) fn servers_of_operation(
        &mut self,
        from: &Pointer,
        to: &Pointer,
        members: &Map<String, Value>,
    ) -> Option<Value> {
        let place = from.join("schemes");
        let schemes = self.strings(&place, members.get("schemes"));
        if schemes.is_empty() {
            return None;
        }
        if self.author.get("host").is_none_or(|host| !host.is_string()) {
            self.schemes_without_host.push(place);
            return None;
        }
        let schemes = self.sent_schemes(schemes, false);
        if schemes.is_empty() {
            return None;
        }
        let servers = to.join("servers");
        self.places.add(&place, &servers);
        self.with_schemes(&servers, schemes)
    }

    /// Reports the schemes of operations in a document without a host once: tools write them to every operation.
    pub(super) fn report_schemes_without_host(&mut self) {
        if let Some(first) = self.schemes_without_host.first() {
            let what = match self.schemes_without_host.len() - 1 {
                0 => "not used: the document has no `host`".to_owned(),
                1 => {
                    "not used, here and in another operation: the document has no `host`".to_owned()
                }
                others => format!(
                    "not used, here and in {others} other operations: the document has no `host`"
                ),
            };
            self.log.change(first, what);
        }
    }

    /// The schemes of HTTP, `https` before `http`: credentials must not be sent in clear if there is another way.
    fn sent_schemes(&mut self, schemes: Vec<Entry>, is_default: bool) -> Vec<Entry> {
        let mut sent: Vec<Entry> = Vec::new();
        for scheme in schemes {
            let text = scheme.text.trim().to_ascii_lowercase();
            if text == "http" || text == "https" {
                sent.push(Entry { text, ..scheme });
            } else {
                self.log
                    .change(&scheme.place, "not used: the client sends HTTP requests");
            }
        }
        let is_safe_first = sent.first().is_none_or(|first| first.text == "https");
        if !is_safe_first && let Some(at) = sent.iter().position(|it| it.text == "https") {
            if is_default {
                let what = "the client uses this scheme: it is safer than the first one";
                self.log.change(&sent[at].place, what);
            }
            let https = sent.remove(at);
            sent.insert(0, https);
        }
        sent
    }

    fn with_schemes(&mut self, to: &Pointer, schemes: Vec<Entry>) -> Option<Value> {
        let root = Pointer::root();
        let (host_place, base_place) = (root.join("host"), root.join("basePath"));
        let base = self.author.get("basePath").and_then(Value::as_str);
        let base = match base.unwrap_or_default().trim() {
            "" | "/" => String::new(),
            base if base.starts_with('/') => base.to_owned(),
            base => format!("/{base}"),
        };
        let is_of_document = to.parent() == Some(Pointer::root());
        if is_of_document {
            // Reports what is not a string.
            self.string("basePath");
        }
        let host = if is_of_document {
            self.string("host")
        } else {
            let host = self.author.get("host").and_then(Value::as_str);
            host.map(|host| host.trim().to_owned())
        };
        let Some(mut host) = host else {
            if is_of_document && let Some(first) = schemes.first() {
                let place = first.place.clone();
                self.log
                    .change(&place, "not used: the document has no `host`");
            }
            if base.is_empty() {
                return None;
            }
            self.places.add(&base_place, &to.index(0).join("url"));
            return Some(json!([{ "url": base }]));
        };
        let mut schemes = schemes;
        // Some documents write a whole URL.
        if let Some((scheme, rest)) = host.clone().split_once("://") {
            rest.trim_end_matches('/').clone_into(&mut host);
            if is_of_document {
                let what = "read as a URL: a host has no scheme";
                self.log.change(&host_place, what);
            }
            if schemes.is_empty() {
                schemes.push(Entry {
                    text: scheme.to_ascii_lowercase(),
                    place: host_place.clone(),
                });
            }
        }
        if schemes.is_empty() {
            if is_of_document {
                let what = "`https` is assumed: the document has no `schemes` for HTTP";
                self.log.change(&host_place, what);
            }
            schemes.push(Entry {
                text: "https".to_owned(),
                place: host_place.clone(),
            });
        }
        let mut servers = Vec::with_capacity(schemes.len());
        for (index, scheme) in schemes.iter().enumerate() {
            let server = to.index(index);
            self.places.made(&scheme.place, &server);
            self.places.made(&host_place, &server.join("url"));
            servers.push(json!({"url": format!("{}://{host}{base}", scheme.text)}));
        }
        Some(Value::Array(servers))
    }
}
