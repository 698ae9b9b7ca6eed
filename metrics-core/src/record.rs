//! The off switch: what the feature `record` makes of the rest of the crate.
//!
//! Everything is compiled either way; where nothing is recorded, a constant cuts it off at its entrances, and what a
//! guard would hold is gone.

/// Whether anything is recorded.
pub const RECORD: bool = cfg!(feature = "record");

/// What is held until a recording ends. Without the feature `record` it holds nothing and has no size, but is `Send`
/// where it would be. It is not `Copy`: an `async` block takes what is not, also without `move`.
#[cfg(feature = "record")]
#[derive(Debug)]
pub struct Recorded<T>(T);

#[cfg(feature = "record")]
#[allow(clippy::unnecessary_wraps, reason = "there is nothing to get without the feature")]
impl<T> Recorded<T> {
    /// What `make` makes.
    #[inline]
    pub(crate) fn new(make: impl FnOnce() -> T) -> Self {
        Self(make())
    }

    /// Stands where nothing is recorded.
    #[allow(clippy::panic, reason = "never called")]
    pub fn off() -> Self {
        unreachable!("it stands behind `RECORD`")
    }

    #[inline]
    pub(crate) fn get(&self) -> Option<&T> {
        Some(&self.0)
    }

    #[inline]
    pub(crate) fn get_mut(&mut self) -> Option<&mut T> {
        Some(&mut self.0)
    }

    #[inline]
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Recorded<U> {
        Recorded(change(self.0))
    }

    #[inline]
    pub(crate) fn as_mut(&mut self) -> Recorded<&mut T> {
        Recorded(&mut self.0)
    }
}

/// The same without the feature.
#[cfg(not(feature = "record"))]
#[derive(Debug)]
pub struct Recorded<T>(std::marker::PhantomData<T>);

#[cfg(not(feature = "record"))]
#[allow(clippy::unused_self, reason = "there is nothing to look at")]
impl<T> Recorded<T> {
    /// Nothing; `make` is not called.
    #[inline]
    pub(crate) fn new(_: impl FnOnce() -> T) -> Self {
        Self::off()
    }

    /// Stands where nothing is recorded.
    #[inline]
    pub const fn off() -> Self {
        Self(std::marker::PhantomData)
    }

    #[inline]
    pub(crate) fn get(&self) -> Option<&T> {
        None
    }

    #[inline]
    pub(crate) fn get_mut(&mut self) -> Option<&mut T> {
        None
    }

    #[inline]
    pub(crate) fn map<U>(self, _: impl FnOnce(T) -> U) -> Recorded<U> {
        Recorded::off()
    }

    #[inline]
    pub(crate) fn as_mut(&mut self) -> Recorded<&mut T> {
        Recorded::off()
    }
}
