//! What `#[counted]`, `#[timed]` and `#[gauged]` have in common: a declared metric, or the options of an own one.

use proc_macro2::{Ident, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::{Error, LitInt, LitStr, Path, Result, Token, token};

use crate::diag::Diag;
use crate::syntax::function::Runs;
use crate::syntax::labels::{Keys, LabelArg, parse_labels};
use crate::syntax::options::{
    Slot, parse_entries, parse_key, parse_names, parse_path, parse_text, parse_value, unknown_key,
};

/// Options that all three attributes know.
pub(crate) const COMMON: [&str; 11] = [
    "name",
    "help",
    "labels",
    "function",
    "registry",
    "unit",
    "max_series",
    "allow",
    "crate",
    "async",
    "sync",
];

/// `METRIC` or `METRIC { label: value }`.
#[derive(Clone)]
pub(crate) struct MetricUse {
    /// The static, and the struct of the same name.
    pub(crate) path: Path,
    /// The labels; `None` without braces.
    pub(crate) labels: Option<Vec<LabelArg>>,
}

/// The common arguments of one attribute.
#[derive(Clone, Default)]
pub(crate) struct Site {
    pub(crate) metric: Option<MetricUse>,
    pub(crate) name: Slot<LitStr>,
    pub(crate) help: Slot<LitStr>,
    pub(crate) labels: Slot<Vec<LabelArg>>,
    /// The value of the label `function` of a default metric.
    pub(crate) function: Slot<LitStr>,
    pub(crate) registry: Slot<Path>,
    pub(crate) unit: Slot<LitStr>,
    pub(crate) max_series: Slot<LitInt>,
    pub(crate) allow: Slot<Vec<Ident>>,
    pub(crate) krate: Slot<Path>,
    /// Where the work is done, of a function whose return type may be a future.
    pub(crate) runs: Slot<Runs>,
}

/// Reads one entry of a single attribute's options; `None`: the key is none of its own.
pub(crate) type Own<'a> = &'a mut dyn FnMut(&Ident, ParseStream<'_>, &mut Diag) -> Option<Result<()>>;

/// Reads the arguments of the attribute `owner`, whose further options `own` reads; `choices` are all of its keys.
pub(crate) fn parse_site(
    args: TokenStream,
    owner: &str,
    choices: &[&str],
    diag: &mut Diag,
    own: Own<'_>,
) -> Site {
    let mut site = Site::default();
    let reader = |input: ParseStream<'_>| {
        parse_entries(input, diag, |input, diag| site.parse_entry(input, owner, choices, diag, own));
        Ok(())
    };
    if let Err(error) = reader.parse2(args) {
        diag.push(error);
    }
    site
}

impl Site {
    fn parse_entry(
        &mut self,
        input: ParseStream<'_>,
        owner: &str,
        choices: &[&str],
        diag: &mut Diag,
        own: Own<'_>,
    ) -> Result<()> {
        if is_metric(input) {
            return self.parse_metric(input, diag);
        }
        let key = parse_key(input, "name = \"…\"")?;
        match own(&key, input, diag) {
            Some(result) => result,
            None => self.parse_common(&key, input, owner, choices, diag),
        }
    }

    fn parse_metric(&mut self, input: ParseStream<'_>, diag: &mut Diag) -> Result<()> {
        let path = input.call(Path::parse_mod_style)?;
        let labels = input.peek(token::Brace).then(|| parse_braced(input, Keys::Fields, diag)).transpose()?;
        if self.metric.is_some() {
            return Err(Error::new_spanned(path, "a second metric; write one attribute for each metric"));
        }
        self.metric = Some(MetricUse { path, labels });
        Ok(())
    }

    fn parse_common(
        &mut self,
        key: &Ident,
        input: ParseStream<'_>,
        owner: &str,
        choices: &[&str],
        diag: &mut Diag,
    ) -> Result<()> {
        match key.to_string().as_str() {
            "name" => self.name.set(key.clone(), parse_text(input, key)?, diag),
            "help" => self.help.set(key.clone(), parse_text(input, key)?, diag),
            "function" => self.function.set(key.clone(), parse_text(input, key)?, diag),
            "unit" => self.unit.set(key.clone(), parse_text(input, key)?, diag),
            "labels" => self.labels.set(key.clone(), parse_own_labels(input, key, diag)?, diag),
            "registry" => self.registry.set(key.clone(), parse_path(input, key, "REGISTRY")?, diag),
            "crate" => self.krate.set(key.clone(), parse_path(input, key, "::metrics_core")?, diag),
            "max_series" => self.max_series.set(key.clone(), parse_max_series(input, key)?, diag),
            "allow" => self.allow.set(key.clone(), parse_names(input, key, diag, "unit")?, diag),
            "async" => self.set_runs(key, Runs::Async, diag),
            "sync" => self.set_runs(key, Runs::Sync, diag),
            "skip" => {
                return Err(Error::new(
                    key.span(),
                    format!(
                        "`skip` leaves a function of an `impl` or a trait out that has {owner}; remove it here"
                    ),
                ));
            }
            _ => return Err(unknown_entry(key, input, owner, choices)),
        }
        Ok(())
    }
}

impl Site {
    fn set_runs(&mut self, key: &Ident, runs: Runs, diag: &mut Diag) {
        if self.runs.value().is_some_and(|other| *other != runs) {
            diag.at(key.span(), "the function runs in one way; leave `async` or `sync` out");
        } else {
            self.runs.set(key.clone(), runs, diag);
        }
    }
}

/// The number behind `max_series =`.
pub(crate) fn parse_max_series(input: ParseStream<'_>, key: &Ident) -> Result<LitInt> {
    parse_value(input, key, "a whole number", "500")
}

/// Whether the next entry is a metric: a path of several segments, a name with an upper-case letter, or braces.
fn is_metric(input: ParseStream<'_>) -> bool {
    let fork = input.fork();
    let Ok(path) = fork.call(Path::parse_mod_style) else { return false };
    let name = path.get_ident().map(Ident::to_string);
    match name.as_deref() {
        _ if fork.peek(Token![=]) || fork.peek(token::Paren) => false,
        None => true,
        Some("labels") => false,
        Some(name) => fork.peek(token::Brace) || name.contains(|letter: char| letter.is_uppercase()),
    }
}

fn parse_own_labels(input: ParseStream<'_>, key: &Ident, diag: &mut Diag) -> Result<Vec<LabelArg>> {
    if input.peek(token::Brace) {
        return parse_braced(input, Keys::FieldsOrStrings, diag);
    }
    Err(Error::new(key.span(), "expected braces after `labels`; write `labels { label: value }`"))
}

fn parse_braced(input: ParseStream<'_>, keys: Keys, diag: &mut Diag) -> Result<Vec<LabelArg>> {
    let content;
    syn::braced!(content in input);
    Ok(parse_labels(&content, keys, diag))
}

/// A lower-case word alone may be a misspelt option or a static in lower case: the message tells both.
fn unknown_entry(key: &Ident, input: ParseStream<'_>, owner: &str, choices: &[&str]) -> Error {
    let mut error = unknown_key(key, owner, choices);
    if input.is_empty() || input.peek(Token![,]) {
        error = Error::new(key.span(), format!("{error}; a metric in lower case is written `self::{key}`"));
    }
    error
}
