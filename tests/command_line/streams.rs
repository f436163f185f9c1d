//! Standard output that ends early or takes nothing.

use crate::program::program;
use std::process::Stdio;

/// `dipole-portal events ... | head -c 10` must not end in a panic message.
#[test]
fn a_reader_that_leaves_is_no_failure() {
    for line in [
        "events --experiment dresden-ii",
        "limit --experiment coherent-csi --mass 1:30:50",
        "--help",
    ] {
        let mut child = program()
            .args(line.split(' '))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(output.status.code(), Some(0), "{line}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
    }
}

/// An answer that could not be written is a failure, though not the user's: status 1, not 2.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let output = program()
        .args(["events", "--experiment", "xenon1t"])
        .stdout(full)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.starts_with("error: standard output"), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
}

/// Nor does it help to close standard error.
#[test]
fn messages_without_a_listener_change_nothing() {
    let mut child = program()
        .args(["events", "--experiment", "xenon1t", "--mass", "-1"])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("the program ends").code(), Some(2));
}
