//! Spaces: 128 positions each, and who has words for them.
//!
//! A space knows, behind one lock, which series live at its positions, the chunks of the threads that touched them,
//! and a base chunk with what ended threads left. The lock is taken by the writes of a thread that has no words of its
//! own for a series, when a thread gets such words, when it ends, when a series comes or goes and when it is read; never
//! by a warm write.

use super::chunk::{Block, Chunk, STRIDE, WORDS};
use super::id::SeriesId;
use crate::faults::Faults;
use crate::sync::{Arc, Locked, Mutex, Ordering, lock};

/// How a kind of metric lays out its words, the tag included, and how one block is added to another.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    /// At most as many as a chunk has.
    pub(crate) words: usize,
    /// Adds what an ended thread's block holds to the base. Called under the space's lock.
    pub(crate) fold: fn(own: Block, base: Block, words: usize),
}

pub(super) struct Space {
    /// What ended threads left; also the words of threads that can't have any of their own. Written under the lock.
    base: &'static Chunk,
    inner: Mutex<Inner>,
}

struct Inner {
    /// The words of one series in this space are two to this power, so that a block crosses no chunk.
    shift: u32,
    slots: Box<[Slot]>,
    /// The tenants by their number in the slots; almost always one.
    tenants: Vec<Option<Arc<Tenant>>>,
    owners: Vec<&'static Chunk>,
}

/// The generation of the series that lives at a position, or lived there last, and the number of its tenant, plus one;
/// 0 is none. In one word, as there is a slot for each series.
#[derive(Clone, Copy, Default)]
struct Slot(u64);

const TENANT_BITS: u32 = 8;

const _: () = assert!(WORDS / STRIDE < 1 << TENANT_BITS, "as many tenants as series");

impl Slot {
    fn new(generation: u64, tenant: usize) -> Self {
        Self(generation << TENANT_BITS | (tenant as u64 + 1))
    }

    fn generation(self) -> u64 {
        self.0 >> TENANT_BITS
    }

    fn tenant(self) -> Option<usize> {
        (self.0 as usize % (1 << TENANT_BITS)).checked_sub(1)
    }

    fn vacant(self) -> Self {
        Self(self.generation() << TENANT_BITS)
    }
}

/// What a space must know of a series that lives in it; the same for all series of a family.
pub(crate) struct Tenant {
    pub(crate) layout: Layout,
    pub(crate) faults: Arc<Faults>,
}

/// A space that is being read: none of its series ends, and no thread's words are folded.
pub(super) struct Reading<'a> {
    space: &'a Space,
    inner: Locked<'a, Inner>,
}

impl Space {
    /// A space for series of so many words, a power of two.
    pub(super) fn new(stride: usize, base: &'static Chunk) -> Self {
        let shift = stride.ilog2();
        let slots = vec![Slot::default(); WORDS >> shift].into();
        Self { base, inner: Mutex::new(Inner { shift, slots, tenants: Vec::new(), owners: Vec::new() }) }
    }

    pub(super) fn base_chunk(&self) -> &'static Chunk {
        self.base
    }

    /// The block that every thread may read and only the holder of the lock may write.
    pub(super) fn base(&self, id: SeriesId) -> Block {
        Block::new(self.base, id.position())
    }

    /// Runs `apply` on the base block of a living series: the way of a thread that can't have words of its own.
    pub(super) fn write_base(&self, id: SeriesId, apply: &dyn Fn(Block)) {
        let inner = lock(&self.inner);
        if inner.tenant_number(id).is_some() {
            apply(self.base(id));
        }
    }

    /// Gives the thread that owns `chunk` a zeroed block for a living series; false if the series is gone.
    pub(super) fn attach(&self, id: SeriesId, chunk: &'static Chunk) -> bool {
        let inner = lock(&self.inner);
        let Some(tenant) = inner.tenant(id) else { return false };
        let own = Block::new(chunk, id.position());
        own.clear(tenant.layout.words);
        own.store(0, id.to_bits(), Ordering::Release);
        true
    }

    /// From now on reads look into `chunk` too.
    pub(super) fn enter(&self, chunk: &'static Chunk) {
        lock(&self.inner).owners.push(chunk);
    }

    /// Folds what the ending owner of `chunk` counted into the base, so that nothing is lost or seen twice.
    pub(super) fn leave(&self, chunk: &'static Chunk) {
        let mut inner = lock(&self.inner);
        for start in (0..WORDS).step_by(1 << inner.shift) {
            let own = Block::new(chunk, start);
            let id = SeriesId::from_bits(own.load(0, Ordering::Relaxed));
            if id.position() % WORDS == start
                && let Some(tenant) = inner.tenant(id)
            {
                (tenant.layout.fold)(own, Block::new(self.base, start), tenant.layout.words);
            }
        }
        inner.owners.retain(|owner| !std::ptr::eq(*owner, chunk));
    }

    pub(super) fn reading(&self) -> Reading<'_> {
        Reading { space: self, inner: lock(&self.inner) }
    }

    pub(super) fn faults(&self, id: SeriesId) -> Option<Arc<Faults>> {
        lock(&self.inner).tenant(id).map(|tenant| Arc::clone(&tenant.faults))
    }

    /// Begins a series at a position where none lives.
    pub(super) fn settle(&self, position: usize, tenant: &Arc<Tenant>) -> SeriesId {
        let mut inner = lock(&self.inner);
        let start = position % WORDS;
        let tenant_number = inner.admit(tenant);
        let Some(slot) = inner.slot_mut(start) else { return SeriesId::NONE };
        *slot = Slot::new(slot.generation() + 1, tenant_number);
        let id = SeriesId::new(position, slot.generation());
        let base = Block::new(self.base, start);
        base.clear(tenant.layout.words);
        id
    }

    /// Ends a series; the stride of its words, if it lived.
    pub(super) fn evict(&self, id: SeriesId) -> Option<usize> {
        let mut inner = lock(&self.inner);
        inner.tenant(id)?;
        let slot = inner.slot_mut(id.position() % WORDS)?;
        let tenant = slot.tenant()?;
        *slot = slot.vacant();
        inner.dismiss(tenant);
        Some(1 << inner.shift)
    }
}

impl Reading<'_> {
    /// Shows `visit` the base block and then each thread's own; false if the series is gone.
    pub(super) fn visit(&self, id: SeriesId, mut visit: impl FnMut(Block)) -> bool {
        if self.inner.tenant_number(id).is_none() {
            return false;
        }
        visit(self.space.base(id));
        let start = id.position() % WORDS;
        for owner in &self.inner.owners {
            let own = Block::new(owner, start);
            if own.load(0, Ordering::Acquire) == id.to_bits() {
                visit(own);
            }
        }
        true
    }
}

impl Inner {
    fn slot_mut(&mut self, start: usize) -> Option<&mut Slot> {
        let shift = self.shift;
        self.slots.get_mut(start >> shift)
    }

    fn tenant(&self, id: SeriesId) -> Option<&Tenant> {
        self.tenants.get(self.tenant_number(id)?)?.as_deref()
    }

    /// The tenant of a living series.
    fn tenant_number(&self, id: SeriesId) -> Option<usize> {
        let slot = self.slots.get((id.position() % WORDS) >> self.shift)?;
        let alive = SeriesId::new(id.position(), slot.generation()) == id;
        slot.tenant().filter(|_| alive)
    }

    /// The number of a tenant, which may be here already.
    fn admit(&mut self, tenant: &Arc<Tenant>) -> usize {
        let is_it = |there: &Option<Arc<Tenant>>| there.as_ref().is_some_and(|own| Arc::ptr_eq(own, tenant));
        let known = self.tenants.iter().position(is_it);
        let number = known.or_else(|| self.tenants.iter().position(Option::is_none));
        let number = number.unwrap_or(self.tenants.len());
        self.tenants.resize_with(self.tenants.len().max(number + 1), || None);
        self.tenants[number] = Some(Arc::clone(tenant));
        number
    }

    /// Forgets a tenant unless another of its series lives here.
    fn dismiss(&mut self, tenant: usize) {
        if self.slots.iter().all(|slot| slot.tenant() != Some(tenant)) {
            self.tenants[tenant] = None;
        }
    }
}
