#[inline]
# [metrics_core :: gauged (B , __with (counted (A) , timed (buckets = BOUNDS ,)))]
fn load() {}
