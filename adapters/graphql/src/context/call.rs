//! The request and its caller.

use std::sync::Arc;

use async_graphql::Context;
use sojourn_application::Failure;
use sojourn_application::access::{ClientInfo, OwnerProof};
use sojourn_application::ports::{AccountEvent, Ports, Session};
use sojourn_domain::shared::Actor;

use super::dependencies::Dependencies;
use super::failure::{ApiError, ApiResult};
use super::list_reads::ListReads;
use super::loaders::Loaders;

/// The authenticated caller.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The account.
    pub(crate) actor: Actor,
    /// Session of the access token.
    pub(crate) session: Session,
}

/// A request.
pub(crate) struct Call {
    /// Ports of the application.
    pub(crate) ports: Ports,
    /// The caller, if authenticated.
    pub(crate) caller: Option<Caller>,
    /// Address and device of the client.
    pub(crate) client: ClientInfo,
    /// The event that a subscription is executed for.
    pub(crate) event: Option<AccountEvent>,
    /// Reads of the request, in batches.
    pub(crate) loaders: Loaders,
    /// Lists that are being read.
    pub(crate) lists: ListReads,
    /// Tags of what was read.
    pub(crate) dependencies: Arc<Dependencies>,
}

impl Call {
    /// A request of a caller.
    pub(crate) fn new(ports: Ports, caller: Option<Caller>, client: ClientInfo) -> Self {
        let lists = ListReads::default();
        let loaders = Loaders::new(&ports, caller.as_ref().map(|it| it.actor), &lists);
        Self {
            ports,
            caller,
            client,
            event: None,
            loaders,
            lists,
            dependencies: Arc::default(),
        }
    }

    /// The request of a subscription for an event.
    pub(crate) fn with_event(self, event: AccountEvent) -> Self {
        Self {
            event: Some(event),
            ..self
        }
    }

    /// The caller, authenticated or not.
    pub(crate) fn maybe_actor(&self) -> Option<&Actor> {
        self.caller.as_ref().map(|caller| &caller.actor)
    }

    /// The authenticated caller, with the session.
    ///
    /// # Errors
    /// `token_missing`.
    pub(crate) fn caller(&self) -> ApiResult<&Caller> {
        let missing = || ApiError::new(token_missing());
        self.caller.as_ref().ok_or_else(missing)
    }

    /// The authenticated caller.
    ///
    /// # Errors
    /// `token_missing`.
    pub(crate) fn actor(&self) -> ApiResult<&Actor> {
        Ok(&self.caller()?.actor)
    }

    /// The proof of ownership of the caller's account, with the password of the input.
    ///
    /// # Errors
    /// `token_missing`.
    pub(crate) fn proof(&self, password: Option<String>) -> ApiResult<OwnerProof> {
        Ok(OwnerProof {
            logged_in_at: self.caller()?.session.created_at,
            password,
        })
    }
}

/// The failure of a request without a token.
pub(crate) fn token_missing() -> Failure {
    Failure::unauthenticated("token_missing", "Access token is missing.")
}

/// Access to the request of a field.
pub(crate) trait CallExt {
    /// The request.
    fn call(&self) -> &Call;
}

impl CallExt for Context<'_> {
    fn call(&self) -> &Call {
        self.data_unchecked()
    }
}
