//! Somebody who looks at everything that is kept, and somebody else who writes over it.

use sojourn_tests::{Client, Member};

use super::pair::Pair;
use super::places::{listed, page};
use super::visible::Seen;

/// Every kind of answer.
pub const SHELVES: [&str; 5] = ["properties", "profiles", "reviews", "searches", "sessions"];

/// Does something with every key of ours, `k`, and tells how many there are.
pub fn overwrite(pair: &Pair, what: &str) -> usize {
    let script = format!(
        "local keys = redis.call('KEYS', 'sojourn:1:*')
        for _, k in ipairs(keys) do {what} end
        return #keys"
    );
    let said = pair.redis.ask(&["EVAL", &script, "0"]).unwrap();
    said.trim()
        .strip_prefix(':')
        .unwrap_or_else(|| panic!("{said}"))
        .parse()
        .unwrap()
}

/// Somebody who looks at everything that is kept.
pub struct Looker {
    member: Member,
    operator: Client,
    paths: Vec<String>,
}

impl Looker {
    pub fn new(pair: &Pair) -> Self {
        let (host, member) = (pair.one.join_as("host"), pair.one.join_as("ana"));
        let place = listed(&host.client);
        let paths = vec![
            page(&place),
            format!("{}/reviews", page(&place)),
            format!("/v1/users/{}", host.id),
            "/v1/properties/?city=Albany".to_owned(),
        ];
        Self {
            member,
            operator: pair.one.operator(),
            paths,
        }
    }

    /// Looks at everything on both servers: what there is to see, and how often it was kept.
    pub fn look(&self, pair: &Pair) -> (Vec<Seen>, usize) {
        let (mut seen, mut kept) = (Vec::new(), 0);
        for server in pair.servers() {
            for path in &self.paths {
                let answer = server.client().get(path).expect(200);
                kept += usize::from(answer.header("cache-status") == Some("sojourn; hit"));
                seen.push(Seen::of(&answer));
            }
            seen.push(Seen::of(
                &self
                    .member
                    .client
                    .at(&server.url)
                    .get("/v1/users/me")
                    .expect(200),
            ));
        }
        (seen, kept)
    }

    /// How often garbage was found, by kind of answer, by both servers.
    pub fn garbage(&self, pair: &Pair) -> Vec<u64> {
        let by_both = |shelf| {
            pair.servers()
                .map(|server| Pair::counted(server, &self.operator, shelf, "garbage"))
                .iter()
                .sum()
        };
        SHELVES.map(by_both).to_vec()
    }

    /// Everything is right while the keys hold this, and kept again after it.
    pub fn is_right_after(&self, pair: &Pair, what: &str) {
        let (before, _) = self.look(pair);
        let (_, kept) = self.look(pair);
        assert_eq!(
            kept,
            2 * self.paths.len(),
            "not everything is kept: this shows nothing"
        );
        assert!(overwrite(pair, what) > 10);
        let (after, _) = self.look(pair);
        assert_eq!(after, before, "after {what}");
        assert!(pair.use_redis(), "{what} is no outage");
        let (again, kept) = self.look(pair);
        assert_eq!(
            (again, kept),
            (before, 2 * self.paths.len()),
            "not kept again after {what}"
        );
    }
}
