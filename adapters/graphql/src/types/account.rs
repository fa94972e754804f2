//! Accounts.

use async_graphql::{Context, Object, SimpleObject};
use sojourn_application::user::AccountView;
use sojourn_domain::shared::Currency;

use super::profile::{Profile, profile_of};
use crate::context::ApiResult;
use crate::scalars::{AccountState, Id, Instant, Role};

/// An account in the view of its owner.
pub(crate) struct Account(AccountView);

impl From<AccountView> for Account {
    fn from(view: AccountView) -> Self {
        Self(view)
    }
}

/// An account in the view of its owner and operators.
#[Object]
impl Account {
    /// Id of the account.
    async fn id(&self) -> Id {
        self.0.id.into()
    }

    /// Email address.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// True if the email address is verified.
    async fn email_verified(&self) -> bool {
        self.0.email_verified
    }

    /// Given name.
    async fn first_name(&self) -> &str {
        &self.0.profile.first_name
    }

    /// Family name.
    async fn last_name(&self) -> &str {
        &self.0.profile.last_name
    }

    /// Telephone number in international form.
    async fn phone(&self) -> Option<&str> {
        self.0.profile.phone.as_deref()
    }

    /// BCP 47 tag of the preferred language.
    async fn locale(&self) -> Option<&str> {
        self.0.profile.locale.as_deref()
    }

    /// ISO 4217 code of the preferred currency.
    async fn currency(&self) -> Option<&str> {
        self.0.profile.currency.map(Currency::code)
    }

    /// Public profile of the account; null while it is closed.
    async fn profile(&self, ctx: &Context<'_>) -> ApiResult<Option<Profile>> {
        profile_of(ctx, self.0.id).await
    }

    /// Role of the account.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// Version, incremented by every change.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Time of creation.
    async fn created_at(&self) -> Instant {
        self.0.created_at.into()
    }

    /// Time of the last change.
    async fn updated_at(&self) -> Instant {
        self.0.updated_at.into()
    }
}

/// An account in the view of operators.
#[derive(SimpleObject)]
pub(crate) struct AccountWithState {
    /// The account, as its owner sees it.
    account: Account,
    /// State of the account.
    state: AccountState,
    /// Time of the suspension; null unless suspended.
    suspended_at: Option<Instant>,
    /// Time of the erasure; null unless erased.
    erased_at: Option<Instant>,
}

impl From<AccountView> for AccountWithState {
    fn from(view: AccountView) -> Self {
        Self {
            state: view.state.into(),
            suspended_at: view.suspended_at.map(Into::into),
            erased_at: view.erased_at.map(Into::into),
            account: view.into(),
        }
    }
}
