//! Native histograms count as the Go client's do, in any number of threads, and lose nothing when they change their
//! resolution.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use metrics_core::{NativeHistogram, NativeHistogramHandle, NativeSnapshot, Registry};
use proptest::prelude::*;

/// A histogram without classic buckets, in a registry of its own, which lives as long as the handle.
fn histogram(factor: f64, options: Options) -> NativeHistogramHandle {
    let Options { zero, most, max_zero } = options;
    let builder = NativeHistogram::builder("n", "N.").factor(factor).native_only().min_reset(Duration::ZERO);
    let builder = builder.max_buckets(most).max_zero_threshold(max_zero);
    let builder = if let Some(zero) = zero { builder.zero_threshold(zero) } else { builder };
    builder.register(Box::leak(Box::default())).unwrap().handle()
}

#[derive(Clone, Copy, Default)]
struct Options {
    zero: Option<f64>,
    most: u32,
    max_zero: f64,
}

fn observed(factor: f64, options: Options, values: &[f64]) -> NativeSnapshot {
    let histogram = histogram(factor, options);
    for value in values {
        histogram.observe(*value);
    }
    histogram.snapshot()
}

/// Spans and deltas as they are sent.
fn sent(buckets: &[(i32, u64)]) -> (Vec<(i32, u32)>, Vec<i64>) {
    let spans = NativeSnapshot::spans(buckets);
    (spans.spans, spans.deltas)
}

const NEAR_ONE: [f64; 6] = [0.0, 1.0, 1.2, 1.4, 1.8, 2.0];
const MANY: [f64; 14] = [0.015_625_1, 0.0625, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 3.5, 5.0, 6.0, 7.0, 33.33];
const DEFAULT_ZERO: f64 = 2.938_735_877_055_719e-39;

/// The rows of Go's `TestNativeHistogram`.
#[test]
fn values_are_counted_as_in_the_norm() {
    let none = Options::default();
    let one = observed(1.1, none, &[0.0, 1.0, 2.0, 3.0]);
    assert_eq!((one.schema, one.zero_threshold, one.zero_count), (3, DEFAULT_ZERO, 1));
    assert_eq!(sent(&one.positive), (vec![(0, 1), (7, 1), (4, 1)], vec![1, 0, 0]));
    assert_eq!((one.count, one.sum), (4, 6.0));

    let two = observed(1.2, none, &NEAR_ONE);
    assert_eq!((two.schema, two.zero_count), (2, 1));
    assert_eq!(sent(&two.positive), (vec![(0, 5)], vec![1, -1, 2, -2, 2]));
    let mirrored = observed(1.2, none, &NEAR_ONE.map(|value| -value));
    assert_eq!((mirrored.negative, mirrored.positive), (two.positive, vec![]));
    assert_eq!((mirrored.zero_count, mirrored.sum), (1, -two.sum));

    let coarse = observed(4.0, none, &MANY);
    assert_eq!((coarse.schema, coarse.zero_count), (-1, 0));
    assert_eq!(sent(&coarse.positive), (vec![(-2, 6)], vec![2, 0, 0, 2, -1, -2]));
    let coarser = observed(17.0, none, &MANY);
    assert_eq!(coarser.schema, -2);
    assert_eq!(sent(&coarser.positive), (vec![(-1, 4)], vec![2, 2, 3, -6]));
}

/// Zero threshold and infinities, as in Go.
#[test]
fn zero_and_infinity_are_counted_as_in_the_norm() {
    let both: Vec<f64> = NEAR_ONE.into_iter().chain(NEAR_ONE[1..].iter().map(|value| -value)).collect();
    let wide = observed(1.2, Options { zero: Some(1.4), ..Options::default() }, &both);
    assert_eq!((wide.zero_threshold, wide.zero_count), (1.4, 7));
    assert_eq!(sent(&wide.positive), (vec![(4, 1)], vec![2]));
    assert_eq!(wide.negative, wide.positive);

    let infinite: Vec<f64> = NEAR_ONE.into_iter().chain([f64::INFINITY]).collect();
    let up = observed(1.2, Options::default(), &infinite);
    assert_eq!(sent(&up.positive), (vec![(0, 5), (4092, 1)], vec![1, -1, 2, -2, 2, -1]));
    assert_eq!((up.sum, up.count), (f64::INFINITY, 7));

    let infinite: Vec<f64> = NEAR_ONE.into_iter().chain([f64::NEG_INFINITY]).collect();
    let down = observed(1.2, Options::default(), &infinite);
    assert_eq!(sent(&down.negative), (vec![(4097, 1)], vec![1]));
    assert_eq!(down.sum, f64::NEG_INFINITY);
}

/// The limit on the number of buckets, as in Go.
#[test]
fn too_many_buckets_are_made_fewer_as_in_the_norm() {
    let values = [0.0, 1.0, 1.1, 1.2, 1.4, 1.8, 2.0, 3.0];
    let halved = observed(1.2, Options { most: 4, ..Options::default() }, &values);
    assert_eq!((halved.schema, halved.zero_threshold, halved.zero_count), (1, DEFAULT_ZERO, 1));
    assert_eq!(sent(&halved.positive), (vec![(0, 5)], vec![1, 2, -1, -2, 1]));
    assert_eq!((halved.count, halved.sum), (8, 11.5));

    let widening = Options { most: 4, max_zero: 1.2, ..Options::default() };
    let widened = observed(1.2, widening, &values);
    assert_eq!((widened.schema, widened.zero_threshold, widened.zero_count), (2, 1.0, 2));
    assert_eq!(sent(&widened.positive), (vec![(1, 7)], vec![1, 1, -2, 2, -2, 0, 1]));

    let more: Vec<f64> = values.into_iter().chain([4.0]).collect();
    let wider = observed(1.2, widening, &more);
    assert_eq!((wider.schema, wider.zero_threshold, wider.zero_count), (2, 1.189_207_115_002_721, 3));
    assert_eq!(sent(&wider.positive), (vec![(2, 7)], vec![2, -2, 2, -2, 0, 1, 0]));
    assert_eq!((wider.count, wider.sum), (9, 15.5));

    let everywhere: Vec<f64> = (-300..300).map(|power| 10_f64.powi(power)).collect();
    let coarsest = observed(1.1, Options { most: 1, ..Options::default() }, &everywhere);
    assert_eq!((coarsest.schema, coarsest.count), (-4, 600), "there is nothing coarser");
}

/// A text reader gets the classic buckets, and they agree with the exponential ones.
#[test]
fn text_shows_the_classic_buckets() {
    let registry = Registry::new();
    let both =
        NativeHistogram::builder("both", "Both.").buckets([0.0, 1.0, 2.5]).register(&registry).unwrap();
    let only = NativeHistogram::builder("only", "Only.").native_only().register(&registry).unwrap();
    for value in [-1.0, 0.0, 1.0, 2.0, 2.5, 3.0, f64::INFINITY] {
        both.handle().observe(value);
        only.handle().observe(value.min(10.0));
    }
    let text = registry.render();
    let wanted = "# TYPE both histogram\nboth_bucket{le=\"0\"} 2\nboth_bucket{le=\"1\"} 3\nboth_bucket{le=\"2.5\"} 5\n\
                  both_bucket{le=\"+Inf\"} 7\nboth_sum +Inf\nboth_count 7\n";
    assert!(text.contains(wanted), "{text}");
    let wanted = "# TYPE only histogram\nonly_bucket{le=\"+Inf\"} 7\nonly_sum 17.5\nonly_count 7\n";
    assert!(text.contains(wanted), "{text}");
}

#[test]
fn nan_is_dropped_and_counted() {
    let registry = Registry::new();
    let family = NativeHistogram::builder("n_seconds", "N.").register(&registry).unwrap();
    family.handle().observe(f64::NAN);
    family.handle().observe(1.0);
    assert_eq!((family.handle().count(), family.handle().sum()), (1, 1.0));
    let text = registry.render();
    assert!(text.contains("metrics_core_dropped_observations_total{metric=\"n_seconds\"} 1\n"), "{text}");
}

/// All that is wrong is said at once.
#[test]
fn mistakes_are_told_by_the_builder() {
    let registry = Registry::new();
    let builder = NativeHistogram::builder("n", "N.").factor(1.0).zero_threshold(-1.0);
    let bounds: Vec<f64> = (0..101).map(f64::from).collect();
    let error = builder.max_zero_threshold(f64::NAN).buckets(bounds).register(&registry).unwrap_err();
    let text = error.to_string();
    for word in ["`factor` is above 1", "`zero_threshold` is", "`max_zero_threshold` is"] {
        assert!(text.contains(word), "{text}");
    }
}

/// While threads come, write and go, and the resolution changes under them, nothing is lost, and count and sum agree in
/// every snapshot.
#[test]
fn nothing_is_lost_by_changes_of_resolution() {
    const THREADS: u32 = 4;
    const EACH: u32 = 30_000;
    for (most, max_zero) in [(0, 0.0), (10, 0.0), (10, 1e-3)] {
        let histogram = histogram(1.02, Options { most, max_zero, ..Options::default() });
        let ended = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..THREADS)
                .map(|thread| {
                    scope.spawn(move || {
                        for step in 0..EACH {
                            // Powers of two, so that sums are exact: wider and wider apart.
                            let wide = (step * 64 / EACH) as i32;
                            let power = (step + thread) as i32 % (wide + 1) - wide / 2;
                            histogram.observe(2_f64.powi(power.clamp(-20, 20)));
                        }
                    })
                })
                .collect();
            scope.spawn(|| {
                while !ended.load(Ordering::Relaxed) {
                    let told = histogram.snapshot();
                    let counts = told.positive.iter().map(|(_, count)| count).sum::<u64>();
                    assert_eq!(counts + told.zero_count, told.count);
                    assert!(most == 0 || told.positive.len() <= 2 * most as usize);
                }
            });
            for writer in writers {
                writer.join().unwrap();
            }
            ended.store(true, Ordering::Relaxed);
        });
        let sum: f64 = (0..THREADS)
            .flat_map(|thread| (0..EACH).map(move |step| (thread, step)))
            .map(|(thread, step)| {
                let wide = (step * 64 / EACH) as i32;
                2_f64.powi(((step + thread) as i32 % (wide + 1) - wide / 2).clamp(-20, 20))
            })
            .sum();
        let told = histogram.snapshot();
        assert_eq!((told.count, told.sum), (u64::from(THREADS * EACH), sum));
        assert!(most == 0 || told.positive.len() <= most as usize);
    }
}

/// Every value is the same one, so that a sum that is not the one of its count is seen at once. Of a thread that is suspended
/// within an observation, or never pauses, the sum may be a little ahead; it is never behind.
#[test]
fn count_and_sum_agree_while_threads_write() {
    let histogram = histogram(1.1, Options::default());
    let ended = Arc::new(AtomicBool::new(false));
    let writer = {
        let ended = Arc::clone(&ended);
        std::thread::spawn(move || {
            while !ended.load(Ordering::Relaxed) {
                histogram.observe(3.0);
            }
        })
    };
    for _ in 0..20_000 {
        let told = histogram.snapshot();
        let ahead = told.sum - 3.0 * told.count as f64;
        assert!((0.0..3_000.0).contains(&ahead) && ahead % 3.0 == 0.0, "{told:?}");
    }
    ended.store(true, Ordering::Relaxed);
    writer.join().unwrap();
}

#[test]
fn a_removed_series_counts_no_more() {
    let registry = Registry::new();
    let family = NativeHistogram::builder("n", "N.").labels(["l"]).register(&registry).unwrap();
    let old = family.with(["a"]);
    (0..10).for_each(|_| old.observe(1.0));
    assert!(family.remove(["a"]));
    (0..10).for_each(|_| old.observe(1.0));
    assert_eq!(old.snapshot(), NativeSnapshot::default());
    let new = family.with(["a"]);
    new.observe(2.0);
    assert_eq!((new.count(), new.sum()), (1, 2.0));
}

proptest! {
    /// Whatever is observed, buckets are where their bounds say.
    #[test]
    fn every_value_is_in_its_bucket(values in prop::collection::vec(any::<f64>(), 1..60), factor in 1.003..70_000.0) {
        let numbers: Vec<f64> = values.into_iter().filter(|value| !value.is_nan()).collect();
        let told = observed(factor, Options::default(), &numbers);
        prop_assert_eq!(told.count, numbers.len() as u64);
        let within = |low: f64, high: f64| numbers.iter().filter(|value| low < **value && **value <= high).count();
        for (key, count) in &told.positive {
            let found = within(told.bound(key - 1).max(told.zero_threshold), told.bound(*key));
            prop_assert_eq!(found as u64, *count);
        }
        let below = |low: f64, high: f64| numbers.iter().filter(|value| low <= **value && **value < high).count();
        for (key, count) in &told.negative {
            let found = below(-told.bound(*key), (-told.bound(key - 1)).min(-told.zero_threshold));
            prop_assert_eq!(found as u64, *count);
        }
    }
}
