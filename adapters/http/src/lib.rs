//! The REST interface of Sojourn.
