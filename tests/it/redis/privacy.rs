//! Every viewer gets exactly what they may see, independently of earlier viewers and of the server.

use std::thread;

use sojourn_tests::Client;

use super::support::cluster::{Cluster, PATIENT};
use super::support::fixtures::page;
use super::support::visibility::{NOTE, Seen, Viewers};

fn seen(client: &Client, path: &str) -> Seen {
    Seen::of(&client.get(path))
}

/// Answers for each viewer with an empty cache.
fn uncached(cluster: &Cluster, viewers: &Viewers, path: &str) -> Vec<Seen> {
    let clients = viewers.clients.iter();
    clients
        .map(|(_, client)| {
            cluster.redis.ask(&["FLUSHALL"]).unwrap();
            seen(client, path)
        })
        .collect()
}

#[test]
fn visibility_differs_by_viewer() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let viewers = Viewers::build(&cluster);
    let shown = |path: &str| -> Vec<String> {
        uncached(&cluster, &viewers, path)
            .into_iter()
            .map(|seen| format!("{} {}", seen.status, seen.text))
            .collect()
    };
    let says = |path: &str, what: &str| {
        shown(path)
            .iter()
            .map(|text| text.contains(what))
            .collect::<Vec<_>>()
    };
    let (host, guest) = (
        format!("/v1/users/{}", viewers.host.id),
        format!("/v1/users/{}", viewers.guest.id),
    );
    let reviews = format!("{}/reviews", page(&viewers.place));
    let by_host = format!("/v1/properties/?host_id={}", viewers.host.id);
    // Anonymous, stranger, guest, host, operator.
    for (path, what, whom) in [
        (
            page(&viewers.place),
            "1 Lake Road",
            [false, false, true, true, true],
        ),
        (
            page(&viewers.place),
            "42.65258",
            [false, false, true, true, true],
        ),
        (
            page(&viewers.draft),
            "200 ",
            [false, false, false, true, true],
        ),
        (
            by_host,
            viewers.draft.as_str(),
            [false, false, false, true, true],
        ),
        (
            "/v1/properties/?city=Albany".to_owned(),
            "1 Lake Road",
            [false; 5],
        ),
        (reviews, NOTE, [false, false, true, true, false]),
        (host, &viewers.host.email, [false, false, false, true, true]),
        (
            guest,
            &viewers.guest.email,
            [false, false, true, false, true],
        ),
        (
            "/v1/users/me".to_owned(),
            "200 ",
            [false, true, true, true, true],
        ),
    ] {
        assert_eq!(
            says(&path, what),
            whom,
            "who sees {what} of {path}: {:#?}",
            shown(&path)
        );
    }
}

#[test]
fn cached_answers_never_reach_another_viewer() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let viewers = Viewers::build(&cluster);
    for path in viewers.paths() {
        let uncached = uncached(&cluster, &viewers, &path);
        for (first, looks_first) in &viewers.clients {
            cluster.redis.ask(&["FLUSHALL"]).unwrap();
            seen(looks_first, &path);
            for server in [&cluster.one, &cluster.one, &cluster.other, &cluster.other] {
                for ((name, client), uncached) in viewers.clients.iter().zip(&uncached) {
                    let shown = seen(&client.at(&server.url), &path);
                    assert_eq!(&shown, uncached, "{path} for {name} after {first}");
                }
            }
        }
        check_conditional_requests(&viewers, &path, &uncached);
    }
}

/// Another viewer's ETag never yields 304 for a different answer.
fn check_conditional_requests(viewers: &Viewers, path: &str, uncached: &[Seen]) {
    for (theirs, (name, client)) in uncached.iter().zip(&viewers.clients) {
        let Some(own) = theirs.tag.as_deref() else {
            continue;
        };
        assert_eq!(
            client.get_if_none_match(path, own).status,
            304,
            "{path} for {name}"
        );
        let others = uncached.iter().filter(|other| other.text != theirs.text);
        for tag in others.filter_map(|other| other.tag.as_deref()) {
            assert_eq!(
                client.get_if_none_match(path, tag).status,
                200,
                "{path} for {name}"
            );
        }
    }
}

#[test]
fn concurrent_viewers_each_get_their_own_answer() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let viewers = Viewers::build(&cluster);
    for path in viewers.paths() {
        let uncached = uncached(&cluster, &viewers, &path);
        cluster.redis.ask(&["FLUSHALL"]).unwrap();
        thread::scope(|scope| {
            for server in cluster.servers().into_iter().cycle().take(4) {
                for ((name, client), uncached) in viewers.clients.iter().zip(&uncached) {
                    let (client, path) = (client.at(&server.url), &path);
                    scope.spawn(move || {
                        for _ in 0..4 {
                            assert_eq!(&seen(&client, path), uncached, "{path} for {name}");
                        }
                    });
                }
            }
        });
    }
}

#[test]
fn viewer_specific_answers_forbid_shared_caching() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let viewers = Viewers::build(&cluster);
    for path in viewers.paths() {
        for (name, client) in &viewers.clients {
            let answer = client.get(&path);
            let kept = answer.header("cache-control").unwrap_or_default();
            match *name {
                "nobody" if answer.status == 200 => {
                    assert_eq!(kept, "public, no-cache", "{path}");
                    let vary = answer.header("vary").unwrap_or_default().to_lowercase();
                    assert!(vary.contains("authorization"), "{path}: {vary}");
                }
                "nobody" => assert!(!kept.contains("public"), "{path}: {kept}"),
                _ => assert_eq!(kept, "no-store", "{path} for {name}"),
            }
        }
    }
}
