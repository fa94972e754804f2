//! Why an operator's doing was refused, as a problem.

use sojourn_application::admin::AdminError;

use crate::problem::Problem;

impl From<AdminError> for Problem {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::NotFound => Self::not_found(),
            AdminError::Forbidden => Self::forbidden(),
            AdminError::WrongState => {
                Self::conflict("wrong_state", "Its present state does not allow this.")
            }
            AdminError::Invalid(found) => Self::unprocessable(found),
            AdminError::Store(error) => error.into(),
        }
    }
}
