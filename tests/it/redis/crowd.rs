//! Sixteen clients: some look, some search, some book and pay, and a host changes a price all the time.

use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

use sojourn_tests::{PASSWORD, Server};

use super::asker::{Asker, Question};
use super::pair::Pair;
use super::places::{PRICE, date, listed, night, nightly, page, payment, price};
use super::tally::{Stage, Tally};

/// How many of each there are, but for the one host.
const LOOKERS: usize = 6;
const SEARCHERS: usize = 3;
const BOOKERS: usize = 4;
const WATCHERS: usize = 2;

/// An account books 60 times an hour at most, so each of those who book has several.
const ACCOUNTS: usize = 3;

/// And this often.
const PACE: Duration = Duration::from_millis(150);

/// So often the price changes.
const MOOD: Duration = Duration::from_millis(60);

/// After it everybody must be shown what was changed, whatever happens to Redis.
const SOON: Duration = Duration::from_secs(1);

/// All of them.
pub struct Crowd<'a> {
    pair: &'a Pair,
    stage: &'a Stage,
    /// Where those who book stay, and who they are.
    rooms: Vec<(String, Vec<String>)>,
    host: String,
    host_id: String,
    /// The place whose price changes.
    moody: String,
    /// What it cost, and since when everybody could know.
    prices: Mutex<Vec<(i64, Instant)>>,
}

impl<'a> Crowd<'a> {
    pub fn gather(pair: &'a Pair, stage: &'a Stage) -> Self {
        let host = pair.one.join_as("host");
        let token = |server: &Server, email: &str| {
            server
                .log_in(email, PASSWORD)
                .expect(200)
                .at("/access_token")
        };
        let guest = |_| token(&pair.other, &pair.one.join_as("guest").email);
        let room = |_| (listed(&host.client), (0..ACCOUNTS).map(guest).collect());
        Self {
            pair,
            stage,
            rooms: (0..BOOKERS).map(room).collect(),
            moody: listed(&host.client),
            host: token(&pair.one, &host.email),
            host_id: host.id,
            prices: Mutex::new(vec![(PRICE, Instant::now())]),
        }
    }

    /// Asks until all is over; `meanwhile` says what happens. Tells what they were told.
    pub fn during(&self, meanwhile: impl FnOnce()) -> Tally {
        type Work<'a> = fn(&Crowd<'a>, &mut Asker<'_>);
        let works: [(usize, Work<'a>); 5] = [
            (LOOKERS, Self::look),
            (SEARCHERS, Self::search),
            (BOOKERS, Self::book),
            (WATCHERS, Self::watch),
            (1, Self::change),
        ];
        std::thread::scope(|scope| {
            let works = works
                .into_iter()
                .flat_map(|(count, work)| (0..count).map(move |n| (n, work)));
            let all: Vec<_> = works
                .map(|(number, work)| scope.spawn(move || self.keep_at(number, work)))
                .collect();
            let end = self.stage.end_of_all();
            meanwhile();
            drop(end);
            all.into_iter()
                .map(|one| one.join().unwrap())
                .fold(Tally::default(), Tally::with)
        })
    }

    fn keep_at(&self, number: usize, work: fn(&Self, &mut Asker<'_>)) -> Tally {
        let mut asker = Asker::new(self.pair, self.stage, number);
        while !self.stage.is_over() {
            work(self, &mut asker);
        }
        asker.tally
    }

    fn look(&self, asker: &mut Asker<'_>) {
        let place = page(&self.rooms[asker.asked % BOOKERS].0);
        let path = match asker.asked % 4 {
            0 => format!("/v1/users/{}", self.host_id),
            1 => format!("{place}/reviews"),
            _ => place,
        };
        asker.ask(&Question::get("look", path));
    }

    fn search(&self, asker: &mut Asker<'_>) {
        let ahead = u64::try_from(asker.asked % 5).unwrap() + 10;
        let (from, to) = (date(ahead), date(ahead + 1));
        let path = format!("/v1/properties/?city=Albany&check_in={from}&check_out={to}&guests=2");
        asker.ask(&Question::get("search", path));
    }

    /// Each night once: every one of them must be had.
    fn book(&self, asker: &mut Asker<'_>) {
        let (booked, (place, guests)) = (asker.tally.booked.len(), &self.rooms[asker.number]);
        let guest = &guests[booked % ACCOUNTS];
        let stay = night(place, u64::try_from(booked).unwrap() + 10);
        let made = asker.ask(&Question::post("book", "/v1/bookings/", &stay).by(guest));
        if let Some(made) = made {
            let booking = made.at("/id");
            asker.ask(&Question::post("pay", "/v1/payments/", &payment(&booking)).by(guest));
            asker.ask(&Question::get("own bookings", "/v1/bookings/").by(guest));
            asker.tally.booked.push(booking);
        }
        sleep(PACE);
    }

    /// Looks at the price that changes, on its page or in a list.
    fn watch(&self, asker: &mut Asker<'_>) {
        let began = Instant::now();
        let in_list = asker.asked.is_multiple_of(3);
        let path = if in_list {
            format!("/v1/properties/?host_id={}&limit=100", self.host_id)
        } else {
            page(&self.moody)
        };
        let Some(answer) = asker.ask(&Question::get("watch", path)) else {
            return;
        };
        let mut shown = answer.json();
        if in_list {
            let rows = shown["data"].as_array().unwrap();
            shown = rows
                .iter()
                .find(|row| row["id"] == self.moody.as_str())
                .unwrap()
                .clone();
        }
        self.judge(asker, nightly(&shown), began);
    }

    /// Prices only rise, so one that is lower than what was in force when it was asked for is an old one.
    fn judge(&self, asker: &mut Asker<'_>, shown: i64, asked: Instant) {
        let prices = self.prices.lock().unwrap();
        let newer = prices
            .iter()
            .find(|(price, since)| *price > shown && *since <= asked)
            .copied();
        drop(prices);
        let Some((price, since)) = newer else { return };
        let (late, phase) = (asked - since, asker.phase());
        asker.shown_late(late);
        if late > SOON {
            let surprise =
                format!("{shown} is shown in phase {phase}, {late:?} after it was {price}");
            asker.tally.surprises.push(surprise);
        }
    }

    fn change(&self, asker: &mut Asker<'_>) {
        let next = self.prices.lock().unwrap().last().unwrap().0 + 1;
        let body = price(next);
        let question = Question::patch("change", &page(&self.moody), &body).by(&self.host);
        if asker.ask(&question).is_some() {
            self.prices.lock().unwrap().push((next, Instant::now()));
        }
        sleep(MOOD);
    }
}
