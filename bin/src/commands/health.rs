//! `sojourn health`

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use tokio::task::spawn_blocking;

use super::CommandError;
use crate::app::StartError;
use crate::cli::HealthArgs;
use crate::config::Settings;
use crate::terminal::print_line;

/// Time limit of connecting, and of the answer. A server answers within two seconds.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Maximum length of the answer that is read.
const MAX_ANSWER: u64 = 64 * 1024;

/// Asks a server or worker whether it is ready, and prints its answer.
pub(super) async fn run(settings: &Settings, args: &HealthArgs) -> Result<ExitCode, CommandError> {
    let address = reachable(args.address.unwrap_or(settings.listen));
    let asked = spawn_blocking(move || ask(address)).await;
    let answer = asked
        .map_err(|error| StartError::Runtime(error.to_string()))?
        .map_err(CommandError::io(format!("http://{address}/readyz")))?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    print_line(body);
    Ok(if head.split(' ').nth(1) == Some("200") {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The address of this machine for a socket that listens on all addresses.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut socket = TcpStream::connect_timeout(&address, TIMEOUT)?;
    socket.set_read_timeout(Some(TIMEOUT))?;
    socket.set_write_timeout(Some(TIMEOUT))?;
    write!(
        socket,
        "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    socket.take(MAX_ANSWER).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
