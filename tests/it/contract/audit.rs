//! The audit log is append-only.

use chrono::TimeDelta;
use sojourn_application::ports::{AuditFilter, AuditLine, AuditLog};
use sojourn_domain::shared::{Actor, AuditAction, AuditEntry, AuditSubject, PageRequest, UserId};
use sojourn_domain::user::{UserChange, UserRepository};
use sojourn_persistence::Database;
use sojourn_tests::{TestDatabase, insert_user, new_id, now};

use super::on_every_database;
use super::raw_sql::{for_each_database, raw};

on_every_database!(
    concurrent_audit_writers_form_one_chain,
    audit_lines_are_filtered_by_actor_subject_and_time
);

fn entry(actor: UserId, minutes: i64) -> AuditEntry {
    let actor = Actor {
        address: Some("2001:db8::7".parse().unwrap()),
        ..Actor::member(actor)
    };
    let at = now() + TimeDelta::minutes(minutes);
    AuditEntry::of(
        &actor,
        AuditAction::LoggedIn,
        AuditSubject::User(actor.user_id),
        at,
    )
}

fn unguard(fresh: &TestDatabase) {
    let sql = if fresh.name != "PostgreSQL" {
        "DROP TRIGGER audit_log_update; DROP TRIGGER audit_log_delete"
    } else {
        "ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only"
    };
    raw(fresh, sql).unwrap();
}

#[test]
fn audit_log_is_append_only_and_tampering_is_detected() {
    for_each_database(async |fresh, database| {
        for minute in 0..6 {
            database
                .append(entry(UserId::new(new_id()), minute))
                .await
                .unwrap();
        }
        let whole = database.verify_chain().await.unwrap();
        assert_eq!((whole.lines, whole.broken_at), (6, None));
        for change in [
            "UPDATE audit_log SET was = 'x'",
            "DELETE FROM audit_log WHERE number = 6",
        ] {
            let refused = raw(&fresh, change).unwrap_err();
            assert!(
                refused.contains("never") || refused.contains("append-only"),
                "{refused}"
            );
        }
        if fresh.name == "PostgreSQL" {
            let refused = raw(&fresh, "TRUNCATE audit_log").unwrap_err();
            assert!(refused.contains("append-only"), "{refused}");
        }
        for (columns, rule) in [
            (
                "0, at, action, 'user', actor_id, hash, previous_hash",
                "audit_log_number_check",
            ),
            (
                "7, at, action, 'planet', actor_id, hash, previous_hash",
                "audit_log_subject_kind_check",
            ),
            (
                "7, at, action, 'user', NULL, hash, previous_hash",
                "audit_log_subject_check",
            ),
            (
                "7, at, action, NULL, NULL, 'short', hash",
                "audit_log_previous_hash_check",
            ),
            (
                "7, at, action, NULL, NULL, hash, 'short'",
                "audit_log_hash_check",
            ),
        ] {
            let copied = format!(
                "INSERT INTO audit_log (number, at, action, subject_kind, subject_id, previous_hash, hash) \
                 SELECT {columns} FROM audit_log WHERE number = 6"
            );
            let refused = raw(&fresh, &copied).unwrap_err();
            assert!(refused.contains(rule), "{refused}");
        }
        assert_eq!(database.verify_chain().await.unwrap(), whole);
        unguard(&fresh);
        for (change, broken_at) in [
            (
                "UPDATE audit_log SET became = 'nothing' WHERE number = 5",
                5,
            ),
            (
                "UPDATE audit_log SET at = '2020-01-01 00:00:00' WHERE number = 4",
                4,
            ),
            ("DELETE FROM audit_log WHERE number = 2", 2),
        ] {
            raw(&fresh, change).unwrap();
            assert_eq!(
                database.verify_chain().await.unwrap().broken_at,
                Some(broken_at),
                "{change}"
            );
        }
    });
}

mod checks {
    use super::*;

    async fn all(database: &Database, filter: AuditFilter, limit: u32) -> Vec<AuditLine> {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = AuditLog::page(database, filter, PageRequest { limit, after })
                .await
                .unwrap();
            found.extend(page.data);
            after = page.next;
            if after.is_none() {
                return found;
            }
        }
    }

    pub async fn concurrent_audit_writers_form_one_chain(database: Database) {
        let empty = database.verify_chain().await.unwrap();
        assert_eq!((empty.lines, empty.head, empty.broken_at), (0, None, None));
        let writers: Vec<_> = (0..8)
            .map(|n| {
                let database = database.clone();
                tokio::spawn(async move {
                    for minute in 0..20 {
                        let user = insert_user(&database, "racer").await;
                        let entry = entry(user.id, 20 * n + minute);
                        if n % 2 == 0 {
                            database.append(entry).await.unwrap();
                        } else {
                            let change = UserChange::of(user.verify_email(now())).with_audit(entry);
                            UserRepository::commit(&database, change).await.unwrap();
                        }
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let chain = database.verify_chain().await.unwrap();
        assert_eq!((chain.lines, chain.broken_at), (160, None));
        let mut lines = all(&database, AuditFilter::default(), 33).await;
        lines.sort_by_key(|line| line.number);
        assert!(lines.iter().map(|line| line.number).eq(1..=160));
        assert_eq!(lines.last().map(|line| line.hash.clone()), chain.head);
    }

    pub async fn audit_lines_are_filtered_by_actor_subject_and_time(database: Database) {
        let (anna, ben) = (UserId::new(new_id()), UserId::new(new_id()));
        for minute in 0..12 {
            let mut entry = entry(if minute % 3 == 0 { anna } else { ben }, minute);
            if minute % 2 == 0 {
                entry.action = AuditAction::LoginRefused;
            }
            database
                .append(entry.with_change("before", "after"))
                .await
                .unwrap();
        }
        let entry_without_actor = AuditEntry {
            actor: None,
            address: None,
            subject: None,
            ..entry(ben, 12)
        };
        database
            .append(
                entry_without_actor
                    .clone()
                    .with_result("POST /v1/properties"),
            )
            .await
            .unwrap();
        let everything = all(&database, AuditFilter::default(), 100).await;
        assert_eq!(
            everything[0].entry,
            entry_without_actor.with_result("POST /v1/properties")
        );
        assert_eq!(
            everything[1].entry,
            entry(ben, 11).with_change("before", "after")
        );
        let (actor, subject) = (Some(anna), Some(AuditSubject::User(ben)));
        let (action, from) = (
            Some(AuditAction::LoginRefused),
            Some(now() + TimeDelta::minutes(6)),
        );
        let none = AuditFilter::default();
        for (filter, expected) in [
            (none, 13),
            (AuditFilter { actor, ..none }, 4),
            (AuditFilter { subject, ..none }, 8),
            (AuditFilter { action, ..none }, 6),
            (AuditFilter { from, ..none }, 7),
            (
                AuditFilter {
                    actor,
                    action,
                    from,
                    ..none
                },
                1,
            ),
        ] {
            let found = all(&database, filter, 100).await;
            assert_eq!(found.len(), expected, "{filter:?}");
            assert!(found.is_sorted_by(|one, next| one.entry.at > next.entry.at));
            assert!(found.iter().all(|line| everything.contains(line)));
            for limit in [1, 2] {
                assert_eq!(all(&database, filter, limit).await, found, "{filter:?}");
            }
        }
    }
}
