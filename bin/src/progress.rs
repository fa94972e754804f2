//! What long commands show while they work.

use std::fmt::Display;
use std::io::Write as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on the terminal (standard error), or nothing where there is none. Steps follow each other.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Shows itself when standard error is a terminal.
    #[must_use]
    pub fn to_terminal() -> Self {
        Self(ProgressBar::with_draw_target(
            None,
            ProgressDrawTarget::stderr(),
        ))
    }

    /// Shows nothing.
    #[must_use]
    pub fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Begins a step of so many units (bytes, rows); of unknown length without a total.
    pub fn begin(&self, what: &str, total: Option<u64>) {
        let template = match total {
            Some(_) => "{msg:24} [{bar:40}] {percent:>3} % {elapsed} (left {eta})",
            None => "{msg:24} {spinner} {pos} {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style.progress_chars("=> "));
        }
        self.0.reset();
        self.0.set_message(what.to_owned());
        match total {
            Some(total) => self.0.set_length(total),
            None => self.0.unset_length(),
        }
        self.0.enable_steady_tick(Duration::from_millis(200));
    }

    /// So many units more are done.
    pub fn advance(&self, units: u64) {
        self.0.inc(units);
    }

    /// So many units are done in all.
    pub fn set(&self, units: u64) {
        self.0.set_position(units);
    }

    /// The last step is over; the bar goes away.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// Writes a line for whoever runs the command. A reader that went away does not stop the work.
pub fn say(line: impl Display) {
    let _reader_gone = writeln!(std::io::stdout().lock(), "{line}");
}
