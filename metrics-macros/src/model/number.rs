//! Number literals.

use syn::{Expr, Lit, UnOp};

/// The number, with or without a sign; `None` if it is no literal of one.
pub(crate) fn read_number(element: &Expr) -> Option<f64> {
    match element {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Float(number) => number.base10_parse().ok(),
            Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            read_number(&unary.expr).map(|number| -number)
        }
        Expr::Group(group) => read_number(&group.expr),
        _ => None,
    }
}
