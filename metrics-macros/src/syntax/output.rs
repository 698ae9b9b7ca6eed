//! What a function returns, as a type that can stand in its body.

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::{GenericArgument, PathArguments, PathSegment, ReturnType, Type, TypeParamBound};

use crate::runtime::span;
use crate::syntax::function::{Function, Runs};

impl Function {
    /// Whether it returns `!`, so that there is never a result.
    pub(crate) fn is_never(&self) -> bool {
        matches!(self.output(), Some(Type::Never(_)))
    }

    /// The type of the result, with `_` for each `impl Trait`.
    pub(crate) fn result(&self) -> TokenStream {
        let output = self.output().map(|output| inferred(output.to_token_stream()));
        output.unwrap_or_else(|| quote_spanned!(span()=> ()))
    }

    /// The same of the future that it returns; `_` if the signature doesn't tell.
    pub(crate) fn future_result(&self) -> TokenStream {
        let output = self.output().and_then(future_output).map(|output| inferred(output.to_token_stream()));
        output.unwrap_or_else(|| quote_spanned!(span()=> _))
    }

    /// Whether it is no `async fn`, but returns a future: its body only makes the work, it doesn't do it.
    pub(crate) fn returns_future(&self) -> bool {
        let is_future = || self.output().and_then(future).is_some();
        self.signature.asyncness.is_none() && self.said.map_or_else(is_future, |said| said == Runs::Async)
    }

    /// Whether it is an `async fn` whose result is a future again.
    pub(crate) fn makes_future(&self) -> bool {
        self.signature.asyncness.is_some() && self.output().and_then(future).is_some()
    }

    /// Whether the return type sounds like a future, and only rustc knows whether it is one.
    pub(crate) fn may_return_future(&self) -> bool {
        let sounds = |output: &Type| match output {
            Type::Path(output) => output.path.segments.last().is_some_and(|last| {
                let name = last.ident.to_string();
                name.ends_with("Future") || name.ends_with("Fut")
            }),
            _ => false,
        };
        let output = self.output().filter(|_| self.signature.asyncness.is_none() && self.said.is_none());
        output.is_some_and(|output| future(output).is_none() && sounds(output))
    }

    /// What kind of future it returns, if the signature tells one that another future can stand for.
    pub(crate) fn future(&self) -> Option<FutureType> {
        self.output().and_then(future).filter(|future| *future != FutureType::Other)
    }

    fn output(&self) -> Option<&Type> {
        match &self.signature.output {
            ReturnType::Type(_, output) => Some(output),
            ReturnType::Default => None,
        }
    }
}

/// Kinds of futures in a signature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FutureType {
    /// `impl Future`: any future will do.
    Opaque,
    /// `Pin<Box<dyn Future>>`, `BoxFuture`, `LocalBoxFuture`: any pinned one will.
    Boxed,
    /// A future, but more than that.
    Other,
}

/// The kind of future that `output` is, if it is one by its spelling.
fn future(output: &Type) -> Option<FutureType> {
    match output {
        Type::ImplTrait(output) => bounds(&output.bounds, FutureType::Opaque),
        Type::Paren(output) => future(&output.elem),
        Type::Group(output) => future(&output.elem),
        Type::Path(output) => output.path.segments.last().and_then(segment),
        _ => None,
    }
}

fn bounds<'a>(
    bounds: impl IntoIterator<Item = &'a TypeParamBound> + Clone,
    alone: FutureType,
) -> Option<FutureType> {
    let name = |bound: &TypeParamBound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    };
    let names: Vec<String> = bounds.into_iter().filter_map(name).collect();
    let known = |name: &String| matches!(name.as_str(), "Future" | "Send" | "Sync");
    let kind = if names.iter().all(known) { alone } else { FutureType::Other };
    names.iter().any(|name| name == "Future").then_some(kind)
}

fn segment(segment: &PathSegment) -> Option<FutureType> {
    let mut types = arguments(segment).filter_map(|argument| match argument {
        GenericArgument::Type(argument) => Some(argument),
        _ => None,
    });
    match segment.ident.to_string().as_str() {
        "BoxFuture" | "LocalBoxFuture" => Some(FutureType::Boxed),
        "Pin" => types.find_map(|inner| match inner {
            Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Box") => {
                boxed(inner, FutureType::Boxed)
            }
            _ => future(inner).map(|_| FutureType::Other),
        }),
        "Box" => types.find_map(|inner| object(inner, FutureType::Other)),
        _ => None,
    }
}

fn boxed(inner: &Type, alone: FutureType) -> Option<FutureType> {
    let Type::Path(path) = inner else { return None };
    arguments(path.path.segments.last()?).find_map(|argument| match argument {
        GenericArgument::Type(argument) => object(argument, alone),
        _ => None,
    })
}

fn object(object: &Type, alone: FutureType) -> Option<FutureType> {
    match object {
        Type::TraitObject(object) => bounds(&object.bounds, alone),
        Type::Paren(inner) => self::object(&inner.elem, alone),
        Type::Group(inner) => self::object(&inner.elem, alone),
        other => future(other).map(|_| FutureType::Other),
    }
}

/// `T` of `impl Future<Output = T>`, `Pin<Box<dyn Future<Output = T>>>` and `BoxFuture<'_, T>`.
fn future_output(output: &Type) -> Option<&Type> {
    match output {
        Type::ImplTrait(output) => output.bounds.iter().find_map(bound_output),
        Type::TraitObject(output) => output.bounds.iter().find_map(bound_output),
        Type::Paren(output) => future_output(&output.elem),
        Type::Group(output) => future_output(&output.elem),
        Type::Path(output) => output.path.segments.last().and_then(segment_output),
        _ => None,
    }
}

fn bound_output(bound: &TypeParamBound) -> Option<&Type> {
    let TypeParamBound::Trait(bound) = bound else { return None };
    arguments(bound.path.segments.last()?).find_map(|argument| match argument {
        GenericArgument::AssocType(output) if output.ident == "Output" => Some(&output.ty),
        _ => None,
    })
}

fn segment_output(segment: &PathSegment) -> Option<&Type> {
    let mut types = arguments(segment).filter_map(|argument| match argument {
        GenericArgument::Type(argument) => Some(argument),
        _ => None,
    });
    match segment.ident.to_string().as_str() {
        "BoxFuture" | "LocalBoxFuture" => types.next(),
        "Pin" | "Box" => types.find_map(future_output),
        _ => None,
    }
}

fn arguments(segment: &PathSegment) -> impl Iterator<Item = &GenericArgument> {
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => Some(arguments.args.iter()),
        _ => None,
    };
    arguments.into_iter().flatten()
}

/// Writes `_` for each `impl Trait`, however deep it stands.
fn inferred(ty: TokenStream) -> TokenStream {
    let mut inferred = TokenStream::new();
    let mut tokens = ty.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "impl" => {
                skip_bounds(&mut tokens);
                inferred.extend(quote_spanned!(word.span()=> _));
            }
            TokenTree::Group(group) => {
                let mut other = Group::new(group.delimiter(), self::inferred(group.stream()));
                other.set_span(group.span());
                inferred.extend([TokenTree::Group(other)]);
            }
            other => inferred.extend([other]),
        }
    }
    inferred
}

/// Leaves out everything up to the `,`, `;` or `>` behind the bounds.
fn skip_bounds(tokens: &mut Peekable<IntoIter>) {
    let (mut depth, mut arrow) = (0_u32, false);
    while let Some(next) = tokens.peek() {
        let letter = match next {
            TokenTree::Punct(punct) => punct.as_char(),
            _ => ' ',
        };
        match letter {
            ',' | ';' if depth == 0 => return,
            '>' if depth == 0 && !arrow => return,
            '>' if !arrow => depth -= 1,
            '<' => depth += 1,
            _ => {}
        }
        arrow = letter == '-';
        tokens.next();
    }
}

#[cfg(test)]
mod tests {
    use super::{FutureType, future, future_output, inferred};
    use quote::ToTokens;

    #[test]
    fn impl_trait_is_left_to_inference() {
        for (written, expected) in [
            ("Result<impl Fn(u8) -> Vec<u8> + 'a, Box<dyn Error>>", "Result<_, Box<dyn Error>>"),
            ("(impl Iterator<Item = (u8, impl Debug)> + 'a, u32)", "(_, u32)"),
            ("impl Future<Output = u8>", "_"),
            ("Box<[impl Fn() -> [u8; 4]; 2]>", "Box<[_; 2]>"),
            ("Option<Vec<impl Debug>>", "Option<Vec<_>>"),
            ("<I as Iterator>::Item", "<I as Iterator>::Item"),
        ] {
            let (written, expected): (proc_macro2::TokenStream, proc_macro2::TokenStream) =
                (written.parse().unwrap_or_default(), expected.parse().unwrap_or_default());
            assert_eq!(inferred(written).to_string(), expected.to_string());
        }
    }

    #[test]
    fn futures_are_known_by_their_spelling() {
        for (written, expected) in [
            ("impl Future<Output = u8> + Send + 'a", Some(FutureType::Opaque)),
            ("impl Future + use<'a, T>", Some(FutureType::Opaque)),
            ("impl Future + Unpin", Some(FutureType::Other)),
            ("impl Iterator", None),
            ("std::pin::Pin<Box<dyn Future<Output = u8> + 'a>>", Some(FutureType::Boxed)),
            ("Pin<Box<dyn FusedFuture + Future>>", Some(FutureType::Other)),
            ("Pin<&mut dyn Debug>", None),
            ("futures::future::BoxFuture<'static, u8>", Some(FutureType::Boxed)),
            ("Box<dyn Future<Output = u8> + Unpin>", Some(FutureType::Other)),
            ("Box<dyn Debug>", None),
            ("Self::Future", None),
        ] {
            assert_eq!(syn::parse_str(written).ok().as_ref().and_then(future), expected, "{written}");
        }
    }

    #[test]
    fn the_output_of_a_future_is_found() {
        for (written, expected) in [
            ("impl Future<Output = u8> + Send", Some("u8")),
            ("Pin<Box<dyn Future<Output = Result<u8, E>> + Send + 'a>>", Some("Result < u8 , E >")),
            ("BoxFuture<'a, u8>", Some("u8")),
            ("impl Loads", None),
            ("Self::Future", None),
        ] {
            let found = syn::parse_str(written).ok();
            let found = found.as_ref().and_then(future_output).map(|ty| ty.to_token_stream().to_string());
            assert_eq!(found.as_deref(), expected, "{written}");
        }
    }
}
