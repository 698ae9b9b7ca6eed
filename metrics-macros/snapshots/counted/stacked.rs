# [timed (buckets = [0.1 , 1.0] , __with (counted (LOADS_TOTAL)))]
#[gauged]
fn load() {}
