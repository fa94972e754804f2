//! Bookings as their parties see them.

use sojourn_domain::booking::CancelRequest;

use crate::booking::{accept, cancel, decline, get};
use crate::test_support::marketplace::{guest, host, marketplace, requested};

#[tokio::test]
async fn hosts_see_the_contacts_of_their_guests_once_confirmed() {
    let (marketplace, ports) = marketplace();
    let booking = requested(&marketplace, &ports).await;
    let asked = get(&ports, &host(), booking.id).await.unwrap();
    let name = asked.guest.unwrap();
    assert!(!name.first_name.is_empty());
    assert_eq!((name.last_name, name.email, name.phone), (None, None, None));
    let accepted = accept(&ports, &host(), booking.id, None).await.unwrap();
    let contacts = accepted.guest.clone().unwrap();
    assert!(contacts.last_name.is_some() && contacts.email.is_some());
    assert_eq!(Ok(accepted), get(&ports, &host(), booking.id).await);
    let own = get(&ports, &guest(), booking.id).await.unwrap();
    assert_eq!(own.guest, None);
}

#[tokio::test]
async fn declining_shows_no_contacts() {
    let (marketplace, ports) = marketplace();
    let booking = requested(&marketplace, &ports).await;
    let declined = decline(&ports, &host(), booking.id, None, None)
        .await
        .unwrap();
    assert_eq!(declined.guest.unwrap().email, None);
}

#[tokio::test]
async fn the_guest_does_not_see_the_fee_of_the_host() {
    let (marketplace, ports) = marketplace();
    let booking = requested(&marketplace, &ports).await;
    accept(&ports, &host(), booking.id, None).await.unwrap();
    let cancelled = cancel(&ports, &host(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    assert!(cancelled.cancellation.unwrap().host_fee.is_some());
    let seen = get(&ports, &guest(), booking.id).await.unwrap();
    assert_eq!(seen.cancellation.unwrap().host_fee, None);
}
