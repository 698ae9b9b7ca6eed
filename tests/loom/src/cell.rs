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
pub(crate) use space::{Layout, Tenant};

use crate::sync::Arc;

loom::lazy_static! {
    /// All spaces of a run, by number. Nobody holds this lock while he waits for anything, so it is none of the checker's.
    static ref SPACES: std::sync::Mutex<Vec<Model>> = std::sync::Mutex::new(Vec::new());
}

/// A space of blocks of so many words, and threads' chunks in it, as the runtime uses them.
#[derive(Clone)]
pub(crate) struct Model {
    number: usize,
    space: Arc<space::Space>,
}

/// A thread's chunk in the space; dropping it is the thread's end.
pub(crate) struct Thread {
    model: Model,
    chunk: &'static chunk::Chunk,
}

impl Model {
    pub(crate) fn new(stride: usize) -> Self {
        let space = Arc::new(space::Space::new(stride, chunk::Chunk::leak()));
        let mut spaces = SPACES.lock().unwrap();
        let new = Self { number: spaces.len(), space };
        spaces.push(new.clone());
        new
    }

    /// The space of a series.
    pub(crate) fn of(id: SeriesId) -> Self {
        SPACES.lock().unwrap()[number(id)].clone()
    }

    pub(crate) fn create(&self, layout: Layout) -> SeriesId {
        self.settle(&Arc::new(Tenant { layout, faults: Arc::default() }))
    }

    fn settle(&self, tenant: &Arc<Tenant>) -> SeriesId {
        self.space.settle(self.number * chunk::WORDS, tenant)
    }

    pub(crate) fn remove(&self, id: SeriesId) {
        self.space.evict(id);
    }

    pub(crate) fn thread(&self) -> Thread {
        let chunk = chunk::Chunk::leak();
        self.space.enter(chunk);
        Thread { model: self.clone(), chunk }
    }

    pub(crate) fn base(&self, id: SeriesId) -> Block {
        self.space.base(id)
    }

    pub(crate) fn write_base(&self, id: SeriesId, apply: impl Fn(Block)) {
        self.space.write_base(id, &apply);
    }

    pub(crate) fn read(&self, id: SeriesId, mut visit: impl FnMut(Block)) -> bool {
        self.space.reading().visit(id, &mut visit)
    }
}

impl Thread {
    /// As the runtime writes what a thread has not touched often: into the base.
    pub(crate) fn touch(&self, id: SeriesId, apply: impl Fn(Block)) {
        self.model.write_base(id, apply);
    }

    /// As the runtime writes: warm if the tag is the series', else attached first.
    pub(crate) fn write(&self, id: SeriesId, apply: impl Fn(Block)) {
        if let Some(own) = self.own(id).or_else(|| self.adopt(id)) {
            apply(own);
        }
    }

    /// The words of a series, if the thread has any.
    pub(crate) fn own(&self, id: SeriesId) -> Option<Block> {
        Some(Block::new(self.chunk, 0)).filter(|own| own.holds(id))
    }

    /// The same, given to the thread; none if the series is gone.
    pub(crate) fn adopt(&self, id: SeriesId) -> Option<Block> {
        self.model.space.attach(id, self.chunk).then(|| Block::new(self.chunk, 0))
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.model.space.leave(self.chunk);
    }
}

/// The number of a series' space.
pub(crate) fn number(id: SeriesId) -> usize {
    id.position() / chunk::WORDS
}

// What the runtime's files ask of its cells. Each series has a space to itself.

pub(crate) fn create(tenant: &Arc<Tenant>) -> SeriesId {
    Model::new(chunk::WORDS).settle(tenant)
}

pub(crate) fn destroy(id: SeriesId) {
    Model::of(id).remove(id);
}

pub(crate) fn write_base(id: SeriesId, apply: &dyn Fn(Block)) {
    Model::of(id).write_base(id, apply);
}

pub(crate) fn read(id: SeriesId, visit: impl FnMut(Block)) -> bool {
    Model::of(id).read(id, visit)
}
