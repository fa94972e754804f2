//! Reads everything that is cached, and overwrites cache keys.

use sojourn_tests::{Client, Member};

use super::cluster::Cluster;
use super::fixtures::{listed, page};
use super::visibility::Seen;

/// Every cache namespace.
pub const NAMESPACES: [&str; 5] = ["properties", "profiles", "reviews", "searches", "sessions"];

/// Runs a Lua statement for every key `k` of the server; the number of keys.
pub fn overwrite(cluster: &Cluster, what: &str) -> usize {
    let script = format!(
        "local keys = redis.call('KEYS', 'sojourn:1:*')
        for _, k in ipairs(keys) do {what} end
        return #keys"
    );
    let said = cluster.redis.ask(&["EVAL", &script, "0"]).unwrap();
    said.trim()
        .strip_prefix(':')
        .unwrap_or_else(|| panic!("{said}"))
        .parse()
        .unwrap()
}

/// A client that reads everything that is cached.
pub struct CacheReader {
    member: Member,
    operator: Client,
    paths: Vec<String>,
}

impl CacheReader {
    pub fn new(cluster: &Cluster) -> Self {
        let (host, member) = (
            cluster.one.sign_up_member("host"),
            cluster.one.sign_up_member("ana"),
        );
        let place = listed(&host.client);
        let paths = vec![
            page(&place),
            format!("{}/reviews", page(&place)),
            format!("/v1/users/{}", host.id),
            "/v1/properties/?city=Albany".to_owned(),
        ];
        Self {
            member,
            operator: cluster.one.operator(),
            paths,
        }
    }

    /// Reads everything on both servers; the answers and the number of cache hits.
    pub fn read_all(&self, cluster: &Cluster) -> (Vec<Seen>, usize) {
        let (mut seen, mut kept) = (Vec::new(), 0);
        for server in cluster.servers() {
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

    /// Foreign values found by both servers, by namespace.
    pub fn foreign_values(&self, cluster: &Cluster) -> Vec<u64> {
        let by_both = |namespace| {
            cluster
                .servers()
                .map(|server| Cluster::counted(server, &self.operator, namespace, "garbage"))
                .iter()
                .sum()
        };
        NAMESPACES.map(by_both).to_vec()
    }

    /// Fails unless all answers stay correct after the keys are overwritten, and are cached again.
    pub fn assert_correct_after(&self, cluster: &Cluster, what: &str) {
        let (before, _) = self.read_all(cluster);
        let (_, kept) = self.read_all(cluster);
        assert_eq!(
            kept,
            2 * self.paths.len(),
            "not everything is kept: this shows nothing"
        );
        assert!(overwrite(cluster, what) > 10);
        let (after, _) = self.read_all(cluster);
        assert_eq!(after, before, "after {what}");
        assert!(cluster.use_redis(), "{what} is no outage");
        let (again, kept) = self.read_all(cluster);
        assert_eq!(
            (again, kept),
            (before, 2 * self.paths.len()),
            "not kept again after {what}"
        );
    }
}
