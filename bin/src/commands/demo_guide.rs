//! What the demo tells.

use std::path::Path;

use chrono::{Days, NaiveDate};

use super::demo_accounts::{ADMIN, Accounts, GUEST, HOST, PASSWORD};

/// URLs, accounts and first steps.
pub(super) fn guide(url: &str, folder: &Path, accounts: &Accounts, today: NaiveDate) -> String {
    let after = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let (check_in, check_out) = (after(30), after(33));
    let property = accounts.property.map_or_else(String::new, |id| {
        format!("\nThe host's first property:\n  curl -s {url}/v1/properties/{id}\n")
    });
    format!(
        "
A marketplace to play with. It begins anew each time and pays with play money.

  API             {url}/v1
  Try it out      {url}/docs
  Description     {url}/openapi.json
  Mails it sends  {}

Accounts (demo only: everybody knows the password)
  guest  {GUEST}   {PASSWORD}
  host   {HOST}    {PASSWORD}
  admin  {ADMIN}   {PASSWORD}

What can be had for three nights:
  curl -s '{url}/v1/properties?check_in={check_in}&check_out={check_out}&guests=2&limit=3'
{property}
Log in:
  curl -s {url}/v1/auth/login -H 'Content-Type: application/json' \\
    -d '{{\"email\": \"{GUEST}\", \"password\": \"{PASSWORD}\"}}'

Cards: pm_card_visa pays; pm_card_chargeDeclined, pm_card_insufficientFunds, pm_card_authenticationRequired do not;
pm_card_timeoutAfterCharge, pm_card_answersLate and pm_card_answersTwice pay and answer as a bad connection would.
Ctrl-C stops it.
",
        folder.join("mail").display()
    )
}
