//! Random requests to every operation cause no server error, no long answer, and leave no memory behind.
//!
//! `SOJOURN_FUZZ_REQUESTS` is their number on each database: 1,500 by default.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, TestDatabase, databases};

use crate::permissions::fixture::property_body;
use crate::race::rng::Rng;
use crate::security::support::operations::{Operation, operations_of};
use crate::security::support::process::Program;

const CLIENTS: u64 = 4;

/// Requests after which the accounts, which may be closed by then, are replaced.
const REQUESTS_OF_AN_ACCOUNT: u64 = 75;

/// Longest answer that is no list, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

/// Most resident memory that the requests leave behind, in bytes, that of hashed passwords included.
const MOST_MEMORY: u64 = 100 * 1024 * 1024;

const PASSWORD: &str = "lantern by the harbour";

/// Texts that parsers, databases and arithmetic stumble over.
const TEXTS: [&str; 44] = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "2.5",
    "NaN",
    "inf",
    "1e308",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999",
    "-9223372036854775808",
    "4294967296",
    "true",
    "null",
    "\u{0}",
    "a\u{0}b",
    "\n",
    "\r\nX: 1",
    "\u{202e}abc",
    "\u{feff}",
    "\u{1f600}",
    "e\u{301}",
    "%",
    "%00",
    "_",
    "\\",
    "'; DROP TABLE users; --",
    "\"",
    "{}",
    "[]",
    "2027-02-30",
    "9999-12-31",
    "0001-01-01",
    "+262142-12-31",
    "2027-07-01",
    "2027-07-05",
    "25:00",
    "-180,-90,180,90",
    "1e9,nan,1,1",
    "price",
    "USD",
    "../../etc/passwd",
];

/// One client, with its accounts and resources that exist.
struct Attacker<'a> {
    test: &'a TestDatabase,
    visitor: Client,
    operations: &'a [Operation],
    rng: Rng,
    name: String,
    ids: Vec<String>,
}

impl Attacker<'_> {
    /// A fresh account.
    fn sign_up(&mut self, role: &str) -> Client {
        let email = format!(
            "{}-{role}-{}@fuzz.example",
            self.name,
            self.rng.below(u64::MAX)
        );
        let body =
            json!({"email": email, "password": PASSWORD, "first_name": "Fay", "last_name": "Fuzz"});
        self.visitor.post("/v1/users/", &body).expect(201);
        let proved = format!(
            "UPDATE users SET email_verified = TRUE, role = '{role}' WHERE email_key = '{email}'"
        );
        self.test.execute(&proved).unwrap();
        let login = json!({"email": email, "password": PASSWORD});
        let token = self.visitor.post("/v1/auth/login", &login).expect(200);
        self.visitor.with_token(token.at("/access_token"))
    }

    /// Fresh accounts, a property and a booking; callers of every role.
    fn start_over(&mut self) -> [Client; 3] {
        let (member, operator) = (self.sign_up("member"), self.sign_up("admin"));
        let property = member
            .post("/v1/properties/", &property_body("instant"))
            .expect(201);
        let property = property.at("/id");
        member.post(&format!("/v1/properties/{property}/publish"), &Value::Null);
        let guests = json!({"adults": 1, "children": 0, "infants": 0, "pets": 0});
        let from = chrono::Utc::now().date_naive() + chrono::Days::new(30);
        let stay = json!({"property_id": property, "check_in": from, "check_out": from + chrono::Days::new(2),
            "guests": guests});
        let booking = operator.post("/v1/bookings/", &stay).json();
        self.ids = [
            json!(property),
            booking["id"].clone(),
            booking["guest_id"].clone(),
        ]
        .iter()
        .filter_map(|id| id.as_str().map(str::to_owned))
        .collect();
        [self.visitor.clone(), member, operator]
    }

    fn text(&mut self) -> String {
        match self.rng.below(12) {
            0 => "x".repeat(usize::try_from(self.rng.below(5_000)).unwrap()),
            1 => "a,".repeat(usize::try_from(self.rng.below(300)).unwrap()),
            2 | 3 if !self.ids.is_empty() => self.rng.choose(&self.ids).clone(),
            _ => (*self.rng.choose(&TEXTS)).to_owned(),
        }
    }

    /// A JSON value, of the given type more often than not.
    fn value(&mut self, kind: &str) -> Value {
        let kinds = [
            "string", "integer", "number", "boolean", "array", "object", "null",
        ];
        let kind = if self.rng.below(4) == 0 {
            *self.rng.choose(&kinds)
        } else {
            kind
        };
        let numbers = [
            0,
            1,
            -1,
            7,
            28,
            366,
            10_000,
            10_001,
            i64::from(i32::MAX),
            i64::from(u32::MAX) + 1,
            i64::MAX,
            i64::MIN,
        ];
        match kind {
            "string" => json!(self.text()),
            "integer" => json!(self.rng.choose(&numbers)),
            "number" => json!(
                self.rng
                    .choose(&[0.0, -0.0, 0.5, 1e-9, 91.0, 181.0, 1e308, -1e308])
            ),
            "boolean" => json!(self.rng.below(2) == 0),
            "array" => {
                let length = self.rng.choose(&[0, 1, 2, 40]);
                (0..*length).map(|_| json!(self.text())).collect()
            }
            "object" => json!({self.text(): self.text(), "amount": 1, "currency": "USD"}),
            _ => Value::Null,
        }
    }

    fn path(&mut self, template: &str) -> String {
        let segments = template
            .split('/')
            .map(|segment| match segment.starts_with('{') {
                false => segment.to_owned(),
                true if self.rng.below(4) == 0 => encoded(&self.text()),
                true if self.ids.is_empty() => uuid::Uuid::nil().to_string(),
                true => self.rng.choose(&self.ids).clone(),
            });
        segments.collect::<Vec<_>>().join("/")
    }

    fn query(&mut self, operation: &Operation) -> String {
        let mut query = Vec::new();
        for name in &operation.parameters {
            if self.rng.below(5) == 0 {
                query.push(format!("{name}={}", encoded(&self.text())));
            }
        }
        if self.rng.below(20) == 0 {
            query.push(encoded(&self.text()));
        }
        query.join("&")
    }

    /// A body with some fields of the operation, or text that may be no JSON at all.
    fn body(&mut self, operation: &Operation) -> Option<String> {
        if operation.method == "GET" || self.rng.below(20) == 0 {
            return None;
        }
        if self.rng.below(20) == 0 {
            return Some(self.text());
        }
        let complete = operation.id == "create_property" || operation.id == "update_property";
        let mut body = if complete && self.rng.below(2) == 0 {
            property_body("instant")
        } else {
            json!({})
        };
        let one_of = *self.rng.choose(&[2, 5, 20, 60]);
        for field in &operation.fields {
            if self.rng.below(one_of) == 0 {
                let value = self.value(&field.kind);
                merge(&mut body, field.body(value));
            }
        }
        Some(body.to_string())
    }

    /// Sends one request; its operation and status.
    fn attack(&mut self, callers: &[Client; 3]) -> (String, u16) {
        let operation = self.rng.choose(self.operations);
        let path = self.path(&operation.template);
        let query = self.query(operation);
        let body = self.body(operation);
        let key = uuid::Uuid::now_v7().to_string();
        let mut headers = vec![("content-type", "application/json")];
        if self.rng.below(3) == 0 {
            headers.push(("idempotency-key", &key));
        }
        if self.rng.below(6) == 0 {
            headers.push((
                "if-match",
                *self
                    .rng
                    .choose(&["*", "\"1\"", "W/\"1\"", "x", "\"99999999999999999999\""]),
            ));
        }
        let caller = self.rng.choose(callers);
        let answer = caller.send(
            &operation.method,
            &format!("{path}?{query}"),
            &headers,
            body.clone(),
        );
        let request = || {
            format!(
                "{} {path}?{query} {body:?}: {}",
                operation.method, answer.text
            )
        };
        assert!(answer.status < 500, "{}", request());
        assert!(
            is_long_by_nature(&operation.id, &answer) || answer.text.len() <= LONGEST_ANSWER,
            "{}",
            request()
        );
        (operation.id.clone(), answer.status)
    }
}

/// True for a list and for an export, which have bounds of their own.
fn is_long_by_nature(operation: &str, answer: &Answer) -> bool {
    let is_list = || answer.json()["data"].is_array();
    answer.status < 300 && (operation == "export_user" || is_list())
}

/// Every byte as a percent-encoded triplet.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Lays the fields of an object over those of another one.
fn merge(body: &mut Value, other: Value) {
    match (body, other) {
        (Value::Object(body), Value::Object(other)) => {
            for (name, value) in other {
                merge(body.entry(name).or_insert(Value::Null), value);
            }
        }
        (body, other) => *body = other,
    }
}

/// Sends so many requests; the statuses by operation.
fn attack(mut attacker: Attacker<'_>, requests: u64) -> BTreeMap<(String, u16), u32> {
    let mut seen = BTreeMap::new();
    let mut callers = attacker.start_over();
    for number in 1..=requests {
        *seen.entry(attacker.attack(&callers)).or_default() += 1;
        if number % REQUESTS_OF_AN_ACCOUNT == 0 {
            callers = attacker.start_over();
        }
    }
    seen
}

#[test]
fn random_requests_cause_no_server_error_and_leave_no_memory_behind() {
    let requests = std::env::var("SOJOURN_FUZZ_REQUESTS");
    let requests: u64 = requests.map_or(1_500, |number| number.parse().unwrap());
    for test in databases() {
        drop(test.open());
        let variables = [
            ("DATABASE_URL", test.url.as_str()),
            ("SOJOURN_RATE_LIMITS", "off"),
            // The allocator of the test binary keeps the memory of hashed passwords otherwise.
            ("MALLOC_MMAP_THRESHOLD_", "131072"),
        ];
        let mut program = Program::run(&["serve"], &variables);
        let visitor = Client::new(&program.url());
        visitor.get("/livez").expect(200);
        let before = program.resident_memory();
        let operations = operations_of(&visitor);
        let mut seen = BTreeMap::<(String, u16), u32>::new();
        thread::scope(|scope| {
            let attackers = (0..CLIENTS).map(|number| {
                let attacker = Attacker {
                    test: &test,
                    visitor: visitor.clone(),
                    operations: &operations,
                    rng: Rng::new(number + 1),
                    name: format!("client{number}"),
                    ids: Vec::new(),
                };
                scope.spawn(move || attack(attacker, requests / CLIENTS))
            });
            for thread in attackers.collect::<Vec<_>>() {
                for (what, times) in thread.join().unwrap() {
                    *seen.entry(what).or_default() += times;
                }
            }
        });
        let memory = program.resident_memory();
        let statuses = seen
            .iter()
            .fold(BTreeMap::new(), |mut all, ((_, status), times)| {
                *all.entry(status).or_insert(0) += times;
                all
            });
        let (megabytes, idle) = (memory >> 20, before >> 20);
        println!(
            "on {}: {megabytes} MiB, at most {} MiB, idle {idle} MiB, {statuses:?}",
            test.name,
            program.peak_memory() >> 20
        );
        let grown = memory.saturating_sub(before);
        assert!(grown <= MOST_MEMORY, "{grown} bytes");
        let reached: BTreeSet<_> = seen.keys().map(|(id, _)| id).collect();
        assert_eq!(
            reached.len(),
            operations.len(),
            "operations that were not reached"
        );
        assert!(seen.iter().any(|((_, status), _)| *status < 300));
    }
}
