//! `sojourn admin create`

use std::io::{IsTerminal as _, stdin};

use sojourn_application::user;

use super::CommandError;
use crate::cli::CreateAdminArgs;
use crate::config::Settings;
use crate::terminal::print_line;
use crate::wiring::{self, Dependencies};

/// Creates an administrator, who can log in at once.
pub(super) async fn create(settings: &Settings, args: CreateAdminArgs) -> Result<(), CommandError> {
    let password = read_password()?;
    let database = wiring::database(settings).await?;
    let ports = wiring::ports(
        settings,
        &database,
        Dependencies::for_command(settings).await?,
    )?;
    let admin = user::create_admin(&ports, args.email, password).await?;
    print_line(format_args!(
        "created administrator {} ({})",
        admin.email, admin.id
    ));
    Ok(())
}

/// Reads the first line of standard input, which is normally redirected from a file.
fn read_password() -> Result<String, CommandError> {
    if stdin().is_terminal() {
        eprintln!("Password (input is visible; prefer redirecting a file: < password.txt):");
    }
    let mut line = String::new();
    stdin()
        .read_line(&mut line)
        .map_err(CommandError::io("standard input"))?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        Err(CommandError::NoPassword)
    } else {
        Ok(password.to_owned())
    }
}
