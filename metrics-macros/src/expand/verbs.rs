//! The verbs of a series. Each is one call: hundreds of metrics have to compile quickly.

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;

use crate::expand::site::handle;
use crate::model::kind::Kind;
use crate::runtime::Runtime;

/// What a series of the metric `name` can do.
pub(crate) fn verbs(name: &Ident, kind: Kind, runtime: &Runtime) -> TokenStream {
    let at = name.span();
    if kind == Kind::Info {
        return quote_spanned!(at=> pub fn set(&self) { #name.set(self) });
    }
    let (private, handle) = (runtime.private(), handle(kind, runtime));
    let own = match kind {
        Kind::Counter => of_counter(name, runtime),
        Kind::Gauge => of_gauge(name, runtime),
        Kind::Histogram | Kind::NativeHistogram => {
            let (observer, histogram) = (of_observer(name, &handle, runtime), of_histogram(name, runtime));
            quote_spanned!(at=> #observer #histogram)
        }
        Kind::Summary => of_observer(name, &handle, runtime),
        Kind::Info | Kind::StateSet => TokenStream::new(),
    };
    quote_spanned! {at=>
        #[inline]
        pub fn handle(&self) -> #handle { #name.series(self) }
        #[doc(hidden)]
        pub fn __pinned(&self, pin: &'static #private::Pin) -> #handle { #name.pinned(self, pin) }
        pub fn remove(&self) -> #private::primitive::bool { #name.remove(self) }
        #own
    }
}

fn of_counter(name: &Ident, runtime: &Runtime) -> TokenStream {
    let (at, public, private) = (name.span(), runtime.public(), runtime.private());
    quote_spanned! {at=>
        #[inline]
        pub fn inc(&self) { self.handle().inc() }
        #[inline]
        pub fn inc_by(&self, amount: impl #public::Increment) { self.handle().inc_by(amount) }
        pub fn inc_with_exemplar(&self, exemplar: &[(&#private::primitive::str, &#private::primitive::str)]) {
            self.handle().inc_with_exemplar(exemplar)
        }
        pub fn inc_by_with_exemplar(
            &self,
            amount: impl #public::Increment,
            exemplar: &[(&#private::primitive::str, &#private::primitive::str)],
        ) {
            self.handle().inc_by_with_exemplar(amount, exemplar)
        }
    }
}

fn of_gauge(name: &Ident, runtime: &Runtime) -> TokenStream {
    let (at, public) = (name.span(), runtime.public());
    quote_spanned! {at=>
        #[inline]
        pub fn inc(&self) { self.handle().inc() }
        #[inline]
        pub fn dec(&self) { self.handle().dec() }
        #[inline]
        pub fn inc_by(&self, amount: impl #public::Number) { self.handle().inc_by(amount) }
        #[inline]
        pub fn dec_by(&self, amount: impl #public::Number) { self.handle().dec_by(amount) }
        #[inline]
        pub fn set(&self, value: impl #public::Number) { self.handle().set(value) }
        #[inline]
        pub fn set_to_current_time(&self) { self.handle().set_to_current_time() }
        #[inline]
        pub fn in_flight(&self) -> #public::InFlight { self.handle().in_flight() }
    }
}

/// A histogram of either kind or a summary.
fn of_observer(name: &Ident, handle: &TokenStream, runtime: &Runtime) -> TokenStream {
    let (at, public, private) = (name.span(), runtime.public(), runtime.private());
    quote_spanned! {at=>
        #[inline]
        pub fn observe(&self, value: impl #public::Observation) { self.handle().observe(value) }
        #[inline]
        pub fn start_timer(&self) -> #public::Timer<#handle> { self.handle().start_timer() }
        #[inline]
        pub fn time<__R>(&self, run: impl #private::FnOnce() -> __R) -> __R { self.handle().time(run) }
        #[inline]
        pub fn time_future<__F: #private::Future>(&self, future: __F) -> #public::Timed<__F, #handle> {
            self.handle().time_future(future)
        }
    }
}

fn of_histogram(name: &Ident, runtime: &Runtime) -> TokenStream {
    let (at, public, private) = (name.span(), runtime.public(), runtime.private());
    quote_spanned! {at=>
        pub fn observe_with_exemplar(
            &self,
            value: impl #public::Observation,
            exemplar: &[(&#private::primitive::str, &#private::primitive::str)],
        ) {
            self.handle().observe_with_exemplar(value, exemplar)
        }
    }
}
