//! Answers kept in Redis.

use std::sync::Arc;

use async_trait::async_trait;
use sojourn_application::ports::{Cache, CacheKey, CacheReport, Freshness, Load, Shelf, Topic};

use super::counts::Counts;
use super::flights::Flights;
use super::kept::{self, Found};
use super::keys;
use super::shelf_life::{LARGEST, TOKENS, in_redis};
use super::token::Token;
use crate::link::{Failure, Link, Redis};

/// Keeps answers in Redis, for all servers that use it. What one of them forgets, none of them answers any more.
///
/// Each answer is kept with the tokens that its topics had before it was made, and counts while they have them. To
/// forget a topic is to delete its token; who next needs one makes a new one.
#[derive(Debug)]
pub struct RedisCache {
    link: Arc<Link>,
    flights: Flights<(String, Vec<Token>)>,
    counts: Counts,
}

/// What is known after one look.
enum Look {
    Kept(Arc<[u8]>),
    /// There is no answer that counts; the tokens that one would be kept with.
    Missing(Vec<Token>),
}

impl RedisCache {
    /// Keeps answers there.
    #[must_use]
    pub fn new(redis: Redis) -> Self {
        Self {
            link: redis.into_link(),
            flights: Flights::default(),
            counts: Counts::default(),
        }
    }

    /// One round trip, and another where a topic has no token.
    async fn look(&self, shelf: Shelf, topics: &[Topic], place: &str) -> Result<Look, Failure> {
        let names = keys::tokens(topics);
        let mut read = redis::cmd("MGET");
        read.arg(&names).arg(place);
        let mut there: Vec<Option<Vec<u8>>> = self.link.ask(read).await?;
        let answer = there.pop().flatten();
        let tokens: Vec<_> = there
            .iter()
            .map(|it| it.as_deref().and_then(Token::parse))
            .collect();
        match answer.map(|answer| kept::read(&answer, &tokens)) {
            Some(Found::Fresh(answer)) => return Ok(Look::Kept(answer)),
            Some(Found::Garbage) => self.counts.garbage(shelf),
            Some(Found::Outdated) | None => {}
        }
        let strange = there
            .iter()
            .zip(&tokens)
            .any(|(there, token)| there.is_some() && token.is_none());
        self.complete(shelf, &names, &tokens, strange)
            .await
            .map(Look::Missing)
    }

    /// The tokens, with new ones for those that are not there. `strange` says that something else is in their place.
    async fn complete(
        &self,
        shelf: Shelf,
        names: &[String],
        tokens: &[Option<Token>],
        strange: bool,
    ) -> Result<Vec<Token>, Failure> {
        let lacking: Vec<_> = names
            .iter()
            .zip(tokens)
            .filter_map(|(name, token)| token.is_none().then_some(name))
            .collect();
        if lacking.is_empty() {
            return Ok(tokens.iter().copied().flatten().collect());
        }
        let agreed = if strange {
            None
        } else {
            self.agree(&lacking).await?
        };
        let made = match agreed {
            Some(made) => made,
            None => {
                self.counts.garbage(shelf);
                self.overwrite(&lacking).await?
            }
        };
        let mut made = made.into_iter();
        Ok(tokens
            .iter()
            .filter_map(|token| token.or_else(|| made.next()))
            .collect())
    }

    /// Makes tokens where there are none, and takes those that another server made first. Nothing when something else
    /// is in their place.
    async fn agree(&self, names: &[&String]) -> Result<Option<Vec<Token>>, Failure> {
        let mut both = redis::pipe();
        for name in names {
            both.cmd("SET")
                .arg(name)
                .arg(Token::fresh().as_bytes())
                .arg("NX")
                .arg("PX")
                .arg(millis(TOKENS))
                .ignore();
            both.cmd("GET").arg(name);
        }
        match self.link.ask_all::<Vec<Option<Vec<u8>>>>(both).await {
            Ok(there) => Ok(there
                .iter()
                .map(|it| it.as_deref().and_then(Token::parse))
                .collect()),
            Err(Failure::Refused) => Ok(None),
            Err(Failure::Away) => Err(Failure::Away),
        }
    }

    /// Makes tokens whatever is there.
    async fn overwrite(&self, names: &[&String]) -> Result<Vec<Token>, Failure> {
        let mut all = redis::pipe();
        let made: Vec<_> = names.iter().map(|_| Token::fresh()).collect();
        for (name, token) in names.iter().zip(&made) {
            all.cmd("SET")
                .arg(name)
                .arg(token.as_bytes())
                .arg("PX")
                .arg(millis(TOKENS))
                .ignore();
        }
        self.link.ask_all::<()>(all).await?;
        Ok(made)
    }

    async fn keep(&self, shelf: Shelf, place: String, tokens: Vec<Token>, answer: Arc<[u8]>) {
        if answer.len() > LARGEST {
            return;
        }
        let Some(written) = kept::write(&tokens, &answer) else {
            return;
        };
        let mut keep = redis::cmd("SET");
        keep.arg(place)
            .arg(written)
            .arg("PX")
            .arg(millis(in_redis(shelf)));
        // An answer that could not be kept is made again: nothing depends on this.
        let _kept = self.link.ask::<()>(keep).await;
    }
}

fn millis(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[async_trait]
impl Cache for RedisCache {
    async fn get_or_load(&self, key: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, Freshness) {
        let place = keys::answer(&key);
        match self.look(key.shelf, &key.topics, &place).await {
            Ok(Look::Kept(answer)) => {
                self.counts.hit(key.shelf);
                (Some(answer), Freshness::Hit)
            }
            Ok(Look::Missing(tokens)) => {
                self.counts.miss(key.shelf);
                let flight = (place.clone(), tokens.clone());
                let keep = |answer| self.keep(key.shelf, place, tokens, answer);
                (
                    self.flights.share(flight, load, keep).await,
                    Freshness::Miss,
                )
            }
            Err(Failure::Away | Failure::Refused) => {
                self.counts.miss(key.shelf);
                (load.await, Freshness::Miss)
            }
        }
    }

    async fn forget(&self, topics: &[Topic]) {
        if !topics.is_empty() {
            let mut delete = redis::cmd("DEL");
            delete.arg(topics.iter().map(keys::topic).collect::<Vec<_>>());
            self.link.announce(delete).await;
        }
    }

    async fn forget_all(&self) {
        self.link.announce(Link::next_epoch()).await;
    }

    fn report(&self) -> CacheReport {
        CacheReport {
            backend: "redis",
            available: self.link.is_up(),
            counts: self.counts.report(),
        }
    }
}
