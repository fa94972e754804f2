//! Problems of admin operations.

use sojourn_application::access::AdminError;

use crate::problem::Problem;

impl From<AdminError> for Problem {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::NotFound => Self::not_found(),
            AdminError::Forbidden => Self::forbidden(),
            AdminError::WrongState => Self::conflict(
                "wrong_state",
                "The current state does not allow this operation.",
            ),
            AdminError::Invalid(found) => Self::unprocessable(found),
            AdminError::Store(error) => error.into(),
        }
    }
}
