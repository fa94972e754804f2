//! Several servers on one PostgreSQL and one Redis: what one does the others know, nobody is shown what another may see,
//! and all of it goes on when Redis freezes, dies, or holds what none of us wrote.

mod asker;
mod coalescing;
mod crowd;
mod garbage;
mod limits;
mod looker;
mod outage;
mod pair;
mod people_gone;
mod places;
mod prices;
mod privacy;
mod processes;
mod refusing;
mod sessions;
mod slow;
mod slow_way;
mod start;
mod storm;
mod tally;
mod visible;
