//! Call sites whose labels are all constant: their series are found once.

use crate::cell::{Handle, SeriesId};
use crate::family::Pin;
use crate::sync::OnceCell;

/// A call site whose labels are all constant: its series exists from the start and is found without a look-up.
pub struct Row<H> {
    pin: Pin,
    make: fn(&'static Pin) -> H,
    made: OnceCell<H>,
}

impl<H: Handle> Row<H> {
    /// `make` finds the series and pins it.
    pub const fn new(make: fn(&'static Pin) -> H) -> Self {
        Self { pin: Pin::new(), make, made: OnceCell::new() }
    }

    /// The series, looked up again if it was removed since.
    #[inline]
    pub(crate) fn handle(&'static self) -> H {
        let id = self.pin.id();
        match self.made.get() {
            Some(made) if id != SeriesId::UNKNOWN => made.at(id),
            _ => self.find(),
        }
    }

    #[cold]
    fn find(&'static self) -> H {
        let handle = (self.make)(&self.pin);
        self.made.get_or_init(|| handle);
        handle
    }
}

/// A series that shall exist from the start.
pub trait Constant {
    /// Makes it exist.
    fn settle(&'static self);
}

impl<H: Handle + Sync> Constant for Row<H> {
    fn settle(&'static self) {
        // One that was made before, and removed since, stays removed.
        if self.made.get().is_none() {
            self.find();
        }
    }
}
