//! The client over real HTTP: its requests, its repeats and its errors.

mod blocking;
mod calling;
mod events;
mod failing;
mod hostile;
mod items;
mod limits;
mod marks;
mod pauses;
mod pools;
mod rate;
mod repeating;
mod runtime;
mod secrets;
mod segments;
mod server;
mod streams;
mod tokens;

use std::time::Duration;

use releasepack_client::{Client, ClientBuilder, Credentials, Error, RateLimit, RetryPolicy};

use server::Server;

const ACCOUNT: &str = "mycompany-A1B2C3";

/// Settings for calls to `server`, with very short pauses and no rate limit.
fn settings(server: &Server) -> ClientBuilder {
    Client::builder(
        ACCOUNT,
        Credentials::api_token("me@example.com", "a1b2c3d4"),
    )
    .base_url(server.url())
    .retry(short_pauses())
    .rate_limit(RateLimit::none())
}

fn client(server: &Server) -> Client {
    settings(server).build().expect("the settings are valid")
}

fn short_pauses() -> RetryPolicy {
    RetryPolicy::default().initial_pause(Duration::from_millis(1))
}

/// Makes a call that changes nothing (GET).
async fn status(client: &Client) -> Result<i32, Error> {
    let response = client
        .get_release_integration_pack_status("r-1")
        .send()
        .await?;
    Ok(response.response_status_code)
}

/// Makes a call that must not be carried out twice (POST).
async fn create(client: &Client) -> Result<Option<String>, Error> {
    let response = client.create_release_integration_pack().send().await?;
    Ok(response.into_body().request_id)
}
