//! Backups are made, listed, verified and restored on every database; damaged and unsuitable ones change nothing.

use std::fs;
use std::path::{Path, PathBuf};

use sojourn_tests::{TestDatabase, databases};
use uuid::Uuid;

use crate::security::support::process::{Ended, Program};

/// A marketplace with a folder of its own.
struct Site {
    url: String,
    folder: PathBuf,
}

impl Site {
    /// An empty site on a server of the same kind.
    fn new(database: &TestDatabase) -> Self {
        let name = format!("backup_{}", Uuid::now_v7().simple());
        let folder = std::env::temp_dir().join(&name);
        let url = if database.name == "SQLite" {
            format!("sqlite://{}", folder.join("sojourn.db").display())
        } else {
            let character_set = match database.name {
                "MariaDB" => " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                _ => "",
            };
            let made = format!("CREATE DATABASE {name}{character_set}");
            database.execute(&made).unwrap();
            let server = database.url.split('?').next().unwrap();
            let (server, _) = server.rsplit_once('/').unwrap();
            format!("{server}/{name}")
        };
        Self { url, folder }
    }

    /// Removes the database on the server and the folder.
    fn remove(self, database: &TestDatabase) {
        if let Some((_, name)) = self
            .url
            .rsplit_once('/')
            .filter(|_| database.name != "SQLite")
        {
            database.execute(&format!("DROP DATABASE {name}")).unwrap();
        }
        let _gone = fs::remove_dir_all(self.folder);
    }

    fn run_with(&self, arguments: &[&str], backups: &Path) -> Ended {
        let (folder, backups) = (
            self.folder.display().to_string(),
            backups.display().to_string(),
        );
        let variables = [
            ("DATABASE_URL", self.url.as_str()),
            ("SOJOURN_DATA_DIR", folder.as_str()),
            ("SOJOURN_BACKUP_URL", backups.as_str()),
        ];
        Program::run(arguments, &variables).end()
    }

    fn succeed(&self, arguments: &[&str], backups: &Path) -> String {
        let ended = self.run_with(arguments, backups);
        assert_eq!(
            ended.code,
            Some(0),
            "{arguments:?}: {}{}",
            ended.log,
            ended.said
        );
        ended.said
    }

    fn fail(&self, arguments: &[&str], backups: &Path) -> String {
        let ended = self.run_with(arguments, backups);
        assert_eq!(
            ended.code,
            Some(1),
            "{arguments:?}: {}{}",
            ended.log,
            ended.said
        );
        ended.log
    }
}

/// The only backup of a folder.
fn only_backup(backups: &Path) -> String {
    let names = fs::read_dir(backups).unwrap();
    let names: Vec<_> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let [name] = names.as_slice() else {
        panic!("{names:?}");
    };
    name.clone()
}

#[test]
fn a_lost_marketplace_comes_back_from_its_backup() {
    for database in databases() {
        println!("on {}", database.name);
        let site = Site::new(&database);
        let backups = std::env::temp_dir().join(format!("backups-{}", Uuid::now_v7().simple()));
        site.succeed(&["migrate"], &backups);
        site.succeed(
            &["seed", "--properties", "12", "--bookings", "30"],
            &backups,
        );
        let before = site.succeed(&["doctor", "--json"], &backups);
        let made = site.succeed(&["backup", "create"], &backups);
        let name = only_backup(&backups);
        assert!(made.contains(&format!("created {name} (")), "{made}");
        let listed = site.succeed(&["backup", "list"], &backups);
        assert!(
            listed.contains(&name) && listed.contains("not verified"),
            "{listed}"
        );
        let verified = site.succeed(&["backup", "verify"], &backups);
        assert!(
            verified.contains(&format!("verified {name}: ")),
            "{verified}"
        );
        let listed = site.succeed(&["backup", "list"], &backups);
        assert!(!listed.contains("not verified"), "{listed}");

        let refused = site.fail(&["restore", &name], &backups);
        assert!(
            refused.contains("is not empty: --force replaces it"),
            "{refused}"
        );

        // The machine is lost: another database, another folder.
        let secret = fs::read_to_string(site.folder.join("secret")).unwrap();
        site.remove(&database);
        let other = Site::new(&database);
        let restored = other.succeed(&["restore", &name], &backups);
        assert!(
            restored.contains(&format!("restored {name} into ")),
            "{restored}"
        );
        assert_eq!(
            fs::read_to_string(other.folder.join("secret")).unwrap(),
            secret
        );
        assert_eq!(
            bookings(&other.succeed(&["doctor", "--json"], &backups)),
            bookings(&before)
        );

        // What was added since then is gone after another restore.
        other.succeed(
            &[
                "seed",
                "--properties",
                "3",
                "--bookings",
                "5",
                "--seed",
                "9",
            ],
            &backups,
        );
        other.succeed(&["restore", &name, "--force"], &backups);
        assert_eq!(
            bookings(&other.succeed(&["doctor", "--json"], &backups)),
            bookings(&before)
        );
        other.remove(&database);
        fs::remove_dir_all(backups).unwrap();
    }
}

/// The number of bookings in a report of the doctor.
fn bookings(said: &str) -> String {
    let from = said
        .find("\"bookings\"")
        .unwrap_or_else(|| panic!("{said}"));
    let line = said[from..].lines().next().unwrap();
    assert!(!line.contains(": 0,"), "{line}");
    line.to_owned()
}

#[test]
fn a_damaged_or_unsuitable_backup_is_refused_and_changes_nothing() {
    let database = TestDatabase::sqlite();
    let site = Site::new(&database);
    let backups = std::env::temp_dir().join(format!("backups-{}", Uuid::now_v7().simple()));
    let missing = site.fail(&["backup", "verify"], &backups);
    assert!(missing.contains("no backup at all"), "{missing}");
    site.succeed(&["seed", "--properties", "2"], &backups);
    site.succeed(&["backup", "create"], &backups);
    let name = only_backup(&backups);
    let folder = backups.join(&name);
    let dump = fs::read(folder.join("database")).unwrap();
    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let refuse = |reason: &str| {
        for arguments in [
            ["restore", &name, "--force"].as_slice(),
            &["backup", "verify", &name],
        ] {
            let before = fs::read(site.folder.join("sojourn.db")).unwrap();
            let log = site.fail(arguments, &backups);
            assert!(log.contains(reason), "{log}");
            assert_eq!(fs::read(site.folder.join("sojourn.db")).unwrap(), before);
        }
    };
    fs::write(folder.join("database"), &dump[..dump.len() / 2]).unwrap();
    refuse("is damaged: database has ");
    let mut changed = dump.clone();
    changed[4096] ^= 1;
    fs::write(folder.join("database"), changed).unwrap();
    refuse("is damaged: database was changed");
    fs::write(folder.join("database"), &dump).unwrap();

    fs::write(
        folder.join("manifest.json"),
        manifest.replace("\"sqlite\"", "\"postgres\""),
    )
    .unwrap();
    refuse("is of postgres, and DATABASE_URL names sqlite");
    let schema = manifest.split("\"schema\": \"").nth(1).unwrap();
    let schema = schema.split('"').next().unwrap();
    fs::write(
        folder.join("manifest.json"),
        manifest.replace(schema, "29991231000001"),
    )
    .unwrap();
    refuse("was made by a newer version");
    fs::write(
        folder.join("manifest.json"),
        manifest.replace("\"format\": 1", "\"format\": 2"),
    )
    .unwrap();
    refuse("was made by a newer version");
    fs::remove_file(folder.join("manifest.json")).unwrap();
    refuse("is damaged: manifest.json");
    fs::write(folder.join("manifest.json"), &manifest).unwrap();
    site.succeed(&["backup", "verify", &name], &backups);
    for path in ["../elsewhere", "nothing"] {
        let log = site.fail(&["restore", path], &backups);
        assert!(log.contains(&format!("no backup {path} in ")), "{log}");
    }
    site.remove(&database);
    fs::remove_dir_all(backups).unwrap();
}

#[test]
fn old_backups_are_removed_beyond_a_number() {
    let database = TestDatabase::sqlite();
    let site = Site::new(&database);
    let backups = std::env::temp_dir().join(format!("backups-{}", Uuid::now_v7().simple()));
    let mut made = Vec::new();
    for _ in 0..3 {
        let said = site.succeed(&["backup", "create", "--keep", "2"], &backups);
        let name = said
            .split("created ")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap();
        made.push(name.to_owned());
    }
    let listed = site.succeed(&["backup", "list"], &backups);
    assert!(!listed.contains(&made[0]), "{listed}");
    assert!(
        listed.contains(&made[1]) && listed.contains(&made[2]),
        "{listed}"
    );
    site.remove(&database);
    fs::remove_dir_all(backups).unwrap();
}
