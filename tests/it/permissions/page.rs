//! `docs/permissions.md`, generated from the table.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::table::{Actor, Outcome, TABLE};

const HEAD: &str = "\
# Who may do what

Made of the table in `tests/it/permissions/table.rs`, which is held against the running server: each cell is asked over
REST and over GraphQL, and what is denied is shown to have changed nothing in the database. An operation without a row
fails the tests. Over GraphQL the status is in the extensions of the error, and a lookup of what may not be known is null.

The guest and the host are those of the booking, payment, review or property in question; *other* ones have no part in
it. An account that was suspended has no session any more. **yes** means may do, in the state that allows it; a number is
the status of the answer: 401 log in, 403 may know of it and may not do it, 404 may not even know of it.
";

fn page() -> String {
    let mut page = String::from(HEAD);
    page.push_str("\n| operation |");
    for actor in Actor::ALL {
        let _infallible = write!(page, " {} |", actor.label());
    }
    page.push_str(" |\n|---|");
    page.push_str(&"---|".repeat(Actor::ALL.len() + 1));
    page.push('\n');
    for row in TABLE {
        let _infallible = write!(page, "| `{}` |", row.operation);
        for actor in Actor::ALL {
            let _infallible = match row.outcome(actor) {
                Outcome::May => write!(page, " **yes** |"),
                Outcome::Denied(status) => write!(page, " {status} |"),
            };
        }
        let _infallible = writeln!(page, " {} |", row.note);
    }
    page
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/permissions.md")
}

#[test]
fn permissions_page_matches_the_table() {
    if std::env::var_os("SOJOURN_WRITE_DOCS").is_some() {
        std::fs::write(path(), page()).unwrap();
    }
    let written = std::fs::read_to_string(path()).unwrap_or_default();
    assert!(
        written == page(),
        "docs/permissions.md is not up to date: SOJOURN_WRITE_DOCS=1 cargo test -p sojourn-tests permissions_page"
    );
}
