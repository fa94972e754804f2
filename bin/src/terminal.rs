//! Output to the terminal.

use std::fmt::Display;
use std::io::Write as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A progress bar on standard error, hidden if that is not a terminal. Steps follow one another.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar that is visible if standard error is a terminal.
    #[must_use]
    pub fn to_terminal() -> Self {
        Self(ProgressBar::with_draw_target(
            None,
            ProgressDrawTarget::stderr(),
        ))
    }

    /// A hidden bar.
    #[must_use]
    pub fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Begins a step of `total` units (bytes or rows); without a total its length is unknown.
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

    /// Advances by `units`.
    pub fn advance(&self, units: u64) {
        self.0.inc(units);
    }

    /// Sets the number of completed units.
    pub fn set(&self, units: u64) {
        self.0.set_position(units);
    }

    /// Removes the bar.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// Prints a line to standard output. A closed pipe is not an error.
pub fn print_line(line: impl Display) {
    let _reader_gone = writeln!(std::io::stdout().lock(), "{line}");
}
