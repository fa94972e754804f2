//! All use cases for operators reject members before any data is read: mocks panic when called.
//! Operators get their results.

#![expect(
    clippy::too_many_lines,
    reason = "a test tells a scenario in one piece"
)]

use sojourn_domain::booking::CancelRequest;
use sojourn_domain::shared::{Actor, BookingId, Page, PageRequest, PaymentId};
use uuid::Uuid;

use super::AdminError;
use crate::audit;
use crate::booking::CancelError;
use crate::booking::{ListBookings, cancel_as_admin, list_all as list_bookings};
use crate::caching::report;
use crate::ledger::{LedgerError, list_entries};
use crate::payment::RefundError;
use crate::payment::{list_refunds, refund_as_admin};
use crate::ports::{AnyReviews, AuditFilter, JournalFilter, PropertyFilter};
use crate::property::{self, PropertyView};
use crate::review;
use crate::second_factor;
use crate::test_support::test_ports::{
    TestPorts, actor_of, listed, now, operator, stranger, usd, user,
};
use crate::user::{AccountEdit, ChangeAccountError, change_account, get_account};

fn page() -> PageRequest {
    PageRequest {
        limit: 20,
        after: None,
    }
}

fn any_booking() -> ListBookings {
    ListBookings::default()
}

/// The outcome of each use case by name; all commands are valid.
async fn outcomes(actor: &Actor) -> Vec<(&'static str, bool)> {
    let ports = TestPorts::new().ports();
    let (user, listing) = (user().id, listed().id);
    let (booking, payment) = (BookingId::new(Uuid::nil()), PaymentId::new(Uuid::nil()));
    let reason = || "why".to_owned();
    let refused = AdminError::Forbidden;
    vec![
        (
            "get_user",
            get_account(&ports, actor, user).await == Err(refused.clone()),
        ),
        (
            "suspend_user",
            crate::user::suspend(&ports, actor, user, reason()).await == Err(refused.clone()),
        ),
        (
            "reinstate_user",
            crate::user::reinstate(&ports, actor, user, reason()).await == Err(refused.clone()),
        ),
        (
            "reset_second_factor",
            second_factor::reset(&ports, actor, user, reason()).await == Err(refused.clone()),
        ),
        (
            "change_user",
            change_account(&ports, actor, user, AccountEdit::default(), None).await
                == Err(ChangeAccountError::Forbidden),
        ),
        (
            "list_properties",
            property::list_all(&ports, actor, PropertyFilter::default(), page()).await
                == Err(refused.clone()),
        ),
        (
            "suspend_property",
            property::suspend(&ports, actor, listing, reason()).await == Err(refused.clone()),
        ),
        (
            "reinstate_property",
            property::reinstate(&ports, actor, listing, reason()).await == Err(refused.clone()),
        ),
        (
            "list_bookings",
            list_bookings(&ports, actor, None, any_booking(), page()).await == Err(refused.clone()),
        ),
        (
            "list_reviews",
            review::list_all(&ports, actor, AnyReviews::default(), page()).await
                == Err(refused.clone()),
        ),
        (
            "cancel_booking",
            cancel_as_admin(&ports, actor, booking, CancelRequest::default(), None).await
                == Err(CancelError::Forbidden),
        ),
        (
            "list_refunds",
            list_refunds(&ports, actor, page()).await == Err(refused.clone()),
        ),
        (
            "refund",
            refund_as_admin(&ports, actor, payment, usd(1_00), reason()).await
                == Err(RefundError::Forbidden),
        ),
        (
            "audit_log",
            audit::list(&ports, actor, AuditFilter::default(), page()).await
                == Err(refused.clone()),
        ),
        ("cache_report", report(&ports, actor).await == Err(refused)),
        (
            "ledger",
            list_entries(&ports, actor, JournalFilter::default(), page()).await
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
async fn operators_are_answered() {
    let mut test = TestPorts::new();
    let erased = user().erase(now()).unwrap();
    let found = erased.clone();
    test.users.expect_get().return_once(|_| Ok(Some(found)));
    test.property_queries
        .expect_properties()
        .return_once(|_, _| {
            Ok(Page {
                data: vec![listed()],
                next: None,
            })
        });
    test.booking_queries.expect_bookings().return_once(|_, _| {
        Ok(Page {
            data: Vec::new(),
            next: Some("7".into()),
        })
    });
    test.payment_queries.expect_refunds().return_once(|_| {
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
    assert_eq!(
        get_account(&ports, &actor, erased.id).await,
        Ok((&erased).into())
    );
    let properties = property::list_all(&ports, &actor, PropertyFilter::default(), page())
        .await
        .unwrap();
    assert_eq!(properties.data, [PropertyView::whole(listed())]);
    let bookings = list_bookings(&ports, &actor, None, any_booking(), page())
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
    let lines = audit::list(&ports, &actor, AuditFilter::default(), page())
        .await
        .unwrap();
    assert_eq!(lines.next.as_deref(), Some("9"));
    assert_eq!(report(&ports, &actor).await.unwrap().backend, "none");
}
