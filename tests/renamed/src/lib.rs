//! A crate of edition 2021 that knows `metrics-core` by another name, and another crate as `core`.
#![deny(warnings)]

/// What is counted.
pub mod shop {
    use instruments::{LabelValue, Outcome, counted, gauged, metrics, timed};

    /// How something is paid.
    #[derive(Clone, Copy, Debug, LabelValue)]
    #[label(crate = instruments)]
    pub enum Payment {
        /// In coins.
        Cash,
        /// With a card.
        Card,
    }

    metrics! {
        #![crate(instruments)]

        /// Sales by payment.
        pub static SALES_TOTAL: Counter<payment: Payment, outcome: Outcome>;

        /// Sales that run.
        pub static SALES_RUNNING: Gauge;
    }

    /// Sells something.
    ///
    /// # Errors
    ///
    /// If there is nothing to sell.
    #[counted(SALES_TOTAL { payment }, outcome, crate = instruments)]
    #[timed(crate = instruments, outcome)]
    #[gauged(SALES_RUNNING, crate = instruments)]
    pub fn sell(payment: Payment, items: u8) -> Result<u8, String> {
        items.checked_sub(1).ok_or_else(|| format!("nothing to pay for with {payment:?}"))
    }

    /// Sells something later.
    #[instruments::timed(crate = instruments, busy)]
    #[instruments::counted(crate = ::instruments, labels { sold: |sold| *sold })]
    pub async fn sell_later(items: u8) -> bool {
        std::future::ready(()).await;
        sell(Payment::Cash, items).is_ok()
    }

    /// Sells something to who waits.
    #[counted(crate = instruments)]
    pub fn sell_boxed(items: u8) -> std::pin::Pin<Box<dyn std::future::Future<Output = bool>>> {
        let sold = sell_later(items);
        Box::pin(sold)
    }

    /// A till.
    #[derive(Debug)]
    pub struct Till;

    #[counted(crate = instruments)]
    #[timed(crate = instruments)]
    impl Till {
        /// Opens it.
        pub fn open(&self) {}

        /// Closes it.
        #[counted(skip)]
        pub fn close(&self) {}
    }
}

#[cfg(test)]
mod tests {
    use super::shop::{Payment, SALES_TOTAL, Till, sell};
    use instruments::Outcome;

    #[test]
    fn everything_records() {
        assert!(sell(Payment::Card, 1).is_ok() && sell(Payment::Card, 0).is_err());
        let card = |outcome| SALES_TOTAL.get(SALES_TOTAL { payment: Payment::Card, outcome });
        assert_eq!((card(Outcome::Ok), card(Outcome::Err)), (Some(1.0), Some(1.0)));
        Till.open();
        Till.close();
        let text = instruments::render();
        let open = r#"metrics_renamed_tests_open_calls_total{function="Till::open",module="metrics_renamed_tests::shop"} 1"#;
        assert!(text.contains(open), "{text}");
        assert!(!text.contains("metrics_renamed_tests_close_calls_total"));
    }
}
