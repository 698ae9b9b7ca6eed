#[cfg_attr(slow, timed, inline)]
#[::metrics_core::__private_0_1_0::stacked(counted(LOADS_TOTAL))]
#[cfg_attr(test, allow(unused))]
fn load() {}
