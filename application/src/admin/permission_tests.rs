//! All use cases for operators reject members before any data is read: mocks panic when called.
//! Operators get their results.

use sojourn_domain::booking::CancelRequest;
use sojourn_domain::shared::{Actor, BookingId, Page, PageRequest, PaymentId};
use uuid::Uuid;

use super::*;
use crate::booking::CancelError;
use crate::payment::RefundError;
use crate::ports::{AuditFilter, BookingFilter, JournalFilter, PropertyFilter};
use crate::test_ports::{TestPorts, actor_of, listed, now, operator, stranger, usd, user};

fn page() -> PageRequest {
    PageRequest {
        limit: 20,
        after: None,
    }
}

fn anything() -> BookingFilter {
    BookingFilter {
        user: None,
        status: None,
        property_id: None,
        from: None,
        to: None,
    }
}

/// The outcome of each use case by name; all commands are valid.
async fn outcomes(actor: &Actor) -> Vec<(&'static str, bool)> {
    let ports = TestPorts::new().ports();
    let (user, property) = (user().id, listed().id);
    let (booking, payment) = (BookingId::new(Uuid::nil()), PaymentId::new(Uuid::nil()));
    let why = || "why".to_owned();
    let refused = AdminError::Forbidden;
    vec![
        (
            "get_user",
            get_user(&ports, actor, user).await == Err(refused.clone()),
        ),
        (
            "suspend_user",
            suspend_user(&ports, actor, user, why()).await == Err(refused.clone()),
        ),
        (
            "reinstate_user",
            reinstate_user(&ports, actor, user, why()).await == Err(refused.clone()),
        ),
        (
            "reset_second_factor",
            reset_second_factor(&ports, actor, user, why()).await == Err(refused.clone()),
        ),
        (
            "change_user",
            change_user(&ports, actor, user, AccountEdit::default(), None).await
                == Err(ChangeUserError::Forbidden),
        ),
        (
            "list_properties",
            list_properties(&ports, actor, PropertyFilter::default(), page()).await
                == Err(refused.clone()),
        ),
        (
            "suspend_property",
            suspend_property(&ports, actor, property, why()).await == Err(refused.clone()),
        ),
        (
            "reinstate_property",
            reinstate_property(&ports, actor, property, why()).await == Err(refused.clone()),
        ),
        (
            "list_bookings",
            list_bookings(&ports, actor, anything(), page()).await == Err(refused.clone()),
        ),
        (
            "cancel_booking",
            cancel_booking(&ports, actor, booking, CancelRequest::default(), None).await
                == Err(CancelError::Forbidden),
        ),
        (
            "list_refunds",
            list_refunds(&ports, actor, page()).await == Err(refused.clone()),
        ),
        (
            "refund",
            refund(&ports, actor, payment, usd(1_00), why()).await == Err(RefundError::Forbidden),
        ),
        (
            "audit_log",
            audit_log(&ports, actor, AuditFilter::default(), page()).await == Err(refused.clone()),
        ),
        (
            "cache_report",
            cache_report(&ports, actor).await == Err(refused),
        ),
        (
            "ledger",
            ledger(&ports, actor, JournalFilter::default(), page()).await
                == Err(LedgerError::Forbidden),
        ),
    ]
}

#[tokio::test]
async fn members_are_refused_before_anything_is_read() {
    for actor in [stranger(), actor_of(&user())] {
        for (name, refused) in outcomes(&actor).await {
            assert!(refused, "{name} answers {actor:?}");
        }
    }
}

#[tokio::test]
async fn operators_see_what_they_ask_for() {
    let mut test = TestPorts::new();
    let erased = user().erase(now()).unwrap();
    let found = erased.clone();
    test.users.expect_get().return_once(|_| Ok(Some(found)));
    test.queries.expect_properties().return_once(|_, _| {
        Ok(Page {
            data: vec![listed()],
            next: None,
        })
    });
    test.queries.expect_bookings().return_once(|_, _| {
        Ok(Page {
            data: Vec::new(),
            next: Some("7".into()),
        })
    });
    test.queries.expect_refunds().return_once(|_| {
        Ok(Page {
            data: Vec::new(),
            next: Some("8".into()),
        })
    });
    test.audit.expect_page().return_once(|_, _| {
        Ok(Page {
            data: Vec::new(),
            next: Some("9".into()),
        })
    });
    let (ports, actor) = (test.ports(), operator());
    assert_eq!(get_user(&ports, &actor, erased.id).await, Ok(erased));
    let properties = list_properties(&ports, &actor, PropertyFilter::default(), page())
        .await
        .unwrap();
    assert_eq!(properties.data, [listed()]);
    let bookings = list_bookings(&ports, &actor, anything(), page())
        .await
        .unwrap();
    assert_eq!(bookings.next.as_deref(), Some("7"));
    assert_eq!(
        list_refunds(&ports, &actor, page())
            .await
            .unwrap()
            .next
            .as_deref(),
        Some("8")
    );
    let lines = audit_log(&ports, &actor, AuditFilter::default(), page())
        .await
        .unwrap();
    assert_eq!(lines.next.as_deref(), Some("9"));
    assert_eq!(cache_report(&ports, &actor).await.unwrap().backend, "none");
}
