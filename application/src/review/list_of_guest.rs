//! Listing the reviews of a guest.

use sojourn_domain::shared::{Actor, Page, PageRequest, UserId};

use super::views::ReviewView;
use crate::access::PermissionError;
use crate::ports::{Ports, ReviewFilter};

/// Lists the published reviews of a guest by hosts, newest first: for the guest, hosts with a request or booking of the
/// guest, and operators.
///
/// # Errors
/// [`PermissionError`].
pub async fn list_of_guest(
    ports: &Ports,
    actor: &Actor,
    guest: UserId,
    page: PageRequest,
) -> Result<Page<ReviewView>, PermissionError> {
    let user = ports.users.get(guest).await?;
    user.filter(|it| it.erased_at.is_none() && it.is_shown_to(Some(actor)))
        .ok_or(PermissionError::NotFound)?;
    if !may_read(ports, actor, guest).await? {
        return Err(PermissionError::Forbidden);
    }
    let queries = &ports.review_queries;
    let page = queries.reviews(ReviewFilter::OfGuest(guest), page).await?;
    Ok(page.map(|review| ReviewView::new(&review, Some(actor))))
}

async fn may_read(ports: &Ports, actor: &Actor, guest: UserId) -> Result<bool, PermissionError> {
    if actor.admin || actor.user_id == guest {
        return Ok(true);
    }
    let queries = &ports.booking_queries;
    Ok(queries.has_request_or_booking(actor.user_id, guest).await?)
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::RepositoryError;

    use super::*;
    use crate::test_support::test_ports::{TestPorts, user};

    async fn listed(actor: Actor, has_booking: Option<bool>) -> Result<usize, PermissionError> {
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        if let Some(has_booking) = has_booking {
            test.booking_queries
                .expect_has_request_or_booking()
                .once()
                .withf(move |host, guest| (*host, *guest) == (actor.user_id, user().id))
                .return_once(move |_, _| Ok(has_booking));
        }
        test.review_queries
            .expect_reviews()
            .withf(|filter, _| *filter == ReviewFilter::OfGuest(user().id))
            .return_once(|_, _| {
                let (data, next) = (Vec::new(), None);
                Ok(Page { data, next })
            });
        let page = PageRequest {
            limit: 20,
            after: None,
        };
        let page = list_of_guest(&test.ports(), &actor, user().id, page).await?;
        Ok(page.data.len())
    }

    #[tokio::test]
    async fn the_guest_operators_and_hosts_with_a_booking_may_read_them() {
        let host = Actor::member(UserId::new(uuid::Uuid::from_u128(77)));
        let operator = Actor {
            admin: true,
            ..host
        };
        assert_eq!(listed(Actor::member(user().id), None).await, Ok(0));
        assert_eq!(listed(operator, None).await, Ok(0));
        assert_eq!(listed(host, Some(true)).await, Ok(0));
        let refused = listed(host, Some(false)).await;
        assert_eq!(refused, Err(PermissionError::Forbidden));
    }

    #[tokio::test]
    async fn an_unknown_account_has_no_reviews() {
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(|_| Ok(None));
        let page = PageRequest {
            limit: 20,
            after: None,
        };
        let operator = Actor {
            admin: true,
            ..Actor::member(user().id)
        };
        let refused = list_of_guest(&test.ports(), &operator, user().id, page).await;
        assert_eq!(refused, Err(PermissionError::NotFound));
    }

    #[tokio::test]
    async fn a_failing_store_permits_nothing() {
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        test.booking_queries
            .expect_has_request_or_booking()
            .return_once(|_, _| Err(RepositoryError::Internal("broken".to_owned())));
        let page = PageRequest {
            limit: 20,
            after: None,
        };
        let host = Actor::member(UserId::new(uuid::Uuid::from_u128(77)));
        let refused = list_of_guest(&test.ports(), &host, user().id, page).await;
        assert!(matches!(refused, Err(PermissionError::Store(_))));
    }
}
