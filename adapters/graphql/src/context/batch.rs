//! Reads that are collected and made together.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use sojourn_domain::shared::RepositoryError;

use super::list_reads::ListReads;

type Answer<K, V> = Result<Arc<HashMap<K, V>>, RepositoryError>;
type Batch<K, V> = Shared<BoxFuture<'static, Answer<K, V>>>;
type Read<K, V> =
    dyn Fn(Vec<K>) -> BoxFuture<'static, Result<HashMap<K, V>, RepositoryError>> + Send + Sync;

/// Collects the keys that the fields of one level ask for, and reads them with one call, once no list of the request
/// is being read: the items of all lists of a level ask together. It runs in the task of the request, so that the
/// limits and the attempt of the request apply.
pub(crate) struct BatchLoader<K, V> {
    state: Arc<Mutex<State<K, V>>>,
    lists: ListReads,
    read: Arc<Read<K, V>>,
}

struct State<K, V> {
    batches: HashMap<K, Batch<K, V>>,
    open: Option<(Batch<K, V>, Vec<K>)>,
}

impl<K, V> BatchLoader<K, V>
where
    K: Eq + Hash + Copy + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// A loader that reads with this call, after these lists.
    pub(crate) fn new<F>(
        lists: &ListReads,
        read: impl Fn(Vec<K>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<HashMap<K, V>, RepositoryError>> + Send + 'static,
    {
        Self {
            state: Arc::new(Mutex::new(State {
                batches: HashMap::new(),
                open: None,
            })),
            lists: lists.clone(),
            read: Arc::new(move |keys| read(keys).boxed()),
        }
    }

    /// The value of a key, read once a request.
    ///
    /// # Errors
    /// Those of the read.
    pub(crate) async fn load(&self, key: K) -> Result<Option<V>, RepositoryError> {
        let batch = self.batch_of(key);
        Ok(batch.await?.get(&key).cloned())
    }

    /// Forgets all values, which a change may have made old.
    pub(crate) fn clear(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.batches.clear();
        state.open = None;
    }

    fn batch_of(&self, key: K) -> Batch<K, V> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = state.batches.get(&key) {
            return known.clone();
        }
        let (batch, keys) = state.open.get_or_insert_with(|| (self.open(), Vec::new()));
        keys.push(key);
        let batch = batch.clone();
        state.batches.insert(key, batch.clone());
        batch
    }

    /// A batch that takes keys until all fields of the level have been asked once.
    fn open(&self) -> Batch<K, V> {
        let (state, read) = (Arc::clone(&self.state), Arc::clone(&self.read));
        let lists = self.lists.clone();
        let batch = async move {
            while !lists.have_ended_a_turn_ago().await {}
            let keys = {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                state.open.take().map(|(_, keys)| keys).unwrap_or_default()
            };
            read(keys).await.map(Arc::new)
        };
        batch.boxed().shared()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;

    use super::*;

    type Reads = Arc<Mutex<Vec<Vec<u32>>>>;

    fn loader(reads: &Reads) -> BatchLoader<u32, u32> {
        let reads = Arc::clone(reads);
        BatchLoader::new(&ListReads::default(), move |keys: Vec<u32>| {
            reads.lock().unwrap().push(keys.clone());
            async move {
                let odd = keys.into_iter().filter(|key| key % 2 == 1);
                Ok(odd.map(|key| (key, key * 10)).collect())
            }
        })
    }

    #[tokio::test]
    async fn the_keys_of_a_level_are_read_together_and_once() {
        let reads = Reads::default();
        let loader = loader(&reads);
        let all = join_all([1, 2, 3, 1].map(|key| loader.load(key))).await;
        assert_eq!(all, [Ok(Some(10)), Ok(None), Ok(Some(30)), Ok(Some(10))]);
        assert_eq!(join_all([3, 5].map(|key| loader.load(key))).await.len(), 2);
        assert_eq!(*reads.lock().unwrap(), [vec![1, 2, 3], vec![5]]);
        loader.clear();
        assert_eq!(loader.load(1).await, Ok(Some(10)));
        assert_eq!(reads.lock().unwrap().len(), 3);
    }

    #[tokio::test]
    async fn a_failed_read_fails_all_its_fields() {
        let down = || RepositoryError::Unavailable("down".to_owned());
        let loader =
            BatchLoader::<u32, u32>::new(
                &ListReads::default(),
                move |_| async move { Err(down()) },
            );
        let all = join_all([1, 2].map(|key| loader.load(key))).await;
        assert_eq!(all, [Err(down()), Err(down())]);
    }

    #[tokio::test]
    async fn items_of_all_lists_are_read_together() {
        let reads = Reads::default();
        let lists = ListReads::default();
        let loader = {
            let reads = Arc::clone(&reads);
            BatchLoader::<u32, u32>::new(&lists, move |keys: Vec<u32>| {
                reads.lock().unwrap().push(keys);
                async move { Ok(HashMap::new()) }
            })
        };
        let list = |delay: u32, key: u32| {
            let reading = lists.begin();
            let loader = &loader;
            async move {
                for _ in 0..delay {
                    tokio::task::yield_now().await;
                }
                drop(reading);
                loader.load(key).await
            }
        };
        let all = join_all([list(0, 1), list(5, 2), list(20, 3)]).await;
        assert_eq!(all, [Ok(None), Ok(None), Ok(None)]);
        let mut found = reads.lock().unwrap().clone();
        found[0].sort_unstable();
        assert_eq!(found, [vec![1, 2, 3]]);
    }
}
