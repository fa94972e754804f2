//! Whoever looked before, and on whichever server, each is shown what they may see.

use std::thread;

use sojourn_tests::Client;

use super::pair::{PATIENT, Pair};
use super::places::page;
use super::visible::{NOTE, Seen, World};

fn seen(client: &Client, path: &str) -> Seen {
    Seen::of(&client.get(path))
}

/// What each is shown when nobody looked before.
fn alone(pair: &Pair, world: &World, path: &str) -> Vec<Seen> {
    let people = world.people.iter();
    people
        .map(|(_, client)| {
            pair.redis.ask(&["FLUSHALL"]).unwrap();
            seen(client, path)
        })
        .collect()
}

#[test]
fn what_each_may_see_differs() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let world = World::build(&pair);
    let shown = |path: &str| -> Vec<String> {
        alone(&pair, &world, path)
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
        format!("/v1/users/{}", world.host.id),
        format!("/v1/users/{}", world.guest.id),
    );
    let reviews = format!("{}/reviews", page(&world.place));
    let by_host = format!("/v1/properties/?host_id={}", world.host.id);
    // Nobody, a stranger, the guest, the host, an operator.
    for (path, what, whom) in [
        (
            page(&world.place),
            "1 Lake Road",
            [false, false, true, true, true],
        ),
        (
            page(&world.place),
            "42.65258",
            [false, false, true, true, true],
        ),
        (
            page(&world.draft),
            "200 ",
            [false, false, false, true, true],
        ),
        (
            by_host,
            world.draft.as_str(),
            [false, false, false, true, true],
        ),
        (
            "/v1/properties/?city=Albany".to_owned(),
            "1 Lake Road",
            [false; 5],
        ),
        (reviews, NOTE, [false, false, true, true, false]),
        (host, &world.host.email, [false, false, false, true, true]),
        (guest, &world.guest.email, [false, false, true, false, true]),
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
fn nobody_is_shown_what_another_may_see_whoever_looked_first() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let world = World::build(&pair);
    for path in world.paths() {
        let alone = alone(&pair, &world, &path);
        for (first, looks_first) in &world.people {
            pair.redis.ask(&["FLUSHALL"]).unwrap();
            seen(looks_first, &path);
            for server in [&pair.one, &pair.one, &pair.other, &pair.other] {
                for ((name, client), alone) in world.people.iter().zip(&alone) {
                    let shown = seen(&client.at(&server.url), &path);
                    assert_eq!(&shown, alone, "{path} for {name} after {first}");
                }
            }
        }
        of_another(&world, &path, &alone);
    }
}

/// Who has what another was shown is not told that it is what they would be shown.
fn of_another(world: &World, path: &str, alone: &[Seen]) {
    for (theirs, (name, client)) in alone.iter().zip(&world.people) {
        let Some(own) = theirs.tag.as_deref() else {
            continue;
        };
        assert_eq!(
            client.get_if_none_match(path, own).status,
            304,
            "{path} for {name}"
        );
        let others = alone.iter().filter(|other| other.text != theirs.text);
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
fn nor_when_all_look_at_once() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let world = World::build(&pair);
    for path in world.paths() {
        let alone = alone(&pair, &world, &path);
        pair.redis.ask(&["FLUSHALL"]).unwrap();
        thread::scope(|scope| {
            for server in pair.servers().into_iter().cycle().take(4) {
                for ((name, client), alone) in world.people.iter().zip(&alone) {
                    let (client, path) = (client.at(&server.url), &path);
                    scope.spawn(move || {
                        for _ in 0..4 {
                            assert_eq!(&seen(&client, path), alone, "{path} for {name}");
                        }
                    });
                }
            }
        });
    }
}

#[test]
fn what_may_differ_is_not_kept_by_anybody_else_either() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let world = World::build(&pair);
    for path in world.paths() {
        for (name, client) in &world.people {
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
