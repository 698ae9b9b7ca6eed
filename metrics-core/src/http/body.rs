//! The body of an answer.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::stream::{Progress, Stream};

/// The body of an answer to a scrape.
///
/// A small one is whole. A larger one is told while it is sent, in chunks of at most 32 KiB, and takes no more memory
/// than a few of them, however many series there are; between two slices of work others get a turn on the thread. It
/// ends with an error when the deadline that the scraper named has passed.
pub struct Body(Inner);

enum Inner {
    Whole(Bytes),
    Streaming(Box<Stream>),
    /// Of an answer to `HEAD` whose length nobody knows.
    Left,
}

impl Body {
    pub(crate) fn new(whole: impl Into<Bytes>) -> Self {
        Self(Inner::Whole(whole.into()))
    }

    pub(crate) fn empty() -> Self {
        Self::new(Bytes::new())
    }

    /// One that is not sent, and has no length: an empty one would be told as 0 bytes long.
    pub(crate) fn left() -> Self {
        Self(Inner::Left)
    }

    pub(crate) fn streaming(stream: Stream) -> Self {
        Self(Inner::Streaming(Box::new(stream)))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let progress = match &mut self.0 {
            Inner::Whole(bytes) if bytes.is_empty() => Ok(Progress::End),
            Inner::Whole(bytes) => Ok(Progress::Chunk(std::mem::take(bytes))),
            Inner::Streaming(stream) => stream.work(),
            Inner::Left => Ok(Progress::End),
        };
        match progress {
            Ok(Progress::Chunk(chunk)) => Poll::Ready(Some(Ok(Frame::data(chunk)))),
            Ok(Progress::More) => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Ok(Progress::End) => Poll::Ready(None),
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Whole(bytes) => bytes.is_empty(),
            Inner::Streaming(stream) => stream.is_over(),
            Inner::Left => true,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Streaming(_) | Inner::Left => SizeHint::new(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content: &dyn fmt::Debug = match &self.0 {
            Inner::Whole(bytes) => bytes,
            Inner::Streaming(_) | Inner::Left => &format_args!(".."),
        };
        f.debug_tuple("Body").field(content).finish()
    }
}
