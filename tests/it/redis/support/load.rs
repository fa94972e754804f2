//! Sixteen clients that view, search, book and pay, and a host that changes a price all the time.

use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

use sojourn_tests::{PASSWORD, Server};

use super::cluster::Cluster;
use super::fixtures::{PRICE, date, listed, night, nightly, page, payment, price};
use super::latency_report::{LatencyReport, Phases};
use super::load_client::{ExpectedRequest, LoadClient};

/// Number of clients of each kind; there is one host.
const VIEWERS: usize = 6;
const SEARCHERS: usize = 3;
const BOOKERS: usize = 4;
const WATCHERS: usize = 2;

/// Accounts per booking client: an account may book 60 times an hour at most.
const ACCOUNTS: usize = 3;

/// Pause between bookings.
const BOOKING_INTERVAL: Duration = Duration::from_millis(150);

/// Pause between price changes.
const REPRICE_INTERVAL: Duration = Duration::from_millis(60);

/// Time within which a change must be visible, whatever happens to Redis.
const SOON: Duration = Duration::from_secs(1);

/// The load of all clients.
pub struct Load<'a> {
    cluster: &'a Cluster,
    phases: &'a Phases,
    /// Property and guests' tokens of each booking client.
    stays: Vec<(String, Vec<String>)>,
    host: String,
    host_id: String,
    /// The property whose price changes.
    repriced: String,
    /// Prices with the instants since when they are in force.
    prices: Mutex<Vec<(i64, Instant)>>,
}

impl<'a> Load<'a> {
    pub fn prepare(cluster: &'a Cluster, phases: &'a Phases) -> Self {
        let host = cluster.one.sign_up_member("host");
        let token = |server: &Server, email: &str| {
            server
                .log_in(email, PASSWORD)
                .expect(200)
                .at("/access_token")
        };
        let guest = |_| token(&cluster.other, &cluster.one.sign_up_member("guest").email);
        let room = |_| (listed(&host.client), (0..ACCOUNTS).map(guest).collect());
        Self {
            cluster,
            phases,
            stays: (0..BOOKERS).map(room).collect(),
            repriced: listed(&host.client),
            host: token(&cluster.one, &host.email),
            host_id: host.id,
            prices: Mutex::new(vec![(PRICE, Instant::now())]),
        }
    }

    /// Runs the load while `during` runs; the report.
    pub fn during(&self, during: impl FnOnce()) -> LatencyReport {
        type Work<'a> = fn(&Load<'a>, &mut LoadClient<'_>);
        let works: [(usize, Work<'a>); 5] = [
            (VIEWERS, Self::view),
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
                .map(|(number, work)| scope.spawn(move || self.repeat(number, work)))
                .collect();
            let end = self.phases.stop_guard();
            during();
            drop(end);
            all.into_iter()
                .map(|one| one.join().unwrap())
                .fold(LatencyReport::default(), LatencyReport::with)
        })
    }

    fn repeat(&self, number: usize, work: fn(&Self, &mut LoadClient<'_>)) -> LatencyReport {
        let mut client = LoadClient::new(self.cluster, self.phases, number);
        while !self.phases.is_over() {
            work(self, &mut client);
        }
        client.report
    }

    fn view(&self, client: &mut LoadClient<'_>) {
        let place = page(&self.stays[client.requests % BOOKERS].0);
        let path = match client.requests % 4 {
            0 => format!("/v1/users/{}", self.host_id),
            1 => format!("{place}/reviews"),
            _ => place,
        };
        client.ask(&ExpectedRequest::get("look", path));
    }

    fn search(&self, client: &mut LoadClient<'_>) {
        let ahead = u64::try_from(client.requests % 5).unwrap() + 10;
        let (from, to) = (date(ahead), date(ahead + 1));
        let path = format!("/v1/properties/?city=Albany&check_in={from}&check_out={to}&guests=2");
        client.ask(&ExpectedRequest::get("search", path));
    }

    /// Books each night once; every booking must succeed.
    fn book(&self, client: &mut LoadClient<'_>) {
        let count = client.report.bookings.len();
        let (place, guests) = &self.stays[client.number];
        let guest = &guests[count % ACCOUNTS];
        let stay = night(place, u64::try_from(count).unwrap() + 10);
        let made = client.ask(&ExpectedRequest::post("book", "/v1/bookings/", &stay).by(guest));
        if let Some(made) = made {
            let booking = made.at("/id");
            client
                .ask(&ExpectedRequest::post("pay", "/v1/payments/", &payment(&booking)).by(guest));
            client.ask(&ExpectedRequest::get("own bookings", "/v1/bookings/").by(guest));
            client.report.bookings.push(booking);
        }
        sleep(BOOKING_INTERVAL);
    }

    /// Reads the changing price, on its page or in a list.
    fn watch(&self, client: &mut LoadClient<'_>) {
        let began = Instant::now();
        let in_list = client.requests.is_multiple_of(3);
        let path = if in_list {
            format!("/v1/properties/?host_id={}&limit=100", self.host_id)
        } else {
            page(&self.repriced)
        };
        let Some(answer) = client.ask(&ExpectedRequest::get("watch", path)) else {
            return;
        };
        let mut shown = answer.json();
        if in_list {
            let rows = shown["data"].as_array().unwrap();
            shown = rows
                .iter()
                .find(|row| row["id"] == self.repriced.as_str())
                .unwrap()
                .clone();
        }
        self.check_price(client, nightly(&shown), began);
    }

    /// Prices only rise, so a price below the one in force at the time of the request is stale.
    fn check_price(&self, client: &mut LoadClient<'_>, shown: i64, requested_at: Instant) {
        let prices = self.prices.lock().unwrap();
        let newer = prices
            .iter()
            .find(|(price, since)| *price > shown && *since <= requested_at)
            .copied();
        drop(prices);
        let Some((price, since)) = newer else { return };
        let (late, phase) = (requested_at - since, client.phase());
        client.record_stale_price(late);
        if late > SOON {
            let found = format!("{shown} is shown in phase {phase}, {late:?} after it was {price}");
            client.report.unexpected.push(found);
        }
    }

    fn change(&self, client: &mut LoadClient<'_>) {
        let next = self.prices.lock().unwrap().last().unwrap().0 + 1;
        let body = price(next);
        let request = ExpectedRequest::patch("change", &page(&self.repriced), &body).by(&self.host);
        if client.ask(&request).is_some() {
            self.prices.lock().unwrap().push((next, Instant::now()));
        }
        sleep(REPRICE_INTERVAL);
    }
}
