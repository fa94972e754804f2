//! The queries of all nouns, behind one port.

use async_trait::async_trait;
use sojourn_application::ports::{
    BookingFilter, Obligations, PropertyFilter, PropertySearch, Queries, RefundView, ReviewFilter,
    SearchHit, UserFilter,
};
use sojourn_domain::booking::Booking;
use sojourn_domain::payment::Payment;
use sojourn_domain::property::Property;
use sojourn_domain::review::Review;
use sojourn_domain::shared::{Page, PageRequest, PropertyId, RepositoryError, UserId};
use sojourn_domain::user::User;

use crate::booking::queries::{has_active_bookings, has_confirmed_booking, list_bookings};
use crate::engine::database::Database;
use crate::engine::read_only::check_writable;
use crate::payment::queries::list_payments;
use crate::payment::refunds::list_refunds;
use crate::property::queries::{count_listed, list_properties};
use crate::property::search::currencies::has_mixed_currencies;
use crate::property::search::queries::search_properties;
use crate::review::queries::list_reviews;
use crate::user::obligations::find_obligations;
use crate::user::queries::list_users;

#[async_trait]
impl Queries for Database {
    async fn search(
        &self,
        search: PropertySearch,
        page: PageRequest,
    ) -> Result<Page<SearchHit>, RepositoryError> {
        self.read_consistently(move |conn| search_properties(conn, &search, &page))
            .await
    }

    async fn has_mixed_currencies(&self, search: PropertySearch) -> Result<bool, RepositoryError> {
        self.read(move |conn| has_mixed_currencies(conn, &search))
            .await
    }

    async fn bookings(
        &self,
        filter: BookingFilter,
        page: PageRequest,
    ) -> Result<Page<Booking>, RepositoryError> {
        self.read(move |conn| list_bookings(conn, &filter, &page))
            .await
    }

    async fn payments(
        &self,
        user: Option<UserId>,
        page: PageRequest,
    ) -> Result<Page<Payment>, RepositoryError> {
        self.read_consistently(move |conn| list_payments(conn, user, &page))
            .await
    }

    async fn reviews(
        &self,
        filter: ReviewFilter,
        page: PageRequest,
    ) -> Result<Page<Review>, RepositoryError> {
        self.read(move |conn| list_reviews(conn, filter, &page))
            .await
    }

    async fn users(
        &self,
        filter: UserFilter,
        page: PageRequest,
    ) -> Result<Page<User>, RepositoryError> {
        self.read(move |conn| list_users(conn, &filter, &page))
            .await
    }

    async fn properties(
        &self,
        filter: PropertyFilter,
        page: PageRequest,
    ) -> Result<Page<Property>, RepositoryError> {
        self.read(move |conn| list_properties(conn, filter, &page))
            .await
    }

    async fn refunds(&self, page: PageRequest) -> Result<Page<RefundView>, RepositoryError> {
        self.read(move |conn| list_refunds(conn, &page)).await
    }

    async fn obligations(&self, user: UserId) -> Result<Obligations, RepositoryError> {
        self.read(move |conn| find_obligations(conn, user)).await
    }

    async fn has_active_bookings(&self, property: PropertyId) -> Result<bool, RepositoryError> {
        self.read(move |conn| has_active_bookings(conn, property))
            .await
    }

    async fn has_confirmed_booking(
        &self,
        guest: UserId,
        property: PropertyId,
    ) -> Result<bool, RepositoryError> {
        self.read(move |conn| has_confirmed_booking(conn, guest, property))
            .await
    }

    async fn count_listed(&self, host: UserId) -> Result<u64, RepositoryError> {
        self.read(move |conn| count_listed(conn, host)).await
    }

    async fn ping(&self) -> Result<(), RepositoryError> {
        self.read(check_writable).await
    }
}
