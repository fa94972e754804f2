//! Folders of a crate use each other without circles.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Modules, Use};

const CRATES: [&str; 11] = [
    "domain",
    "application",
    "adapters/graphql",
    "adapters/http",
    "adapters/mail",
    "adapters/metrics",
    "adapters/payments",
    "adapters/persistence",
    "adapters/redis",
    "adapters/security",
    "bin",
];

/// Folders of `src`, each a noun or a room, and those that they use. A file directly in `src` counts as
/// a folder of its own; the folders inside a noun are parts of one whole.
type Graph<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn folder(file: &str) -> &str {
    let within = file.find("/src/").unwrap() + "/src/".len();
    match file[within..].find('/') {
        Some(end) => &file[..within + end],
        None => file,
    }
}

fn reachable<'a>(graph: &Graph<'a>, from: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut left: Vec<&str> = graph.get(from).into_iter().flatten().copied().collect();
    while let Some(folder) = left.pop() {
        if found.insert(folder) {
            left.extend(graph.get(folder).into_iter().flatten());
        }
    }
    found
}

/// Groups of folders that use each other in a circle.
fn circles<'a>(graph: &Graph<'a>) -> BTreeSet<BTreeSet<&'a str>> {
    let reached: BTreeMap<&str, _> = graph.keys().map(|&it| (it, reachable(graph, it))).collect();
    let circle = |&it: &&'a str| -> BTreeSet<&'a str> {
        let others = graph.keys().copied();
        others
            .filter(|other| reached[it].contains(other) && reached[other].contains(it))
            .collect()
    };
    let all = graph.keys().map(circle);
    let spans_folders = |it: &BTreeSet<&str>| it.iter().any(|node| !node.ends_with(".rs"));
    all.filter(|circle| circle.len() > 1 && spans_folders(circle))
        .collect()
}

/// The uses that make up a circle, grouped by the two folders, the rarest first.
fn describe(circle: &BTreeSet<&str>, uses: &BTreeSet<Use>) -> String {
    let folders: Vec<_> = circle.iter().copied().collect();
    let mut text = format!("circle of {}", folders.join(", "));
    let mut groups = BTreeMap::<_, Vec<String>>::new();
    for it in uses {
        let ends = (folder(&it.from), folder(&it.to));
        if ends.0 != ends.1 && circle.contains(ends.0) && circle.contains(ends.1) {
            let name = it.from.rsplit('/').next().unwrap();
            let group = groups.entry(ends).or_default();
            group.push(format!("{name} uses {}", it.path));
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, uses)| uses.len());
    for ((from, to), uses) in groups {
        text.push_str(&format!("\n  {from} -> {to} ({} uses)", uses.len()));
        for line in uses {
            text.push_str(&format!("\n    {line}"));
        }
    }
    text
}

#[test]
fn folders_of_a_crate_have_no_circles() {
    let mut found = Vec::new();
    for name in CRATES {
        let uses = Modules::of_crate(name).uses();
        let mut graph = Graph::new();
        for it in &uses {
            let (from, to) = (folder(&it.from), folder(&it.to));
            graph.entry(to).or_default();
            let used = graph.entry(from).or_default();
            if from != to {
                used.insert(to);
            }
        }
        let circles = circles(&graph);
        let described = circles.iter().map(|circle| describe(circle, &uses));
        found.extend(described);
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn circles_of_any_length_are_found() {
    let graph = Graph::from([
        ("a", BTreeSet::from(["b"])),
        ("b", BTreeSet::from(["c"])),
        ("c", BTreeSet::from(["a", "d"])),
        ("d", BTreeSet::new()),
    ]);
    let expected = BTreeSet::from([BTreeSet::from(["a", "b", "c"])]);
    assert_eq!(circles(&graph), expected);
}
