//! The client over real HTTP: credentials, repeated requests, and errors.

mod blocking;
mod calling;
mod failing;
mod hostile;
mod limits;
mod pauses;
mod repeating;
mod runtime;
mod secrets;
mod segments;
mod server;

use std::time::Duration;

use releasepack_client::{Client, ClientBuilder, Credentials, Error, RetryPolicy};

use server::Server;

const ACCOUNT: &str = "mycompany-A1B2C3";

/// Settings for calls to `server`, with very short pauses.
fn settings(server: &Server) -> ClientBuilder {
    Client::builder(
        ACCOUNT,
        Credentials::api_token("me@example.com", "a1b2c3d4"),
    )
    .base_url(server.url())
    .retry(hasty())
}

fn client(server: &Server) -> Client {
    settings(server).build().expect("the settings are good")
}

fn hasty() -> RetryPolicy {
    RetryPolicy::default().initial_pause(Duration::from_millis(1))
}

/// The call that only reads.
async fn status(client: &Client) -> Result<i32, Error> {
    let answer = client
        .get_release_integration_pack_status("r-1")
        .send()
        .await?;
    Ok(answer.response_status_code)
}

/// The call that must not happen twice.
async fn create(client: &Client) -> Result<Option<String>, Error> {
    let answer = client.create_release_integration_pack().send().await?;
    Ok(answer.into_body().request_id)
}
