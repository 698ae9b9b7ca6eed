//! Native histograms against the Go client, which defines what they are: the same observations give the same buckets.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use metrics_core::{NativeHistogram, NativeSnapshot, Registry};
use metrics_tests_support::program;

/// The options of one histogram and what is observed.
struct Case {
    factor: f64,
    zero: f64,
    most: u32,
    max_zero: f64,
    values: Vec<f64>,
}

impl Case {
    /// As the Go program reads it.
    fn line(&self) -> String {
        let values = self.values.iter().map(|value| match *value {
            f64::INFINITY => "+Inf".to_owned(),
            f64::NEG_INFINITY => "-Inf".to_owned(),
            value => format!("{value:e}"),
        });
        // To the Go client 0 is its default, and a negative number is 0.
        let zero = if self.zero == 0.0 { -1.0 } else { self.zero };
        let options = format!("{} {zero:e} {} {:e}", self.factor, self.most, self.max_zero);
        std::iter::once(options).chain(values).collect::<Vec<_>>().join(" ")
    }

    fn ours(&self) -> NativeSnapshot {
        let registry = Registry::new();
        let builder = NativeHistogram::builder("n", "N.").factor(self.factor).native_only();
        let builder = builder.zero_threshold(self.zero).max_buckets(self.most).min_reset(Duration::ZERO);
        let family = builder.max_zero_threshold(self.max_zero).register(&registry).unwrap();
        self.values.iter().for_each(|value| family.handle().observe(*value));
        family.handle().snapshot()
    }
}

/// As the Go program prints it.
fn printed(told: &NativeSnapshot) -> String {
    let NativeSnapshot { count, schema, zero_threshold, zero_count, .. } = told;
    format!(
        "{count} {schema} {zero_threshold:e} {zero_count}{}{}",
        side(&told.positive),
        side(&told.negative)
    )
}

fn side(buckets: &[(i32, u64)]) -> String {
    let sent = NativeSnapshot::spans(buckets);
    let spans = sent.spans.iter().map(|(offset, length)| format!("{offset}:{length}"));
    let deltas = sent.deltas.iter().map(ToString::to_string);
    let words: Vec<String> = spans.chain([";".to_owned()]).chain(deltas).collect();
    format!(" | {}", words.join(" "))
}

/// The same as `line`, with the zero threshold written as we do.
fn normal(line: &str) -> String {
    let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    words[2] = format!("{:e}", words[2].parse::<f64>().expect("the third word is a threshold"));
    words.join(" ")
}

fn build() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let built = target.join("client_golang");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/client_golang/main.go");
    assert!(
        Path::new("/usr/share/gocode/src/github.com/prometheus/client_golang").is_dir(),
        "the Go client is missing: Debian's package `golang-github-prometheus-client-golang-dev` has it, and \
         `tests/run` installs it"
    );
    let output = Command::new(program::find("go", "golang-go"))
        .args(["build", "-o"])
        .args([&built, Path::new(source)])
        .env("GO111MODULE", "off")
        .env("GOFLAGS", "")
        .env("GOPATH", format!("{}:/usr/share/gocode", target.join("go").display()))
        .env("GOCACHE", target.join("go-cache"))
        .output()
        .expect("go starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    built
}

/// Uniform numbers in [0, 1), the same ones in each run.
fn random() -> impl FnMut() -> f64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Values of all sizes: latencies, both signs, extremes, and numbers on the bounds themselves.
fn values(random: &mut impl FnMut() -> f64, case: u32, is_coarse: bool) -> Vec<f64> {
    let mut values: Vec<f64> = (0..300)
        .map(|_| match case % 5 {
            0 => 0.001 * 10_f64.powf(4.0 * random()),
            1 => random().mul_add(2.0, -1.0) * 2_f64.powf(random().mul_add(40.0, -20.0)),
            2 => (random().mul_add(64.0, -32.0).floor() / 8.0).exp2(),
            3 => f64::from_bits((random() * 9.2e18) as u64).min(f64::MAX),
            _ => (random() * 5.0).floor() / 10.0,
        })
        .filter(|value| !value.is_nan())
        .collect();
    if case.is_multiple_of(7) {
        values.extend([0.0, 5e-324, f64::MIN_POSITIVE, f64::MAX, f64::MIN, f64::INFINITY, f64::NEG_INFINITY]);
    }
    if is_coarse {
        // Version 1.14, Debian's, rounds small numbers up into the wrong bucket where one spans several octaves; later
        // ones do not.
        values
            .iter_mut()
            .filter(|value| value.abs() < 1.0 && **value != 0.0)
            .for_each(|value| *value = value.recip());
    }
    // The Go client takes one step for each observation that finds too many buckets; here it has done all of them.
    let last = values[values.len() - 1];
    values.extend([last; 16]);
    values
}

#[test]
fn the_same_observations_give_the_same_buckets() {
    let mut random = random();
    let factors = [1.1, 1.002, 1.005, 1.02, 1.2, 1.5, 2.0, 4.0, 17.0, 70_000.0];
    let limits = [(0, 0.0), (160, 0.0), (20, 0.0), (20, 0.01), (5, 1e9)];
    let zeros = [2_f64.powi(-128), 0.0, 0.01];
    let cases: Vec<Case> = (0..600_u32)
        .map(|case| {
            let (most, max_zero) = limits[case as usize / 10 % limits.len()];
            // Where nothing makes buckets few enough, it counts when which step was taken.
            let max_zero = if case % 5 == 3 { 0.0 } else { max_zero };
            let (factor, zero) = (factors[case as usize % factors.len()], zeros[case as usize / 50 % 3]);
            let is_coarse = factor > 2.0 || most > 0;
            Case { factor, zero, most, max_zero, values: values(&mut random, case, is_coarse) }
        })
        .collect();
    let input: String = cases.iter().map(|case| case.line() + "\n").collect();
    let output = program::feed(&mut Command::new(build()), input.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let theirs = String::from_utf8(output.stdout).expect("the program prints text");
    assert_eq!(theirs.lines().count(), cases.len());
    for (case, theirs) in cases.iter().zip(theirs.lines()) {
        assert_eq!(printed(&case.ours()), normal(theirs), "{}", case.line());
    }
}
