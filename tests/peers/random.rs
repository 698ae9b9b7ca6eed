//! Registries at random: all kinds of metrics, label values that look like syntax, and numbers at the edge.

use metrics_core::{Counter, Gauge, Histogram, LabelValue, Registry, Summary, metrics};

/// Infos and state sets, which are told beside each registry.
pub(crate) static KINDS: Registry = Registry::new();

#[derive(Clone, Copy, LabelValue)]
pub(crate) enum Mode {
    Off,
    On,
    #[label(rename = "in \"between\"\\")]
    Between,
}

metrics! {
    #![registry(KINDS)]

    /// Which one holds: "this" or \ that.
    pub(crate) static RANDOM_MODE: StateSet<Mode>;
    /// What was built.
    pub(crate) static RANDOM_BUILD: Info<version>;
    /// Where it runs.
    pub(crate) static TARGET: Info<host>;
}

const NUMBERS: [f64; 14] = [
    0.0,
    -0.0,
    1.0,
    -1.5,
    0.1,
    1e-5,
    f64::MIN_POSITIVE,
    5e-324,
    999_999.0,
    1e6,
    9_007_199_254_740_993.0,
    1e21,
    f64::MAX,
    f64::INFINITY,
];

/// Numbers that depend on nothing but the seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// Below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }

    /// Pieces of syntax, in any order.
    fn text(&mut self) -> String {
        const PIECES: [&str; 16] = [
            "\\", "\"", "\n", "\r", "\t", "\0", "\u{85}", " # {", "} 1", ",", "=", "a", "le", "😱", " ",
            "# EOF",
        ];
        (0..self.roll(6)).map(|_| self.pick(&PIECES)).collect()
    }

    fn number(&mut self) -> f64 {
        match self.roll(3) {
            0 => self.pick(&NUMBERS),
            1 => self.roll(1_000) as f64,
            // Any digits there are.
            _ => (self.roll(1 << 30) as f64) * 10_f64.powi(self.roll(40) as i32 - 20),
        }
    }

    fn bounds(&mut self) -> Vec<f64> {
        let numbers: Vec<f64> =
            (0..self.roll(6)).map(|_| self.pick(&[1.0, 1.0, -1.0]) * self.number()).collect();
        let mut bounds: Vec<f64> = numbers.into_iter().chain([0.5]).filter(|own| own.is_finite()).collect();
        bounds.sort_by(f64::total_cmp);
        bounds.dedup();
        bounds
    }
}

/// Fills a registry with a few metrics, and says nothing of what is in it: all formats must agree about that.
pub(crate) fn registry(dice: &mut Dice) -> Registry {
    let registry = Registry::new();
    for family in 0..=dice.roll(8) {
        let mut name = String::from("random");
        // Names that are the beginnings of others.
        (0..=family).for_each(|_| name.push_str("_x"));
        let help = format!("Of {family}: {}.", dice.text());
        let series: Vec<[String; 2]> = (0..dice.roll(5)).map(|_| [dice.text(), dice.text()]).collect();
        let labels = ["one", "two"];
        // The Python client's parser stumbles over an escaped quote here, and only here.
        let trace = dice.text().replace('"', "");
        let exemplar: &[(&str, &str)] = &[("trace_id", &trace)];
        match dice.roll(4) {
            0 => {
                let counter = Counter::builder(format!("{name}_total"), &help).labels(labels);
                let counter = counter.register(&registry).unwrap();
                for [one, two] in &series {
                    counter.with([one, two]).inc_by(dice.number().abs());
                    counter.with([one, two]).inc_with_exemplar(exemplar);
                }
            }
            1 => {
                let gauge = Gauge::builder(&name, &help).labels(labels).register(&registry).unwrap();
                for [one, two] in &series {
                    gauge.with([one, two]).set(dice.pick(&[1.0, -1.0, f64::NAN]) * dice.number());
                }
            }
            2 => {
                let histogram = Histogram::builder(format!("{name}_seconds"), &help).unit("seconds");
                let histogram = histogram.buckets(dice.bounds()).labels(labels).register(&registry).unwrap();
                for [one, two] in &series {
                    for _ in 0..dice.roll(9) {
                        let value = dice.pick(&[1.0, 1.0, -1.0]) * dice.number();
                        histogram.with([one, two]).observe_with_exemplar(value, exemplar);
                    }
                }
            }
            _ => {
                let summary = Summary::builder(format!("{name}_bytes"), &help).unit("bytes");
                let summary = summary.quantiles([(0.0, 0.01), (0.5, 0.05), (1.0, 0.01)]).labels(labels);
                let summary = summary.register(&registry).unwrap();
                for [one, two] in &series {
                    (0..dice.roll(9)).for_each(|_| summary.with([one, two]).observe(dice.number()));
                }
            }
        }
    }
    RANDOM_MODE.set(dice.pick(&[Mode::Off, Mode::On, Mode::Between]));
    RANDOM_BUILD { version: dice.text() }.set();
    TARGET { host: dice.text() }.set();
    registry
}
