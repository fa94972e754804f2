//! The links, and the texts of their pages.

/// A link in a mail.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Path of its page.
    pub(super) path: &'static str,
    /// Title of the page.
    pub(super) title: &'static str,
    /// Sentence above the button.
    pub(super) text: &'static str,
    /// Label of the button.
    pub(super) button: &'static str,
    /// Title of the page after it.
    pub(super) done_title: &'static str,
    /// Text of the page after it.
    pub(super) done: &'static str,
    /// True if the page asks for a new password.
    pub(super) takes_password: bool,
}

/// The link that proves an address.
pub(super) const VERIFY: Link = Link {
    path: "/verify-email",
    title: "Confirm your e-mail address",
    text: "Confirm that this e-mail address is yours, so that you can log in to your account.",
    button: "Confirm address",
    done_title: "Your address is confirmed",
    done: "You can log in to your account now. This page can be closed.",
    takes_password: false,
};

/// The link that sets a password.
pub(super) const RESET: Link = Link {
    path: "/reset-password",
    title: "Choose a new password",
    text: "Use at least 12 characters. All sessions of your account end when the password is set.",
    button: "Set password",
    done_title: "Your password is set",
    done: "Log in with your new password. This page can be closed.",
    takes_password: true,
};

/// The link that changes the address of an account.
pub(super) const CHANGE: Link = Link {
    path: "/change-email",
    title: "Confirm your new e-mail address",
    text: "Use this e-mail address for your account from now on. All sessions of the account end then.",
    button: "Use this address",
    done_title: "Your address is changed",
    done: "Log in with your new e-mail address. This page can be closed.",
    takes_password: false,
};

/// True for the path of a link.
pub(crate) fn is_link(path: &str) -> bool {
    [VERIFY, RESET, CHANGE].iter().any(|link| link.path == path)
}
