//! States of a review that cannot be answered.

use crate::shared::string_enum::string_enum;

string_enum! {
    /// State of a review that cannot be answered.
    ResponseState {
        /// Not published yet.
        Unpublished = "unpublished",
        /// Answered.
        Answered = "answered",
        /// Past its response period.
        Closed = "closed",
    }
}
