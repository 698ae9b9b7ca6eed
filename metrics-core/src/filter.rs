//! Which metrics a scrape asks for: `?name[]=http_requests_total&name[]=up`.

use std::collections::BTreeSet;
use std::fmt;

use crate::descriptor::Descriptor;

/// The most names that are looked for.
const NAMES: usize = 1_024;

/// The longest query that is read, in bytes.
const BYTES: usize = 64 * 1024;

/// What the name of a sample may end in, behind the name of its family.
const SUFFIXES: [&str; 6] = ["", "_bucket", "_count", "_created", "_info", "_sum"];

/// The metrics that a scrape asks for; all of them if it names none.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    names: BTreeSet<String>,
}

/// A query that asks for more than anybody needs.
#[derive(Debug, PartialEq)]
pub(crate) enum TooMuch {
    Bytes,
    Names,
}

impl fmt::Display for TooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes => write!(f, "the query is longer than {BYTES} bytes"),
            Self::Names => write!(f, "the query has more than {NAMES} `name[]`"),
        }
    }
}

impl Filter {
    /// Reads the `name[]` of a query; other parameters are not ours.
    pub(crate) fn from_query(query: &str) -> Result<Self, TooMuch> {
        if query.len() > BYTES {
            return Err(TooMuch::Bytes);
        }
        let mut filter = Self::default();
        let names = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == "name[]");
        for (at, (_, name)) in names.enumerate() {
            if at == NAMES {
                return Err(TooMuch::Names);
            }
            filter.names.insert(name.into_owned());
        }
        Ok(filter)
    }

    /// Whether a family is asked for: by its name, or by the name of one of its samples. It is told as a whole, so that
    /// no histogram comes without its count.
    pub(crate) fn wants(&self, descriptor: &Descriptor) -> bool {
        self.names.is_empty() || descriptor.taken_names().iter().any(|name| self.names.contains(name))
    }

    /// Whether a family of this name may be asked for, of whatever kind it is.
    pub(crate) fn may_want(&self, name: &str) -> bool {
        let is_of = |family: &str, sample: &str| {
            sample.strip_prefix(family).is_some_and(|suffix| SUFFIXES.contains(&suffix))
        };
        let bare = name.strip_suffix("_total").unwrap_or(name);
        self.names.is_empty() || self.names.iter().any(|sample| is_of(name, sample) || is_of(bare, sample))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descriptor::{DEFAULT_MAX_SERIES, Place, Type};

    fn descriptor(name: &'static str, kind: Type) -> Descriptor {
        Descriptor {
            name,
            help: "h",
            kind,
            unit: "",
            labels: &[],
            values: &[],
            foreseen: false,
            max_series: DEFAULT_MAX_SERIES,
            place: Place::UNKNOWN,
        }
    }

    fn wanted(query: &str, name: &'static str, kind: Type) -> bool {
        Filter::from_query(query).unwrap().wants(&descriptor(name, kind))
    }

    #[test]
    fn what_is_wanted_of_some_kind_may_be_wanted() {
        let kinds = [Type::Counter, Type::Gauge, Type::Histogram(&[1.0]), Type::Info, Type::StateSet(&["a"])];
        for (name, kind) in kinds.into_iter().flat_map(|kind| [("x", kind), ("x_total", kind)]) {
            for sample in descriptor(name, kind).taken_names() {
                let filter = Filter::from_query(&format!("name[]={sample}")).unwrap();
                assert!(filter.may_want(name), "{sample} of {name}");
                assert!(!filter.may_want("y") && !filter.may_want("x_y"), "{sample}");
            }
        }
        assert!(Filter::default().may_want("x"));
    }

    #[test]
    fn no_name_is_all_of_them() {
        for query in ["", "&", "x=1", "name=a", "name[=a"] {
            assert!(wanted(query, "b", Type::Gauge), "{query}");
        }
        assert!(!wanted("name[]", "b", Type::Gauge));
    }

    #[test]
    fn a_family_is_found_by_each_of_its_names() {
        for query in
            ["name[]=x_total", "name%5B%5D=x_total", "a=b&name[]=nothing&name[]=x%5Ftotal", "name[]=x"]
        {
            assert!(wanted(query, "x_total", Type::Counter), "{query}");
            assert!(!wanted(query, "y_total", Type::Counter), "{query}");
        }
        for query in ["name[]=x", "name[]=x_bucket", "name[]=x_sum", "name[]=x_count"] {
            assert!(wanted(query, "x", Type::Histogram(&[1.0])), "{query}");
        }
        assert!(!wanted("name[]=x_bucket", "x", Type::Gauge));
    }

    #[test]
    fn broken_queries_find_nothing() {
        for query in
            ["name[]=%", "name[]=%zz", "name[]=%ff%fe", "name[]=a%00", "name[]=&name[]=", "name[]=+a"]
        {
            assert!(!wanted(query, "a", Type::Gauge), "{query}");
        }
    }

    #[test]
    fn there_is_a_limit_to_what_is_read() {
        let names = |count| vec!["name[]=a"; count].join("&");
        assert!(Filter::from_query(&names(NAMES)).is_ok());
        assert_eq!(Filter::from_query(&names(NAMES + 1)).unwrap_err(), TooMuch::Names);
        assert!(Filter::from_query(&"a".repeat(BYTES)).is_ok());
        assert_eq!(Filter::from_query(&"a".repeat(BYTES + 1)).unwrap_err(), TooMuch::Bytes);
    }
}
