//! What a collector hands its samples to.

use std::collections::btree_map::Entry;
use std::fmt;
use std::marker::PhantomData;

use crate::buckets;
use crate::collected::{Collected, Families, Numbers};
use crate::descriptor::{DEFAULT_MAX_SERIES, Descriptor, Place, Type, Window};
use crate::family::text_of_labels;
use crate::intern;
use crate::metric::counter::CounterHandle;
use crate::metric::gauge::{GaugeHandle, Number};
use crate::metric::histogram::HistogramHandle;
use crate::metric::summary::{DEFAULT_WINDOW, SummaryHandle};
use crate::rules;
use crate::sample::Value;

/// So many mistakes are kept in words; all are counted.
const TOLD_MISTAKES: usize = 8;

/// What a [`Collector`](crate::Collector) hands its samples to.
///
/// Each metric is named with its help and labels, and then its series are told. What breaks a rule, a name or label
/// that is none, a series that was told already, a counter below zero, is left out of the scrape, and counted and
/// logged as a failure of the collector.
///
/// # Examples
///
/// ```
/// use metrics_core::{Collection, Registry};
///
/// let registry = Registry::new();
/// registry.register_collector("disks", |samples: &mut Collection| {
///     let mut free = samples.gauge("disk_free_bytes", "Free space by disk.", ["disk"]).unit("bytes");
///     free.tell(["sda"], 1_000_000);
///     free.tell(["sdb"], 2_500_000);
///     Ok(())
/// })?;
/// assert!(registry.render().contains("\ndisk_free_bytes{disk=\"sdb\"} 2500000\n"));
/// # Ok::<(), metrics_core::RegisterError>(())
/// ```
pub struct Collection {
    prefix: &'static str,
    families: Families,
    mistakes: Mistakes,
}

/// What a collector did wrong in one scrape.
#[derive(Default)]
pub(crate) struct Mistakes {
    pub(crate) count: u64,
    pub(crate) texts: Vec<String>,
}

/// The series of one metric in a [`Collection`]; `H` says of which kind, `N` is the number of its labels.
pub struct CollectedFamily<'a, H, const N: usize> {
    /// None if the metric itself is a mistake.
    family: Option<&'a mut Collected>,
    mistakes: &'a mut Mistakes,
    /// For each label, sorted by name, the place of its value in what is told.
    order: [usize; N],
    kind: PhantomData<fn(H)>,
}

impl Mistakes {
    pub(crate) fn add(&mut self, text: String) {
        self.count += 1;
        if self.texts.len() < TOLD_MISTAKES {
            self.texts.push(text);
        }
    }
}

impl Collection {
    pub(crate) fn new(prefix: &'static str) -> Self {
        Self { prefix, families: Families::new(), mistakes: Mistakes::default() }
    }

    pub(crate) fn into_parts(self) -> (Families, Mistakes) {
        (self.families, self.mistakes)
    }

    /// A counter. Its name ends in `_total`, and what is told never falls.
    pub fn counter<const N: usize>(
        &mut self,
        name: &str,
        help: &str,
        labels: [&str; N],
    ) -> CollectedFamily<'_, CounterHandle, N> {
        self.family(name, help, Type::Counter, labels)
    }

    /// A gauge.
    pub fn gauge<const N: usize>(
        &mut self,
        name: &str,
        help: &str,
        labels: [&str; N],
    ) -> CollectedFamily<'_, GaugeHandle, N> {
        self.family(name, help, Type::Gauge, labels)
    }

    /// A histogram.
    pub fn histogram<const N: usize>(
        &mut self,
        name: &str,
        help: &str,
        labels: [&str; N],
    ) -> CollectedFamily<'_, HistogramHandle, N> {
        self.family(name, help, Type::Histogram(&[]), labels)
    }

    /// A summary.
    pub fn summary<const N: usize>(
        &mut self,
        name: &str,
        help: &str,
        labels: [&str; N],
    ) -> CollectedFamily<'_, SummaryHandle, N> {
        self.family(name, help, Type::Summary(Window { quantiles: &[], ..DEFAULT_WINDOW }), labels)
    }

    /// Facts, as labels with their values. `_info` is put behind the name.
    pub fn info<const N: usize>(&mut self, name: &str, help: &str, facts: [(&str, &str); N]) {
        let mut info: CollectedFamily<'_, (), N> =
            self.family(name, help, Type::Info, facts.map(|(label, _)| label));
        info.add(facts.map(|(_, value)| value), Numbers::Number(Value::Whole(1)));
    }

    /// Which one of some states holds: its place among them.
    pub fn state_set(&mut self, name: &str, help: &str, states: &[&str], active: usize) {
        let mut set: CollectedFamily<'_, (), 0> = self.family(name, help, Type::StateSet(&[]), []);
        let distinct = states.iter().enumerate().all(|(at, state)| !states[..at].contains(state));
        if active >= states.len() || !distinct {
            return set.refuse("the states are distinct, and the one that holds is among them");
        }
        let states = states.iter().map(|state| (*state).to_owned()).collect();
        set.add([], Numbers::State { states, active });
    }

    fn family<H, const N: usize>(
        &mut self,
        name: &str,
        help: &str,
        kind: Type,
        labels: [&str; N],
    ) -> CollectedFamily<'_, H, N> {
        let mut order = std::array::from_fn(|at| at);
        order.sort_by_key(|at: &usize| labels[*at]);
        let sorted = order.map(|at| labels[at]);
        let Self { prefix, families, mistakes } = self;
        let family = match described(prefix, name, help, kind, &sorted) {
            Ok(descriptor) => match families.entry(descriptor.name) {
                Entry::Vacant(free) => Some(free.insert(Collected::new(descriptor))),
                Entry::Occupied(there) => {
                    let there = there.into_mut();
                    let same = there.descriptor.same_family(&descriptor);
                    if !same {
                        mistakes.add(format!("`{name}` is told twice, with another kind or other labels"));
                    }
                    Some(there).filter(|_| same)
                }
            },
            Err(mistake) => {
                mistakes.add(format!("`{name}`: {mistake}"));
                None
            }
        };
        CollectedFamily { family, mistakes, order, kind: PhantomData }
    }
}

/// The labels are sorted.
fn described(
    prefix: &str,
    name: &str,
    help: &str,
    kind: Type,
    labels: &[&str],
) -> Result<Descriptor, String> {
    let mut wrong = Vec::new();
    rules::name_mistakes(name, help, &mut wrong);
    rules::label_mistakes(labels, &mut wrong);
    if !wrong.is_empty() {
        return Err(wrong.join("; "));
    }
    let full = "there are too many names; a metric's name and help do not change from scrape to scrape";
    let kept = |text: &str| intern::foreign_text(text).ok_or(full);
    let names = labels.iter().map(|label| kept(label)).collect::<Result<Vec<_>, _>>()?;
    Ok(Descriptor {
        name: kept(&format!("{prefix}{name}"))?,
        help: kept(help)?,
        kind,
        unit: "",
        labels: intern::foreign_names(&names).ok_or(full)?,
        values: &[],
        foreseen: false,
        max_series: DEFAULT_MAX_SERIES,
        place: Place::UNKNOWN,
    })
}

impl<H, const N: usize> CollectedFamily<'_, H, N> {
    /// The unit, which the name ends with: `seconds`, `bytes`.
    #[must_use]
    pub fn unit(mut self, unit: &str) -> Self {
        let Some(family) = &mut self.family else { return self };
        let name = family.descriptor.name;
        match (rules::unit_mistake(name, unit), intern::foreign_text(unit)) {
            (None, Some(unit)) => family.descriptor.unit = unit,
            (wrong, _) => {
                self.mistakes.add(format!("`{name}`: {}", wrong.unwrap_or_default()));
                self.family = None;
            }
        }
        self
    }

    fn add(&mut self, values: [&str; N], numbers: Numbers) {
        let Some(family) = &mut self.family else { return };
        let labels = text_of_labels(family.descriptor.labels, &self.order.map(|at| values[at]));
        let shown = format!("`{}{{{labels}}}` is told twice", family.descriptor.name);
        if !family.add(labels, numbers) {
            self.mistakes.add(shown);
        }
    }

    fn refuse(&mut self, why: &str) {
        if let Some(family) = &self.family {
            self.mistakes.add(format!("`{}`: {why}", family.descriptor.name));
        }
    }
}

impl<const N: usize> CollectedFamily<'_, CounterHandle, N> {
    /// The count of the series with these label values: a finite number that is not negative (O-41).
    pub fn tell(&mut self, values: [&str; N], count: impl Number) {
        let count = count.to_f64();
        if count.is_finite() && count >= 0.0 {
            self.add(values, Numbers::Number(Value::Real(count)));
        } else {
            self.refuse("a counter is finite and not negative");
        }
    }
}

impl<const N: usize> CollectedFamily<'_, GaugeHandle, N> {
    /// The value of the series with these label values.
    pub fn tell(&mut self, values: [&str; N], value: impl Number) {
        self.add(values, Numbers::Number(Value::Real(value.to_f64())));
    }
}

impl<const N: usize> CollectedFamily<'_, HistogramHandle, N> {
    /// The buckets of the series with these label values.
    ///
    /// `bounds` are the upper bounds without `+Inf`; `counts` are the observations of each bucket alone, `+Inf`'s
    /// last, so that there is one more of them.
    pub fn tell(&mut self, values: [&str; N], bounds: &[f64], counts: &[u64], sum: f64) {
        if !buckets::are_valid(bounds) || counts.len() != bounds.len() + 1 || sum.is_nan() {
            return self.refuse(
                "bounds are finite and strictly rising, there is one count more than bounds, and a sum is a number",
            );
        }
        let (bounds, counts) = (bounds.to_vec(), counts.to_vec());
        self.add(values, Numbers::Distribution { bounds, counts, sum });
    }
}

impl<const N: usize> CollectedFamily<'_, SummaryHandle, N> {
    /// The series with these label values: values at quantiles, and the sum and count of all there ever were.
    pub fn tell(&mut self, values: [&str; N], quantiles: &[(f64, f64)], sum: f64, count: u64) {
        let mut quantiles = quantiles.to_vec();
        quantiles.sort_by(|one, other| one.0.total_cmp(&other.0));
        let in_range = quantiles.iter().all(|(quantile, _)| (0.0..=1.0).contains(quantile));
        let distinct = quantiles.windows(2).all(|pair| pair[0].0 < pair[1].0);
        if !in_range || !distinct || sum.is_nan() {
            return self.refuse("quantiles are in [0, 1], each stands once, and a sum is a number");
        }
        self.add(values, Numbers::Quantiles { values: quantiles, sum, count });
    }
}

impl fmt::Debug for Collection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.families.keys()).finish()
    }
}

impl<H, const N: usize> fmt::Debug for CollectedFamily<'_, H, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.family.as_ref().map(|family| family.descriptor.name);
        f.debug_tuple("CollectedFamily").field(&name).finish()
    }
}
