//! The keys with which the threads of a database authenticate what they store.

use std::cell::OnceCell;
use std::sync::Arc;

use sojourn_application::ports::Signer;
use sojourn_domain::shared::RepositoryError;

thread_local! {
    static SIGNER: OnceCell<Arc<dyn Signer>> = const { OnceCell::new() };
}

/// Sets the signer of this thread.
pub(crate) fn sign_with(signer: Arc<dyn Signer>) {
    SIGNER.with(|cell| {
        let _already_set = cell.set(signer);
    });
}

/// HMACs of a payload under each secret in use, the current one first.
pub(crate) fn digests(
    purpose: &'static str,
    payload: &str,
) -> Result<Vec<String>, RepositoryError> {
    SIGNER.with(|cell| match cell.get() {
        Some(signer) => Ok(signer.digests(purpose, payload.as_bytes())),
        None => Err(RepositoryError::Internal(
            "the database was opened without a signer".to_owned(),
        )),
    })
}
