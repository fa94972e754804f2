//! Disclosure: data in answers, headers, logs and undocumented routes.

mod headers;
mod logs;
mod privacy;
mod routes;
