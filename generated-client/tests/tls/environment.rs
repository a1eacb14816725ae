//! What the client takes from environment variables that other programs use too: `SSL_CERT_FILE` and `HTTPS_PROXY`.
//!
//! A process cannot change its own environment safely, so each test runs this program again with the variables set: only the
//! function [`a_release_in_another_process`], which prints what became of its release.

use std::env;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Command;
use std::sync::{Arc, Mutex};

use releasepack_client::RetryPolicy;
use releasepack_client::release::Release;

use crate::{server, settings};

const URL: &str = "RELEASEPACK_TEST_URL";

/// What became of a release with these variables.
fn release_with(url: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env::current_exe().expect("the test is a program"));
    command
        .args([
            "environment::a_release_in_another_process",
            "--exact",
            "--nocapture",
        ])
        .env(URL, url);
    // Variables of the machine that runs the test do not count.
    for name in [
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
    ] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output();
    let output = output.expect("the program runs");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = printed.lines().find_map(|line| line.split_once("OUTCOME "));
    let (_, outcome) = line.unwrap_or_else(|| panic!("{printed}{output:?}"));
    outcome.to_owned()
}

/// Not a test by itself: without a URL it does nothing.
#[tokio::test]
async fn a_release_in_another_process() {
    let Ok(url) = env::var(URL) else {
        return;
    };
    let settings = settings(url).retry(RetryPolicy::never());
    let client = settings.build().expect("the settings are valid");
    match client.release(&Release::now("pack")).await {
        Ok(accepted) => println!("OUTCOME accepted as {}", accepted.request_id()),
        Err(error) => println!("OUTCOME {error}"),
    }
}

#[test]
fn the_certificates_in_ssl_cert_file_are_trusted() {
    let url = format!("https://{}", server::start(true));
    let outcome = release_with(&url, &[]);
    assert!(outcome.contains("SSL_CERT_FILE"), "{outcome}");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/certificate.pem");
    let outcome = release_with(&url, &[("SSL_CERT_FILE", file)]);
    assert_eq!(outcome, "accepted as r-1");
}

#[test]
fn the_proxy_in_https_proxy_is_used_but_not_for_hosts_in_no_proxy() {
    let lines = Arc::<Mutex<Vec<String>>>::default();
    let seen = Arc::clone(&lines);
    let proxy = server::start_with(move |mut stream| {
        let mut reader = BufReader::new(&stream);
        let head: Vec<_> = reader
            .by_ref()
            .lines()
            .map_while(Result::ok)
            .take_while(|it| !it.is_empty())
            .collect();
        seen.lock().expect("no test panics here").extend(head);
        let _ = stream.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    });
    let proxy = format!("http://user:word@{proxy}");
    let url = "https://api.releasepack.invalid";
    let outcome = release_with(url, &[("HTTPS_PROXY", &proxy)]);
    assert!(outcome.contains("could not connect"), "{outcome}");
    assert!(!outcome.contains("word"), "{outcome}");
    let heads = std::mem::take(&mut *lines.lock().expect("no test panics here"));
    assert_eq!(
        heads.first().map(String::as_str),
        Some("CONNECT api.releasepack.invalid:443 HTTP/1.1")
    );
    // `user:word` in Base64.
    let is_login =
        |line: &String| line.eq_ignore_ascii_case("proxy-authorization: Basic dXNlcjp3b3Jk");
    assert!(heads.iter().any(is_login), "{heads:?}");
    let all = heads.join("\n");
    assert!(
        !all.to_ascii_lowercase().contains("\nauthorization"),
        "{all}"
    );

    let outcome = release_with(
        url,
        &[
            ("HTTPS_PROXY", &proxy),
            ("NO_PROXY", ".releasepack.invalid"),
        ],
    );
    assert!(outcome.contains("no such host"), "{outcome}");
    assert!(lines.lock().expect("no test panics here").is_empty());
}
