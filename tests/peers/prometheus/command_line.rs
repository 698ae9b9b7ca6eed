//! The command line of the quickstart.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use metrics_tests_support::quickstart;

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback has a free port");
    let address = taken.local_addr().expect("it listens");
    let port = address.port().to_string();
    let output = Command::new(quickstart::executable()).args(["--port", &port]).output();
    let output = output.expect("the quickstart starts");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
}

#[test]
fn a_mistake_on_the_command_line_is_named() {
    for (arguments, message) in [
        (&["--prot", "9"][..], "unknown argument `--prot`"),
        (&["--port"], "`--port` needs a number"),
        (&["--port", "65536"], "`--port 65536`: expected a number from 0 to 65535"),
        (&["--port=x"], "`--port x`: expected a number"),
    ] {
        let output = Command::new(quickstart::executable()).args(arguments).output();
        let output = output.expect("the quickstart starts");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(message), "{arguments:?}: {said}");
        assert!(said.contains("Usage: quickstart"), "{arguments:?}: {said}");
    }
}
