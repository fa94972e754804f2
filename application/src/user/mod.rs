//! Accounts: registering, proving the address, passwords, profiles.

mod change_password;
mod create_admin;
mod forgot_password;
mod list;
mod password;
mod profile;
mod register;
mod reset_password;
mod update;
mod verify_email;

pub use change_password::{ChangePasswordError, change_password};
pub use create_admin::{CreateAdminError, create_admin};
pub use forgot_password::forgot_password;
pub use list::{ListUsersError, list};
pub use profile::{ProfileError, PublicProfile, UserView, profile};
pub use register::{Register, RegisterError, register};
pub use reset_password::{ResetPasswordError, reset_password};
pub use update::{UpdateUserError, update};
pub use verify_email::{VerifyEmailError, verify_email};
