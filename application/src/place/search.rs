//! Suggestions of cities.

use sojourn_domain::shared::RepositoryError;

use crate::failure::{Failure, UseCaseError};
use crate::ports::{Place, Ports};

/// A search for cities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceSearch {
    /// Beginning of the name, in any case and with or without accents.
    pub prefix: String,
    /// Maximum number of cities.
    pub limit: u32,
}

/// Errors of searching cities.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlacesError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for PlacesError {
    fn failure(&self) -> Failure {
        match self {
            Self::Store(error) => error.failure(),
        }
    }
}

/// Cities of listed properties, those with the most properties first. Public: it depends on what searches show only.
///
/// # Errors
/// [`PlacesError`].
pub async fn search(ports: &Ports, search: PlaceSearch) -> Result<Vec<Place>, PlacesError> {
    let PlaceSearch { prefix, limit } = search;
    Ok(ports.property_queries.places(prefix, limit).await?)
}
