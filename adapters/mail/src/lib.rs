//! Mail by SMTP or into files.
