//! The page that explains a rule, made of its data.

use std::fmt::Write;

use crate::nearest::nearest;

use super::rule::{Effect, Mirror, Rule, RustEffect};
use super::rules::RULES;

impl Rule {
    /// The rule whose id is most similar to one that does not exist.
    ///
    /// ```
    /// use releasepack_codegen::diff::Rule;
    ///
    /// let rule = Rule::nearest("response-property-add").unwrap();
    /// assert_eq!(rule.id, "response-property-added");
    /// ```
    #[must_use]
    pub fn nearest(id: &str) -> Option<&'static Self> {
        nearest(id, RULES.iter().map(|rule| rule.id)).and_then(Self::find)
    }

    /// The page that explains the rule, in Markdown: what changed, what it means for whom, and the rule for the other direction.
    ///
    /// ```
    /// use releasepack_codegen::diff::Rule;
    ///
    /// let page = Rule::find("response-property-added").unwrap().page();
    /// assert!(page.starts_with("# response-property-added\n\nA property that may be absent was added.\n"));
    /// assert!(page.contains("| a deployed client and the changed server | it is ignored, nothing is lost |"));
    /// ```
    #[must_use]
    pub fn page(&self) -> String {
        let place = self
            .direction
            .map_or("operations or the whole document", |it| match it.name() {
                "request" => "requests",
                _ => "responses",
            });
        let mut page = format!("# {}\n\n{}\n\n| | |\n|---|---|\n", self.id, self.about);
        let mut row = |name: &str, text: &str| {
            let _ = writeln!(page, "| {name} | {text} |");
        };
        row("where", place);
        row(
            "a deployed client and the changed server",
            &told(self.deployed),
        );
        row("a new client and an unchanged server", &told(self.new));
        row(
            "code that uses the client",
            match self.rust {
                RustEffect::Nothing => "compiles as before",
                RustEffect::Addition => "compiles as before, and can use more",
                RustEffect::Break => "does not compile any more",
                RustEffect::Depends => {
                    "depends on the change: the page has the changes of the Rust API"
                }
            },
        );
        row("version", &self.bump.to_string().to_lowercase());
        match self.mirror {
            Mirror::Rule(id) => row("in the other direction", &format!("`{id}`")),
            Mirror::None(reason) => row("in the other direction", &format!("no rule: {reason}")),
        }
        if let Some(avoid) = self.avoid {
            row("how to avoid it", avoid);
        }
        page
    }
}

/// An effect, and how bad it is.
fn told(effect: Effect) -> String {
    match effect {
        Effect::Nothing => "nothing happens".to_owned(),
        Effect::Harmless(text) => text.to_owned(),
        Effect::Risk(text) => format!("may break: {text}"),
        Effect::Break(text) => format!("breaks: {text}"),
    }
}
