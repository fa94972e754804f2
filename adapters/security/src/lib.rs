//! Argon2id, JSON Web Tokens, keyed signatures, the system clock and random ids.
