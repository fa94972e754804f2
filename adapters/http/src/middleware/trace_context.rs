//! The trace that a request belongs to, by the `traceparent` header of W3C Trace Context.

use actix_web::dev::ServiceRequest;
use actix_web::web::Data;

use crate::state::AppState;

const TRACEPARENT: &str = "traceparent";

/// The id of the caller's trace if its header is well-formed, otherwise that of a new trace: 32 hexadecimal digits.
pub(super) fn trace_id(req: &ServiceRequest) -> String {
    let header = req.headers().get(TRACEPARENT);
    let given = header
        .and_then(|value| value.to_str().ok())
        .and_then(trace_id_of);
    let fresh = || {
        let state = req.app_data::<Data<AppState>>()?;
        Some(state.ports.ids.uuid().simple().to_string())
    };
    given
        .map(ToOwned::to_owned)
        .or_else(fresh)
        .unwrap_or_default()
}

/// The second part of `version-trace-parent-flags`. Later versions may have more parts; neither id is zero.
fn trace_id_of(header: &str) -> Option<&str> {
    let mut parts = header.split('-');
    let (version, trace) = (parts.next()?, parts.next()?);
    let (parent, flags) = (parts.next()?, parts.next()?);
    let known_length = version != "00" || parts.next().is_none();
    let valid = known_length
        && version != "ff"
        && is_hex(version, 2)
        && is_id(trace, 32)
        && is_id(parent, 16)
        && is_hex(flags, 2);
    valid.then_some(trace)
}

fn is_id(text: &str, length: usize) -> bool {
    is_hex(text, length) && text.bytes().any(|byte| byte != b'0')
}

fn is_hex(text: &str, length: usize) -> bool {
    let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.len() == length && text.bytes().all(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_well_formed_header_names_its_trace() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        for header in [
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
            "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later",
        ] {
            assert_eq!(trace_id_of(header), Some(trace), "{header}");
        }
    }

    #[test]
    fn a_malformed_header_is_ignored() {
        for header in [
            "",
            "00",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
        ] {
            assert_eq!(trace_id_of(header), None, "{header}");
        }
    }
}
