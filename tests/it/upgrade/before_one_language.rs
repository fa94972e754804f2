//! A marketplace filled by the last release before names and texts were revised: SQL dumps of both databases, its
//! payment gateway's journal and its Redis cache. Mails were left queued.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use sojourn_tests::{Client, Server, ServerOptions, TestClock, TestDatabase, TestRedis, databases};
use uuid::Uuid;

const SECRET: &str = "fixture-secret-of-thirty-two-bytes-and-more";
const PASSWORD: &str = "a long pass phrase of the past";
/// A few minutes after the marketplace was filled: the holds have not expired.
const NOW: &str = "2026-11-27T18:00:00Z";

/// Status of each booking, and the number of entries of its history.
const BOOKINGS: [(&str, &str, usize); 14] = [
    ("completed", "completed", 4),
    ("held", "pending_payment", 1),
    ("confirmed", "confirmed", 2),
    ("cancelled", "cancelled", 3),
    ("by_host", "cancelled", 3),
    ("by_admin", "cancelled", 3),
    ("awaiting", "awaiting_host", 2),
    ("declined", "declined", 3),
    ("accepted", "confirmed", 3),
    ("altered", "confirmed", 5),
    ("proposed", "confirmed", 3),
    ("withdrawn", "confirmed", 4),
    ("stay", "checked_in", 3),
    ("keyed", "pending_payment", 1),
];

/// The stored files of one database.
struct Stored {
    dump: &'static str,
    ids: &'static str,
    gateway: &'static str,
}

fn stored(database: &TestDatabase) -> Stored {
    if database.name == "SQLite" {
        Stored {
            dump: include_str!("before_one_language/sqlite.sql"),
            ids: include_str!("before_one_language/sqlite_ids.json"),
            gateway: include_str!("before_one_language/sqlite_gateway.jsonl"),
        }
    } else {
        Stored {
            dump: include_str!("before_one_language/postgres.sql"),
            ids: include_str!("before_one_language/postgres_ids.json"),
            gateway: include_str!("before_one_language/postgres_gateway.jsonl"),
        }
    }
}

/// The databases that the earlier release knew.
fn earlier_databases() -> impl Iterator<Item = TestDatabase> {
    databases().into_iter().filter(|it| it.name != "MariaDB")
}

/// A server of the present release on what the earlier one left.
struct Upgraded {
    server: Server,
    folder: std::path::PathBuf,
    ids: Value,
    redis: Option<TestRedis>,
    _database: TestDatabase,
}

impl Upgraded {
    fn start(database: TestDatabase, redis: Option<TestRedis>) -> Self {
        let stored = stored(&database);
        fill(&database, stored.dump);
        let folder = std::env::temp_dir().join(format!("sojourn-upgrade-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("gateway.jsonl"), stored.gateway).unwrap();
        Self {
            server: serve(&database, &folder, redis.as_ref()),
            folder,
            ids: serde_json::from_str(stored.ids).unwrap(),
            redis,
            _database: database,
        }
    }

    fn id(&self, name: &str) -> &str {
        self.ids[name].as_str().unwrap()
    }

    fn path(&self, booking: &str) -> String {
        format!("/v1/bookings/{}", self.id(booking))
    }

    fn log_in(&self, name: &str) -> Client {
        let email = format!("{name}@example.org");
        self.server.log_in_as(&email, PASSWORD).client
    }
}

impl Drop for Upgraded {
    fn drop(&mut self) {
        let _ignored = std::fs::remove_dir_all(&self.folder);
    }
}

fn serve(database: &TestDatabase, folder: &Path, redis: Option<&TestRedis>) -> Server {
    let url = redis.map(TestRedis::url);
    let mut variables = vec![("SOJOURN_SECRET", SECRET)];
    variables.extend(url.iter().map(|url| ("REDIS_URL", url.as_str())));
    Server::with(
        database,
        ServerOptions {
            folder: Some(folder),
            clock: Some(TestClock::running(NOW.parse().unwrap())),
            variables: &variables,
            ..ServerOptions::default()
        },
    )
}

fn fill(database: &TestDatabase, dump: &str) {
    database.execute(dump).unwrap();
}

#[test]
fn stored_bookings_are_read_and_go_on() {
    for database in earlier_databases() {
        let upgraded = Upgraded::start(database, None);
        let (guest, host) = (upgraded.log_in("guest"), upgraded.log_in("host"));
        for (name, status, entries) in BOOKINGS {
            let booking = guest.get(&upgraded.path(name)).expect(200);
            assert_eq!(booking.at("/status"), status, "{name}");
            let history = booking.json()["history"].as_array().unwrap().len();
            assert_eq!(history, entries, "{name}: {}", booking.text);
            guest
                .get(&format!("{}/cancellation", upgraded.path(name)))
                .expect(
                    if matches!(
                        status,
                        "confirmed" | "checked_in" | "awaiting_host" | "pending_payment"
                    ) {
                        200
                    } else {
                        409
                    },
                );
        }
        let act = |who: &Client, booking: &str, verb: &str| {
            let path = format!("{}/{verb}", upgraded.path(booking));
            who.post(&path, &json!({})).expect(200)
        };
        act(&host, "awaiting", "accept");
        act(&guest, "proposed", "alteration/accept");
        act(&guest, "stay", "check-out");
        let cancelled = act(&guest, "confirmed", "cancel");
        assert_eq!(cancelled.at("/cancellation/refund/amount"), "52448");
        let payment = json!({"booking_id": upgraded.id("held"), "payment_method": "pm_card_visa"});
        guest.post("/v1/payments/", &payment).expect(201);
        upgraded.server.wait_until_idle(Duration::from_secs(30));
        let report = upgraded.server.check_integrity();
        assert_eq!(report.findings, []);
    }
}

#[test]
fn queued_mails_and_audit_lines_are_read() {
    for database in earlier_databases() {
        let upgraded = Upgraded::start(database, None);
        let mails = |email: &str| upgraded.server.mail_after(email, 20);
        assert!(mails("guest@example.org").contains("Your booking"));
        assert!(mails("host@example.org").contains("booking"));
        let audit = upgraded
            .log_in("admin")
            .get("/v1/admin/audit-log?limit=100")
            .expect(200);
        let entries = audit.json()["data"].as_array().unwrap().clone();
        let has = |action: &str, subject: &str| {
            entries
                .iter()
                .any(|it| it["action"] == action && it["subject"]["id"] == subject)
        };
        assert!(
            has("property_suspended", upgraded.id("request")),
            "{}",
            audit.text
        );
        assert!(
            has("booking_cancelled", upgraded.id("by_admin")),
            "{}",
            audit.text
        );
    }
}

/// Values of the earlier release in Redis are answered as they are, or not at all, and never wrongly.
#[test]
fn a_cache_of_the_earlier_release_gives_no_other_answer() {
    let Some(redis) = TestRedis::start() else {
        return;
    };
    let upgraded = Upgraded::start(TestDatabase::sqlite(), Some(redis));
    let pages = [
        format!("/v1/properties/{}", upgraded.id("instant")),
        format!("/v1/properties/{}/reviews", upgraded.id("instant")),
        "/v1/properties?city=S%C3%A3o%20Paulo".to_owned(),
    ];
    let read = || {
        pages
            .each_ref()
            .map(|page| upgraded.server.client().get(page).expect(200).json())
    };
    let expected = read();
    let values: serde_json::Map<String, Value> =
        serde_json::from_str(include_str!("before_one_language/sqlite_cache.json")).unwrap();
    let unhex = "redis.call('SET', KEYS[1], (string.gsub(ARGV[1], '..', function(c) return string.char(tonumber(c, 16)) end)))";
    let redis = upgraded.redis.as_ref().unwrap();
    for (key, value) in &values {
        redis
            .ask(&["EVAL", unhex, "1", key, value.as_str().unwrap()])
            .unwrap();
    }
    assert_eq!(read(), expected);
    let guest = upgraded.log_in("guest");
    assert_eq!(
        guest.get("/v1/users/me").expect(200).at("/email"),
        "guest@example.org"
    );
}
