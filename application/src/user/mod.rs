//! Use cases of accounts: registration, e-mail verification, passwords, profiles, suspension and erasure.

mod change_account;
mod change_password;
mod create_admin;
mod email_change;
mod erase;
mod export;
mod forgot_password;
mod get_account;
mod list;
mod mailed_token;
mod password;
mod permission;
mod profile;
mod public_profiles;
mod registration;
mod reinstate;
mod reset_password;
mod suspend;
mod unlist_properties;
mod update;
mod views;

pub use change_account::{AccountEdit, ChangeAccountError, change_account};
pub use change_password::{ChangePasswordError, change_password};
pub use create_admin::{CreateAdminError, create_admin};
pub use email_change::{RequestEmailChangeError, confirm_email_change, request_email_change};
pub use erase::{EraseError, erase};
pub use export::{Export, ExportError, export};
pub use forgot_password::{ForgotPasswordError, forgot_password};
pub use get_account::get_account;
pub use list::{ListUsersError, list};
pub use mailed_token::MailedTokenError;
pub use permission::permit_update;
pub use profile::{ProfileError, profile};
pub use public_profiles::public_profiles;
pub(crate) use registration::enqueue_verification;
pub use registration::{
    Register, RegisterError, ResendVerificationError, check_registration, register,
    resend_verification, verify_email,
};
pub use reinstate::reinstate;
pub use reset_password::{ResetPasswordError, reset_password};
pub use suspend::suspend;
pub use update::{UpdateUserError, update};
pub use views::{AccountView, OwnAccount, PublicProfile, UserView};
