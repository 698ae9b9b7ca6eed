#[inline]
#[metrics_core::gauged(B)]
# [metrics_core :: __private_0_1_0 :: stacked (counted (A) , timed (buckets = BOUNDS) ,)]
#[cold]
fn load() {}
