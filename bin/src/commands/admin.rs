//! `sojourn admin …`

use std::io::{IsTerminal as _, stdin};

use sojourn_application::user;

use super::CommandError;
use crate::cli::CreateAdminArgs;
use crate::config::Settings;
use crate::progress::say;
use crate::wiring::{self, Fittings};

/// Makes an operator, who can log in at once.
pub(super) async fn create(settings: &Settings, args: CreateAdminArgs) -> Result<(), CommandError> {
    let password = password()?;
    let database = wiring::database(settings).await?;
    let ports = wiring::ports(settings, &database, Fittings::of_command(settings).await?)?;
    let admin = user::create_admin(&ports, args.email, password).await?;
    say(format_args!(
        "{} is an operator now ({})",
        admin.email, admin.id
    ));
    Ok(())
}

/// The first line of standard input, which is all but never a terminal.
fn password() -> Result<String, CommandError> {
    if stdin().is_terminal() {
        eprintln!("Password (what you type is shown; better: < password.txt):");
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
