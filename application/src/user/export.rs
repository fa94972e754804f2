//! Data export of an account.

use sojourn_domain::booking::Booking;
use sojourn_domain::review::Review;
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, RepositoryError, UserId,
};
use sojourn_domain::user::{SecondFactor, User};

use super::views::AccountView;
use crate::access::rate_limits::{self, consume};
use crate::booking::BookingView;
use crate::failure::{Failure, UseCaseError};
use crate::pagination::collect_all_pages;
use crate::payment::PaymentView;
use crate::ports::{BookingFilter, Ports, PropertyFilter, ReviewFilter, Session, Side};
use crate::property::PropertyView;
use crate::review::ReviewView;
use crate::wishlist::{self, WishlistView};

/// All data stored about an account, without its secrets.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// The account.
    pub user: AccountView,
    /// True if it has an active second factor.
    pub second_factor: bool,
    /// Its latest 100 sessions.
    pub sessions: Vec<Session>,
    /// Its properties, in any status.
    pub properties: Vec<PropertyView>,
    /// Its bookings, as guest or host.
    pub bookings: Vec<BookingView>,
    /// The payments of these bookings.
    pub payments: Vec<PaymentView>,
    /// Its reviews, published or not.
    pub reviews: Vec<ReviewView>,
    /// Its wish lists.
    pub wishlists: Vec<WishlistView>,
}

/// Errors of exporting an account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// No such account, or it is erased.
    #[error("no such user")]
    NotFound,
    /// The resource belongs to another account.
    #[error("only the account's owner or an operator may do this")]
    Forbidden,
    /// Too many exports of this account; holds the seconds until the next one.
    #[error("too many exports; try again in {0} seconds")]
    Throttled(u32),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ExportError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Exports all data stored about an account, for its owner or an operator.
///
/// # Errors
/// [`ExportError`].
pub async fn export(ports: &Ports, actor: &Actor, id: UserId) -> Result<Export, ExportError> {
    let user = ports
        .users
        .get(id)
        .await?
        .filter(|user| user.erased_at.is_none());
    let user = user
        .filter(|user| user.is_shown_to(Some(actor)))
        .ok_or(ExportError::NotFound)?;
    if actor.user_id != id && !actor.admin {
        return Err(ExportError::Forbidden);
    }
    consume(ports, rate_limits::EXPORTS, &id.to_string())
        .await
        .map_err(ExportError::Throttled)?;
    let copy = collect(ports, user).await?;
    let (action, subject) = (AuditAction::DataExported, AuditSubject::User(id));
    ports
        .audit
        .append(AuditEntry::of(actor, action, subject, ports.clock.now()))
        .await?;
    Ok(copy)
}

async fn collect(ports: &Ports, user: User) -> Result<Export, RepositoryError> {
    let id = user.id;
    let properties = PropertyFilter {
        status: None,
        host: Some(id),
    };
    let bookings = BookingFilter {
        user: Some((id, Side::Either)),
        ..BookingFilter::default()
    };
    let owner = Actor::member(id);
    let properties =
        collect_all_pages(|page| ports.property_queries.properties(properties, page)).await?;
    let reviews =
        collect_all_pages(|page| ports.review_queries.reviews(ReviewFilter::By(id), page)).await?;
    let bookings =
        collect_all_pages(|page| ports.booking_queries.bookings(bookings.clone(), page)).await?;
    let payments = collect_all_pages(|page| ports.payment_queries.payments(Some(id), page)).await?;
    let wishlists = collect_all_pages(|page| wishlist::list_own(ports, &owner, None, page)).await?;
    // Other accounts appear by their ids alone.
    let booking_view = |it: &Booking| Some(BookingView::new(it, it.role_of(&owner)?, None));
    let review_view = |it: &Review| ReviewView::new(it, Some(&owner));
    Ok(Export {
        second_factor: ports
            .factors
            .get(id)
            .await?
            .as_ref()
            .is_some_and(SecondFactor::is_enabled),
        sessions: ports.sessions.list(id, ports.clock.now()).await?,
        properties: properties.into_iter().map(PropertyView::whole).collect(),
        bookings: bookings.iter().filter_map(booking_view).collect(),
        payments: payments.iter().map(PaymentView::from).collect(),
        reviews: reviews.iter().map(review_view).collect(),
        wishlists,
        user: AccountView::from(&user),
    })
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::Page;

    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, limits_except, listed, second_factor, session_of, stranger, user,
    };

    fn none<T>() -> Result<Page<T>, RepositoryError> {
        Ok(Page {
            data: Vec::new(),
            next: None,
        })
    }

    fn known(test: &mut TestPorts) {
        test.users.expect_get().return_once(|_| Ok(Some(user())));
    }

    #[tokio::test]
    async fn everything_is_exported_and_recorded() {
        for actor in [actor_of(&user()), Actor::operator(stranger().user_id)] {
            let mut test = TestPorts::new();
            known(&mut test);
            test.factors
                .expect_get()
                .return_once(|_| Ok(Some(second_factor())));
            test.sessions
                .expect_list()
                .return_once(|_, _| Ok(vec![session_of(&user())]));
            test.property_queries
                .expect_properties()
                .once()
                .withf(|filter, _| {
                    *filter
                        == PropertyFilter {
                            status: None,
                            host: Some(user().id),
                        }
                })
                .return_once(|_, _| {
                    Ok(Page {
                        data: vec![listed()],
                        next: None,
                    })
                });
            let bookings = test.booking_queries.expect_bookings().once();
            bookings
                .withf(|filter, _| filter.user == Some((user().id, Side::Either)))
                .return_once(|_, _| none());
            let payments = test.payment_queries.expect_payments().once();
            payments
                .withf(|whose, _| *whose == Some(user().id))
                .return_once(|_, _| none());
            let reviews = test.review_queries.expect_reviews().once();
            reviews
                .withf(|filter, _| *filter == ReviewFilter::By(user().id))
                .return_once(|_, _| none());
            let wishlists = test.wishlists.expect_of_user().once();
            wishlists
                .withf(|owner, holding, _| (*owner, *holding) == (user().id, None))
                .return_once(|_, _, _| none());
            let written = test.audit.expect_append().once().withf(move |entry| {
                let subject = Some(AuditSubject::User(user().id));
                (entry.action, entry.subject) == (AuditAction::DataExported, subject)
                    && entry.actor == Some(actor.user_id)
            });
            written.return_once(|_| Ok(()));
            let copy = export(&test.ports(), &actor, user().id).await.unwrap();
            assert_eq!(copy.user, AccountView::from(&user()));
            assert!(copy.second_factor);
            assert_eq!(
                (copy.sessions.len(), copy.properties),
                (1, vec![PropertyView::whole(listed())])
            );
        }
    }

    #[tokio::test]
    async fn strangers_cannot_export() {
        let mut test = TestPorts::new();
        known(&mut test);
        let refused = export(&test.ports(), &stranger(), user().id).await;
        assert_eq!(refused, Err(ExportError::Forbidden));
    }

    #[tokio::test]
    async fn exports_are_rate_limited() {
        let mut test = TestPorts::new();
        known(&mut test);
        test.limits = Some(limits_except(rate_limits::EXPORTS, user().id));
        let refused = export(&test.ports(), &actor_of(&user()), user().id).await;
        assert_eq!(refused, Err(ExportError::Throttled(7)));
    }
}
