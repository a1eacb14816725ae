//! What a question costs beside the same one with bare reqwest, on loopback, with and without TLS.
//!
//! ```console
//! $ cargo bench -p releasepack-client --bench connections            # criterion's statistics, then the table
//! $ cargo bench -p releasepack-client --bench connections -- table   # the table alone
//! ```
//!
//! The table has ratios of time (1.00 is bare reqwest, which uses its connection again, as the client does), and the allocations of
//! both. A question should stay below 1.15. Nothing is asserted, as machines differ.

use std::hint::black_box;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use criterion::Criterion;
use releasepack_client::types::ReleaseIntegrationPackStatus;
use releasepack_client::{Client, Credentials, RateLimit};
use tokio::runtime::Runtime;

#[path = "../tests/tls/server.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests use it too")]
mod server;

/// A server, and both ways to ask it.
struct Case {
    name: &'static str,
    client: Client,
    bare: reqwest::Client,
    url: String,
}

impl Case {
    fn new(name: &'static str, tls: bool) -> Self {
        let address = server::start(tls);
        let scheme = if tls { "https" } else { "http" };
        Self {
            name,
            client: client(scheme, address),
            bare: trusting(reqwest::Client::builder().no_proxy())
                .build()
                .expect("the settings are valid"),
            url: format!(
                "{scheme}://{address}/api/rest/v1/account/ReleaseIntegrationPackStatus/r-1"
            ),
        }
    }

    async fn ask(&self) {
        let status = self.client.status("r-1").await;
        black_box(status.expect("the server responds"));
    }

    async fn ask_bare(&self) {
        let request = self.bare.get(&self.url).basic_auth("me", Some("a1b2c3d4"));
        let response = request.header("accept", "application/json").send().await;
        let response = response.and_then(reqwest::Response::error_for_status);
        let body = response.expect("the server responds").bytes().await;
        let body = body.expect("the body arrives");
        let status: ReleaseIntegrationPackStatus =
            serde_json::from_slice(&body).expect("it is a status");
        black_box(status);
    }
}

fn client(scheme: &str, address: SocketAddr) -> Client {
    Client::builder("account", Credentials::password("me", "a1b2c3d4"))
        .base_url(format!("{scheme}://{address}"))
        .configure_http(trusting)
        .rate_limit(RateLimit::none())
        .build()
        .expect("the settings are valid")
}

fn trusting(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    let certificate = reqwest::Certificate::from_pem(server::CERTIFICATE);
    http.add_root_certificate(certificate.expect("it is a certificate"))
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let cases = [Case::new("without TLS", false), Case::new("with TLS", true)];
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "table") {
        let mut criterion = Criterion::default().without_plots().configure_from_args();
        for case in &cases {
            let mut group = criterion.benchmark_group(case.name);
            group.bench_function("bare reqwest", |bencher| {
                bencher.iter(|| runtime.block_on(case.ask_bare()));
            });
            group.bench_function("a question", |bencher| {
                bencher.iter(|| runtime.block_on(case.ask()));
            });
            group.finish();
        }
        criterion.final_summary();
    }
    // `cargo bench` says so; `cargo test --benches` only wants to see that each benchmark works.
    if arguments.iter().any(|argument| argument == "--bench") {
        table(&runtime, &cases);
    }
}

fn table(runtime: &Runtime, cases: &[Case]) {
    println!(
        "{:14}{:>12}{:>12}{:>8}{:>16}",
        "", "bare", "question", "ratio", "allocations"
    );
    for case in cases {
        let [bare, question] = middle(runtime, case);
        let ratio = question.as_secs_f64() / bare.as_secs_f64();
        let of_bare = allocation_counter::measure(|| runtime.block_on(case.ask_bare()));
        let of_question = allocation_counter::measure(|| runtime.block_on(case.ask()));
        println!(
            "{:14}{bare:>12.1?}{question:>12.1?}{ratio:>8.2}{:>16}",
            case.name,
            format!("{} of {}", of_question.count_total, of_bare.count_total),
        );
    }
}

/// The times in the middle of many runs of both ways. They take turns, so that what disturbs one disturbs both.
fn middle(runtime: &Runtime, case: &Case) -> [Duration; 2] {
    let mut times = [Vec::new(), Vec::new()];
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(5) {
        let start = Instant::now();
        runtime.block_on(case.ask_bare());
        times[0].push(start.elapsed());
        let start = Instant::now();
        runtime.block_on(case.ask());
        times[1].push(start.elapsed());
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}
