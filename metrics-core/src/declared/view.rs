//! What all declared metrics share: the series by their labels.

/// Gives a declared metric its constructor, its series by labels, and `Debug`.
///
/// A macro and no generic type, so that a user's documentation and compiler messages say `Counter`, not a word that he
/// never wrote. `$find` makes the handle of a series from its id.
macro_rules! view {
    ($view:ident, $handle:ident, |$cell:ident, $id:ident| $find:expr) => {
        impl<L> $view<L> {
            #[doc(hidden)]
            pub const fn declared(cell: &'static Declared) -> Self {
                Self { cell, labels: PhantomData }
            }

            pub(crate) fn cell(&self) -> &'static Declared {
                self.cell
            }
        }

        impl<L> $view<L> {
            /// The one series of a metric without labels, for code that does not care where it comes from.
            #[inline]
            pub fn handle(&self) -> $handle
            where
                L: NoLabels,
            {
                let ($cell, $id) = (self.cell, self.cell.fixed());
                $find
            }
        }

        /// With labels it has a series for each combination of their values.
        impl<L: Labels> $view<L> {
            /// Removes every series that carries all these labels, and returns how many there were.
            ///
            /// A label name that the metric does not have matches no series. What is written through a handle of a
            /// removed series is dropped.
            pub fn remove_matching<'a>(&self, labels: impl AsRef<[(&'a str, &'a str)]>) -> usize {
                self.cell.family().map_or(0, |family| family.remove_matching(labels.as_ref()))
            }

            /// Removes all series.
            pub fn clear(&self) {
                if let Some(family) = self.cell.family() {
                    family.clear();
                }
            }

            fn find<S: Labels<Family = L>>(&self, labels: &S) -> Option<$handle> {
                let $cell = self.cell;
                let family = $cell.family()?;
                let $id = labels.with_values(|values| family.find(values))?;
                Some($find)
            }

            #[doc(hidden)]
            #[inline]
            pub fn series<S: Labels<Family = L>>(&self, labels: &S) -> $handle {
                let $cell = self.cell;
                let $id = $cell.labelled(labels);
                $find
            }

            #[doc(hidden)]
            pub fn pinned<S: Labels<Family = L>>(&self, labels: &S, pin: &'static Pin) -> $handle {
                let $cell = self.cell;
                let $id = labels.with_values(|values| $cell.pinned(values, pin));
                $find
            }

            #[doc(hidden)]
            pub fn remove<S: Labels<Family = L>>(&self, labels: &S) -> bool {
                labels.with_values(|values| self.cell.family().is_some_and(|family| family.remove(values)))
            }
        }

        impl<L> fmt::Debug for $view<L> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($view)).field(&self.cell.spec.name()).finish()
            }
        }
    };
}

/// Gives a declared metric without labels the verbs of those that observe.
macro_rules! observing {
    ($view:ident, $handle:ident) => {
        /// Without labels the metric is its one series. The bound stands on each verb: on the `impl` it would hide its message.
        impl<L> $view<L> {
            /// Counts a value: an `f64`, or a [`Duration`](std::time::Duration) in seconds; see the handle's `observe`.
            #[inline]
            pub fn observe(&self, value: impl Observation)
            where
                L: NoLabels,
            {
                self.handle().observe(value);
            }

            /// Starts a timer; its time is observed when it is dropped.
            pub fn start_timer(&self) -> Timer<$handle>
            where
                L: NoLabels,
            {
                self.handle().start_timer()
            }

            /// Runs `work` and observes the seconds it took, also if it panics.
            pub fn time<R>(&self, work: impl FnOnce() -> R) -> R
            where
                L: NoLabels,
            {
                self.handle().time(work)
            }

            /// Wraps `future`; the seconds from its first poll to its end are observed, however it ends.
            pub fn time_future<F: Future>(&self, future: F) -> Timed<F, $handle>
            where
                L: NoLabels,
            {
                self.handle().time_future(future)
            }
        }
    };
}

pub(crate) use observing;
pub(crate) use view;
