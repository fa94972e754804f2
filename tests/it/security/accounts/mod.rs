//! Accounts: registration, passwords, one-time tokens, second factors, suspension, erasure and export.

mod email_change;
mod erasure;
mod export;
mod mailed_links;
mod one_time_tokens;
mod operators;
mod password_rehash;
mod passwords;
mod second_factor;
mod suspension;
mod timing;
mod user_enumeration;
