//! The runtime's spaces, with threads that are values: a model starts and ends them as it likes.

#[path = "../../../metrics-core/src/cell/chunk.rs"]
mod chunk;
#[path = "../../../metrics-core/src/cell/id.rs"]
mod id;
#[path = "../../../metrics-core/src/cell/space.rs"]
mod space;
#[path = "../../../metrics-core/src/cell/words/mod.rs"]
pub(crate) mod words;

pub(crate) use chunk::Block;
pub(crate) use id::SeriesId;
pub(crate) use space::Layout;

use crate::sync::Arc;

/// A space of blocks of so many words, and threads' chunks in it, as the runtime uses them.
#[derive(Clone)]
pub(crate) struct Model(Arc<space::Space>);

/// A thread's chunk in the space; dropping it is the thread's end.
pub(crate) struct Thread {
    model: Model,
    chunk: &'static chunk::Chunk,
}

impl Model {
    pub(crate) fn new(stride: usize) -> Self {
        Self(Arc::new(space::Space::new(stride, chunk::Chunk::leak())))
    }

    pub(crate) fn create(&self, layout: Layout) -> SeriesId {
        self.0.settle(0, &Arc::new(space::Tenant { layout, faults: Arc::default() }))
    }

    pub(crate) fn remove(&self, id: SeriesId) {
        self.0.evict(id);
    }

    pub(crate) fn thread(&self) -> Thread {
        let chunk = chunk::Chunk::leak();
        self.0.enter(chunk);
        Thread { model: self.clone(), chunk }
    }

    pub(crate) fn base(&self, id: SeriesId) -> Block {
        self.0.base(id)
    }

    pub(crate) fn write_base(&self, id: SeriesId, apply: impl Fn(Block)) {
        self.0.write_base(id, &apply);
    }

    pub(crate) fn read(&self, id: SeriesId, mut visit: impl FnMut(Block)) -> bool {
        self.0.reading().visit(id, &mut visit)
    }
}

impl Thread {
    /// As the runtime writes what a thread has not touched often: into the base.
    pub(crate) fn touch(&self, id: SeriesId, apply: impl Fn(Block)) {
        self.model.write_base(id, apply);
    }

    /// As the runtime writes: warm if the tag is the series', else attached first.
    pub(crate) fn write(&self, id: SeriesId, apply: impl Fn(Block)) {
        let own = Block::new(self.chunk, 0);
        if own.holds(id) || self.model.0.attach(id, self.chunk) {
            apply(own);
        }
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.model.0.leave(self.chunk);
    }
}
