//! Options of `#[label]`.
use metrics_core::LabelValue;

#[derive(LabelValue)]
#[label(rename_all = "Snake_case", renam_all = "lowercase", rename = "a")]
#[label]
#[label(rename_all = snake_case)]
enum Wrong {
    #[label(rename_all = "lowercase")]
    A,
    #[label(nme = "b", rename = 5, rename)]
    B,
    #[label(rename = "c", rename = "d")]
    C,
    #[label = "d"]
    D,
    #[label("e")]
    E,
}

#[derive(LabelValue)]
#[label(rename_all = "shouting")]
enum Spelling {
    A,
}

#[derive(LabelValue)]
#[label(crate = nowhere)]
enum Nowhere {
    A,
}

fn main() {
    let _ = Wrong::A.index();
}
