//! Repositories and queries of Sojourn over SQLite and PostgreSQL.
