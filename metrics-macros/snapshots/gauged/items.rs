#[async_trait]
impl<T> Load for Shop<T> {
    const N: u8 = 1;
    # [:: metrics_core :: gauged (function = "Shop::load" , labels { kind : KIND } ,)]
    #[doc = " Loads."]
    async fn load(&self) {}
    fn other(&self) {}
    # [:: metrics_core :: gauged (function = "Shop::third" , labels { kind : KIND } ,)]
    #[inline]
    fn third() {}
}
