//! Finds the functions of a file, and the places where something has to be written.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Expr, ReturnType, Signature, Stmt, Visibility};

/// A function with a body.
pub(crate) struct Function {
    pub(crate) name: String,
    /// The lines from its first attribute to its last brace.
    pub(crate) lines: Range<usize>,
    /// In front of its attributes and its documentation.
    pub(crate) above: usize,
    /// Behind them, in front of its visibility.
    pub(crate) below: usize,
    /// Behind the brace that opens its body.
    pub(crate) start: usize,
    pub(crate) beat: Beat,
}

/// Where the atomic beside it counts when `#[counted]` does.
pub(crate) enum Beat {
    /// At this place: the start of the body, or of the `async` block at its end.
    At(usize),
    /// When the future that stands here is first polled.
    Future { range: Range<usize>, is_boxed: bool },
}

/// All functions in `source`.
pub(crate) fn find(source: &str) -> syn::Result<Vec<Function>> {
    let mut finder = Finder { functions: Vec::new() };
    finder.visit_file(&syn::parse_file(source)?);
    Ok(finder.functions)
}

struct Finder {
    functions: Vec<Function>,
}

impl Finder {
    fn found(&mut self, attrs: &[Attribute], vis: Option<&Visibility>, signature: &Signature, block: &Block) {
        let head = match vis {
            Some(vis) if !matches!(vis, Visibility::Inherited) => vis.span(),
            _ => signature.span(),
        };
        let below = head.byte_range().start;
        let first = attrs.first().map_or(head, Spanned::span);
        self.functions.push(Function {
            name: signature.ident.to_string(),
            lines: first.start().line..block.brace_token.span.close().end().line + 1,
            above: first.byte_range().start,
            below,
            start: behind_brace(block),
            beat: beat(signature, block),
        });
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.found(&item.attrs, Some(&item.vis), &item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.found(&item.attrs, Some(&item.vis), &item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.found(&item.attrs, None, &item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

fn beat(signature: &Signature, block: &Block) -> Beat {
    let start = Beat::At(behind_brace(block));
    let is_boxed = match &signature.output {
        ReturnType::Default => return start,
        ReturnType::Type(_, ty) => match future(ty) {
            Some(is_boxed) => is_boxed,
            None => return start,
        },
    };
    let Some(Stmt::Expr(tail, None)) = block.stmts.last() else { return start };
    match async_block(tail) {
        Some(block) => Beat::At(behind_brace(block)),
        None => Beat::Future { range: tail.span().byte_range(), is_boxed },
    }
}

fn behind_brace(block: &Block) -> usize {
    block.brace_token.span.open().byte_range().end
}

/// Whether a type is a future that `#[counted]` sees run, and then whether it is boxed.
fn future(ty: &syn::Type) -> Option<bool> {
    match ty {
        syn::Type::ImplTrait(ty) => {
            let is_future = |bound: &syn::TypeParamBound| match bound {
                syn::TypeParamBound::Trait(bound) => last(&bound.path) == "Future",
                _ => false,
            };
            ty.bounds.iter().any(is_future).then_some(false)
        }
        syn::Type::Path(ty) => match last(&ty.path).as_str() {
            "BoxFuture" | "LocalBoxFuture" => Some(true),
            "Pin" => is_boxed_future(&ty.path).then_some(true),
            _ => None,
        },
        _ => None,
    }
}

fn last(path: &syn::Path) -> String {
    path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
}

/// Whether a path is `Pin<Box<dyn Future<…>>>`.
fn is_boxed_future(path: &syn::Path) -> bool {
    let Some(syn::Type::Path(boxed)) = argument(path) else { return false };
    let Some(syn::Type::TraitObject(object)) = argument(&boxed.path) else { return false };
    object.bounds.iter().any(|bound| match bound {
        syn::TypeParamBound::Trait(bound) => last(&bound.path) == "Future",
        _ => false,
    })
}

/// The first type in the angle brackets at the end of a path.
fn argument(path: &syn::Path) -> Option<&syn::Type> {
    let syn::PathArguments::AngleBracketed(arguments) = &path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The `async` block that an expression is, or that `Box::pin` holds.
fn async_block(expr: &Expr) -> Option<&Block> {
    match expr {
        Expr::Async(expr) => Some(&expr.block),
        Expr::Call(call) if call.args.len() == 1 => async_block(call.args.first()?),
        _ => None,
    }
}
