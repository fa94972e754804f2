//! Each problem of a use case once: kind, code and sentence.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::DateTime;
use serde_json::Value;
use sojourn_application::access::{AdminError, AuthenticateError, OwnerProofError};
use sojourn_application::account_events::{FollowError, PositionError};
use sojourn_application::booking::{AlterError, ReserveError};
use sojourn_application::payment::{PayError, RefundError};
use sojourn_application::ports::Obligations;
use sojourn_application::session::{LogInError, RefreshError};
use sojourn_application::{
    Failure, UseCaseError, jobs, payout, property, review, second_factor, user, wishlist,
};
use sojourn_domain::booking::{
    BookingCommand, BookingStatus, HoldLimit, PriceError, TransitionError, Unavailable,
};
use sojourn_domain::property::PropertyStatus;
use sojourn_domain::shared::{Currency, Money, MoneyError, RepositoryError, Violations};

use crate::architecture::source::all_sources;

/// Constructors whose code stands in `failure.rs`.
fn general() -> Vec<Failure> {
    let mut violations = Violations::new();
    violations.add("/max_guests", "required", "is required");
    vec![
        Failure::not_found(),
        Failure::forbidden(),
        Failure::outdated(),
        Failure::throttled(30),
        Failure::busy(),
        Failure::internal("a defect"),
        Failure::invalid(violations),
        RepositoryError::Unavailable("down".to_owned()).failure(),
        RepositoryError::LastOperator.failure(),
        RepositoryError::OperatorRightsLost.failure(),
        RepositoryError::AccountClosed.failure(),
    ]
}

fn of_bookings() -> Vec<Failure> {
    let at = DateTime::UNIX_EPOCH;
    let wrong_state = TransitionError::WrongState {
        status: BookingStatus::Expired,
        command: BookingCommand::Accept,
    };
    let nights = vec!["2026-07-10".parse().unwrap()];
    let total = Money::new(342_60, Currency::parse("USD").unwrap());
    vec![
        [Unavailable::MinNights(3), Unavailable::TooManyPets(0)].failure(),
        [Unavailable::NightsTaken(nights)].failure(),
        PriceError::NoSuchRate.failure(),
        wrong_state.failure(),
        TransitionError::TooEarly { from: at }.failure(),
        TransitionError::TooLate { until: at }.failure(),
        TransitionError::BeforeDeparture { from: at }.failure(),
        TransitionError::PropertyUnavailable.failure(),
        TransitionError::NoAlteration.failure(),
        TransitionError::AlterationPending.failure(),
        TransitionError::CheckOutOnly.failure(),
        TransitionError::NothingToAlter.failure(),
        TransitionError::TooManyAlterations { limit: 10 }.failure(),
        TransitionError::Money(MoneyError::Overflow).failure(),
        ReserveError::OwnProperty.failure(),
        ReserveError::HoldLimit(HoldLimit::TooMany(at), 60).failure(),
        ReserveError::HoldLimit(HoldLimit::SameProperty(at), 60).failure(),
        ReserveError::HoldLimit(HoldLimit::Released(at), 60).failure(),
        ReserveError::QuoteInvalid.failure(),
        ReserveError::QuoteExpired.failure(),
        ReserveError::PriceChanged(total).failure(),
        AlterError::TooManyProposals(60).failure(),
        PayError::Unavailable.failure(),
        PayError::HoldExpired.failure(),
        PayError::TooManyRefusedCards(60).failure(),
        RefundError::Declined.failure(),
        PayError::Refused {
            code: "card_declined".to_owned(),
        }
        .failure(),
    ]
}

fn of_properties_and_accounts() -> Vec<Failure> {
    let taken = property::TakenNight {
        night: "2026-07-10".parse().unwrap(),
        pointer: "/blocked".to_owned(),
    };
    vec![
        property::CreateError::TooManyUnlisted.failure(),
        wishlist::CreateError::TooMany.failure(),
        wishlist::ChangeError::Full.failure(),
        property::DeleteError::HasBookings.failure(),
        payout::WaiveDebtError::NoDebt.failure(),
        property::PublishError::WrongState(PropertyStatus::Suspended).failure(),
        property::SetCalendarError::NightsTaken(vec![taken]).failure(),
        review::WriteError::Exists.failure(),
        jobs::JobDecisionError::NotDiscardable.failure(),
        review::DeleteError::Refused.failure(),
        AdminError::WrongState("suspended").failure(),
        AuthenticateError::Refused.failure(),
        LogInError::BadCredentials.failure(),
        LogInError::CodeRequired.failure(),
        LogInError::CodeInvalid.failure(),
        LogInError::CodesBlocked.failure(),
        OwnerProofError::Missing.failure(),
        OwnerProofError::WrongPassword.failure(),
        RefreshError::Refused.failure(),
        second_factor::ConfirmError::NotEnrolled.failure(),
        second_factor::ConfirmError::AlreadyOn.failure(),
        second_factor::DisableError::NotOn.failure(),
        user::MailedTokenError::TokenInvalid.failure(),
        user::ChangeAccountError::EmailTaken.failure(),
        user::ChangePasswordError::WrongPassword.failure(),
        user::EraseError::BalanceDue.failure(),
        user::EraseError::HasObligations(Obligations {
            bookings: true,
            payouts: false,
            debts: false,
        })
        .failure(),
    ]
}

/// Failures of both interfaces.
fn common() -> Vec<Failure> {
    let mut all = general();
    all.extend(of_bookings());
    all.extend(of_properties_and_accounts());
    all
}

/// Failures of subscriptions, which REST does not have.
fn of_subscriptions() -> Vec<Failure> {
    vec![
        PositionError::Invalid.failure(),
        PositionError::Expired.failure(),
        FollowError::TooMany.failure(),
    ]
}

fn all() -> Vec<Failure> {
    common().into_iter().chain(of_subscriptions()).collect()
}

#[test]
fn the_page_about_graphql_has_the_codes_of_subscriptions() {
    let page = include_str!("../../../docs/api/graphql.md");
    for failure in of_subscriptions() {
        assert!(
            page.contains(&format!("| `{}` |", failure.code)),
            "{}",
            failure.code
        );
    }
}

#[test]
fn sentences_of_every_problem() {
    let mut page = String::new();
    for failure in all() {
        writeln!(page, "{} ({:?})", failure.code, failure.kind).unwrap();
        writeln!(page, "  {}", failure.detail).unwrap();
        for violation in failure.violations.iter() {
            writeln!(
                page,
                "  {} {}: {}",
                violation.pointer, violation.code, violation.detail
            )
            .unwrap();
        }
        for (name, value) in &failure.members {
            writeln!(page, "  {name} = {value}").unwrap();
        }
    }
    insta::assert_snapshot!("problems", page);
}

/// The rows of the tables of the page about errors, as cells.
fn documented() -> Vec<Vec<String>> {
    let page = include_str!("../../../docs/api/errors.md");
    let rows = page
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains('`'));
    let cells = rows.map(|row| {
        row.split('|')
            .map(|it| it.trim().replace('`', ""))
            .collect()
    });
    cells
        .filter(|cells: &Vec<String>| cells[1] != "code in errors")
        .collect()
}

/// The known values of an open enumeration of the API document.
fn in_document(name: &str) -> BTreeSet<String> {
    let document: Value = serde_json::from_str(&sojourn_http::openapi_json()).unwrap();
    let known = &document["components"]["schemas"][name]["anyOf"][0]["enum"];
    let known = known.as_array().unwrap().iter();
    known.map(|it| it.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_page_about_errors_has_every_code_of_the_document() {
    let (problems, fields): (Vec<_>, Vec<_>) =
        documented().into_iter().partition(|it| it.len() > 5);
    let problems: BTreeSet<_> = problems.into_iter().map(|it| it[2].clone()).collect();
    let fields: BTreeSet<_> = fields.into_iter().map(|it| it[1].clone()).collect();
    assert_eq!(problems, in_document("ProblemCode"));
    assert_eq!(fields, in_document("FieldProblemCode"));
}

#[test]
fn the_page_about_errors_has_every_problem_with_its_members() {
    let rows = documented();
    let fields = in_document("FieldProblemCode");
    for failure in common() {
        let status = failure.kind.status().to_string();
        let row = rows
            .iter()
            .find(|it| it[1] == status && it[2] == *failure.code);
        let row = row.unwrap_or_else(|| panic!("{status} {} is not on the page", failure.code));
        for (name, _) in &failure.members {
            assert!(
                row[4].split(", ").any(|it| it == name),
                "{name} of {}",
                failure.code
            );
        }
        for violation in failure.violations.iter() {
            assert!(fields.contains(violation.code), "{}", violation.code);
        }
    }
}

/// Words that follow a constructor of [`Failure`] in the sources of the use cases.
fn codes_in_sources() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for source in all_sources() {
        if !source.path.starts_with("application/src/") {
            continue;
        }
        for (position, _) in source.text.match_indices("Failure::") {
            let call: String = source.text[position..]
                .chars()
                .take(160)
                .take_while(|it| !";}".contains(*it))
                .collect();
            let Some((_, arguments)) = call.split_once('(') else {
                continue;
            };
            let first = arguments.split('"').nth(1).unwrap_or_default();
            let before = arguments.split('"').next().unwrap_or_default();
            let is_first = before
                .split(',')
                .all(|part| part.trim().is_empty() || part.contains("FailureKind::"));
            if is_first
                && !first.is_empty()
                && first.chars().all(|it| it.is_ascii_lowercase() || it == '_')
            {
                codes.insert(first.to_owned());
            }
        }
    }
    codes
}

#[test]
fn every_code_has_its_sentence_in_the_snapshot() {
    let shown: BTreeSet<_> = all().iter().map(|it| it.code.to_string()).collect();
    let codes = codes_in_sources();
    assert!(codes.len() >= 25, "{codes:?}");
    let missing: Vec<_> = codes.difference(&shown).collect();
    assert!(missing.is_empty(), "not in the snapshot: {missing:?}");
}
