//! The role of operators: read at each request, checked again in each change, and never without a holder.

use chrono::Utc;
use serde_json::json;
use sojourn_application::UseCaseError as _;
use sojourn_application::access::OwnerProof;
use sojourn_application::user::{
    AccountEdit, ChangeAccountError, EraseError, change_account, erase, suspend,
};
use sojourn_domain::shared::{Actor, RepositoryError, UserId};
use sojourn_domain::user::Role;
use sojourn_tests::{Member, Server, databases};

use crate::doctor::try_execute_sql;
use crate::security::support::fixtures::create_listing;

fn id(member: &Member) -> UserId {
    UserId::new(member.id.parse().unwrap())
}

fn role(role: Role) -> AccountEdit {
    AccountEdit {
        role: Some(role),
        email: None,
    }
}

#[test]
fn the_role_is_read_from_the_account_at_each_request() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.sign_up_member("anna");
        let status = || anna.client.get("/v1/admin/users/").status;
        assert_eq!(status(), 403);
        for (word, expected) in [("admin", 200), ("member", 403)] {
            let change = format!(
                "UPDATE users SET role = '{word}' WHERE email = '{}'",
                anna.email
            );
            try_execute_sql(&database, &change).unwrap();
            assert_eq!(status(), expected, "{word} on {}", database.name);
        }
    }
}

#[test]
fn the_rights_of_an_operator_are_checked_again_in_the_transaction() {
    for database in databases() {
        let server = Server::start(&database);
        let (anna, ben) = (server.sign_up_member("anna"), server.sign_up_member("ben"));
        let property = create_listing(&ben.client, "instant");
        // As if the role had been taken after the request was authenticated.
        let former = Actor::operator(id(&anna));
        let lost = RepositoryError::OperatorRightsLost;
        assert_eq!(lost.failure().code, "forbidden");
        let ports = &server.ports;
        let reason = || "A test of the rules".to_owned();
        let suspended = server.block_on(suspend(ports, &former, id(&ben), reason()));
        assert_eq!(suspended.unwrap_err(), lost.clone().into());
        let appointed = server.block_on(change_account(
            ports,
            &former,
            id(&ben),
            role(Role::Admin),
            None,
        ));
        assert_eq!(appointed, Err(ChangeAccountError::Store(lost.clone())));
        let hidden = server.block_on(sojourn_application::property::suspend(
            ports,
            &former,
            property
                .parse()
                .map(sojourn_domain::shared::PropertyId::new)
                .unwrap(),
            reason(),
        ));
        assert_eq!(hidden.unwrap_err(), lost.into());
        ben.client.get("/v1/users/me").expect(200);
        server
            .client()
            .get(&format!("/v1/properties/{property}"))
            .expect(200);
        assert!(server.check_integrity().audit.broken_at.is_none());
    }
}

#[test]
fn the_last_operator_stays() {
    for database in databases() {
        let server = Server::start(&database);
        let operator = server.operator_member();
        let last = operator.client.delete("/v1/users/me");
        last.expect_problem(409, "last_operator");
        operator.client.get("/v1/admin/users/").expect(200);
        let anna = server.sign_up_member("anna");
        operator
            .client
            .patch(
                &format!("/v1/admin/users/{}", anna.id),
                &json!({"role": "admin"}),
            )
            .expect(200);
        operator.client.delete("/v1/users/me").expect(204);
        let anna = server.log_in_as(&anna.email, &anna.password);
        let last = anna.client.delete("/v1/users/me");
        last.expect_problem(409, "last_operator");
    }
}

#[test]
fn one_of_two_operators_who_remove_each_other_stays() {
    for database in databases() {
        let server = Server::start(&database);
        let (anna, ben) = (server.operator_member(), server.operator_member());
        let pair = [id(&anna), id(&ben)];
        for round in 0..12 {
            let removal = |at: usize| {
                let (ports, by, of) = (server.ports.clone(), pair[at], pair[1 - at]);
                async move {
                    let actor = Actor::operator(by);
                    if round % 2 == 0 {
                        let demoted = change_account(&ports, &actor, of, role(Role::Member), None);
                        demoted
                            .await
                            .map(drop)
                            .map_err(|error| error.failure().code)
                    } else {
                        let suspended = suspend(&ports, &actor, of, "They left".to_owned());
                        suspended
                            .await
                            .map(drop)
                            .map_err(|error| error.failure().code)
                    }
                }
            };
            let (one, other) = server.block_on(async {
                let one = tokio::spawn(removal(0));
                let other = tokio::spawn(removal(1));
                (one.await.unwrap(), other.await.unwrap())
            });
            let refused = [&one, &other].into_iter().find_map(|it| it.as_ref().err());
            assert!(
                one.is_ok() != other.is_ok()
                    && refused.is_some_and(|code| ["forbidden", "last_operator"].contains(&code.as_ref())),
                "round {round} on {}: {one:?}, {other:?}",
                database.name
            );
            let restore = "UPDATE users SET role = 'admin', suspended_at = NULL \
                           WHERE email LIKE 'operator-%'";
            try_execute_sql(&database, restore).unwrap();
        }
        // Both leave by themselves.
        let (one, other) = server.block_on(async {
            let leave = |who| {
                let ports = server.ports.clone();
                tokio::spawn(async move {
                    let proof = OwnerProof {
                        logged_in_at: Utc::now(),
                        password: None,
                    };
                    erase(&ports, &Actor::operator(who), who, None, proof).await
                })
            };
            let (one, other) = (leave(pair[0]), leave(pair[1]));
            (one.await.unwrap(), other.await.unwrap())
        });
        let last = Err(EraseError::Store(RepositoryError::LastOperator));
        assert!(one == last || other == last, "{one:?}, {other:?}");
        assert!(one.is_ok() || other.is_ok(), "{one:?}, {other:?}");
    }
}
