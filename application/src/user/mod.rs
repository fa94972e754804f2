//! Accounts: registration, e-mail verification, passwords, profiles and erasure.

mod change_password;
mod create_admin;
mod erase;
mod export;
mod forgot_password;
mod list;
mod password;
mod profile;
mod register;
mod reset_password;
mod update;
mod verify_email;
mod withdraw;

pub use change_password::{ChangePasswordError, change_password};
pub use create_admin::{CreateAdminError, create_admin};
pub use erase::{EraseError, erase};
pub use export::{Export, ExportError, export};
pub use forgot_password::{ForgotPasswordError, forgot_password};
pub use list::{ListUsersError, list};
pub use profile::{ProfileError, PublicProfile, UserView, profile};
pub use register::{Register, RegisterError, register};
pub use reset_password::{ResetPasswordError, reset_password};
pub use update::{UpdateUserError, update};
pub use verify_email::{VerifyEmailError, verify_email};
