# [timed (buckets = [0.1 , 1.0] ,)]
#[gauged]
#[::metrics_core::__private_0_1_0::stacked(counted(LOADS_TOTAL))]
fn load() {}
