//! The use cases of Sojourn and the ports they need.
