//! What the machine allows: nothing can be faster than the part of these that it needs.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use super::Options;
use crate::harness::{Entry, Figure, Role};
use crate::harness::{Row, WriteRow, clock};

pub(super) fn rows(options: &Options) -> Vec<Row> {
    vec![words(), memory(options)]
}

fn words() -> Row {
    let shared = AtomicU64::new(0);
    let shared_f64 = AtomicU64::new(0);
    let ticks = quanta::Clock::new();
    WriteRow::new("-", "limits: words and clocks")
        .limit("fetch_add", |_| shared.fetch_add(1, Relaxed))
        .limit("f64 compare-and-swap", |_| add_f64(&shared_f64, 1.5))
        .limit("own word", |_| own_word())
        .limit("two quanta raw", |_| {
            black_box(ticks.raw());
            black_box(ticks.raw());
        })
        .limit("two quanta::Instant", |_| {
            black_box(quanta::Instant::now());
            black_box(quanta::Instant::now());
        })
        .limit("two std::time::Instant", |_| {
            black_box(Instant::now());
            black_box(Instant::now());
        })
        .measure()
}

thread_local! {
    static WORDS: [AtomicU64; 8] = const { [const { AtomicU64::new(0) }; 8] };
}

/// A word that one thread owns: load, add, store.
#[inline]
pub(super) fn own_word() {
    WORDS.with(|words| words[0].store(words[0].load(Relaxed).wrapping_add(1), Relaxed));
}

/// Eight of them in turn.
#[inline]
pub(super) fn own_words() {
    WORDS.with(|words| {
        for word in words {
            word.store(word.load(Relaxed).wrapping_add(1), Relaxed);
        }
    });
}

/// What a shared sum costs.
#[inline]
pub(super) fn add_f64(word: &AtomicU64, amount: f64) {
    let add = |bits| Some((f64::from_bits(bits) + amount).to_bits());
    // It can't fail, as it never gives up.
    let _ = word.fetch_update(Relaxed, Relaxed, add);
}

/// The text of a million series is about this long.
const TEXT: usize = 76 << 20;

fn memory(options: &Options) -> Row {
    let rounds = options.pace.long_rounds();
    let source = vec![b'x'; TEXT];
    // The pages of a new buffer are handed out by the kernel one by one.
    let fresh = (0..rounds).map(|_| milliseconds(|| drop(black_box(source.clone())))).collect();
    let mut row = Row::new("-", "limits: copying 76 MiB", "ms", &["CPU time"]);
    for (name, figure) in
        [("memcpy, reused buffer", memcpy(TEXT, rounds)), ("memcpy, new buffer", Figure::of(fresh))]
    {
        row.entries.push(Entry { name, role: Role::Limit, figures: vec![figure] });
    }
    row
}

/// Copying so many bytes into a buffer that is there already.
pub(super) fn memcpy(length: usize, rounds: usize) -> Option<Figure> {
    let source = vec![b'x'; length];
    let mut target = vec![0; length];
    let mut copy = || milliseconds(|| black_box(&mut target).copy_from_slice(black_box(&source)));
    // The first one is handed the pages of both.
    copy();
    Figure::of((0..rounds).map(|_| copy()).collect())
}

/// The processor time that something takes.
pub(super) fn milliseconds(work: impl FnOnce()) -> f64 {
    let start = clock::thread_cpu();
    work();
    (clock::thread_cpu() - start).as_secs_f64() * 1e3
}
