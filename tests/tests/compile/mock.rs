//! A consumer of a client with the feature `mock`.

pub(crate) const FIXTURE: &str = "generate_mock";

pub(crate) const CONSUMER: &str = r##"//! The mock responds with the examples of the description, and refuses what it does not allow.

use generate_mock_client::runtime::{RetryPolicy, StatusCode};
use generate_mock_client::types::{GetBestPetResponse, Order, Pet};
use generate_mock_client::{Client, mock};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn client(server: &mock::Server) -> Client {
    let builder = Client::builder().base_url(server.url()).key("s3cret-key");
    builder.retry(RetryPolicy::never()).build().unwrap()
}

/// Sends a request as it is, which the client would not send.
async fn send(server: &mock::Server, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
    let method = method.parse().unwrap();
    let http = reqwest::Client::new();
    let mut request = http.request(method, format!("{}{path}", server.url())).body(body.to_owned());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, response.text().await.unwrap())
}

#[tokio::test(flavor = "current_thread")]
async fn a_call_gets_the_example_of_the_description() -> Outcome {
    let server = mock::Server::start().await?;
    let client = client(&server);

    // The first example is not valid for the schema.
    let pets = client.list_pets(2).send().await?.into_body();
    let names: Vec<&str> = pets.iter().map(|pet| pet.name.as_str()).collect();
    assert_eq!(names, ["Rex", "Tom"]);

    // It is made from the schema, with the examples of members.
    let pet = client.get_pet(1).send().await?.into_body();
    assert_eq!((pet.id, pet.name.as_str()), (7, "text"));
    assert_eq!(serde_json::to_value(&pet)?, serde_json::json!({"id": 7, "name": "text", "born": "2020-02-02"}));

    assert_eq!(client.get_report().send().await?.into_body(), "All is well.");
    assert_eq!(client.delete_pet(1).send().await?.status(), StatusCode::NO_CONTENT);
    let best = client.get_best_pet().send().await?.into_body();
    assert!(matches!(best, GetBestPetResponse::Box(_)), "{best:?}");
    let mut items = client.read_log().items().await?;
    assert_eq!(items.next().await?.unwrap().message, "none");
    assert!(items.next().await?.is_none());

    server.assert_no_faults();
    let called: Vec<_> = server.requests().iter().map(|it| it.operation.unwrap()).collect();
    assert_eq!(called, ["listPets", "getPet", "getReport", "deletePet", "getBestPet", "readLog"]);
    Ok(())
}

#[tokio::test(flavor = "current_thread")]
async fn every_valid_request_of_the_client_is_accepted() -> Outcome {
    let server = mock::Server::start().await?;
    let client = client(&server);
    let filter = serde_json::from_value(serde_json::json!({"name": "Rex & Tom"}))?;
    client.list_pets(2).order(&Order::Name).tags(&[true, false]).filter(&filter).send().await?;
    let id = "f0f7face-3a9d-48b1-8a32-82b84499cd4e".parse()?;
    let pet: Pet = serde_json::from_value(serde_json::json!({"id": 1, "name": "Rex"}))?;
    let made = client.create_pet(id, &pet).send().await?;
    assert_eq!(made.status(), StatusCode::CREATED);
    client.put_picture("\u{89}PNG").send().await?;
    server.assert_no_faults();
    let requests = server.requests();
    assert_eq!(requests[1].json::<Pet>()?, pet);
    assert_eq!(requests[0].pairs()[0], ("limit".to_owned(), "2".to_owned()));
    Ok(())
}

#[tokio::test(flavor = "current_thread")]
async fn a_request_that_the_description_does_not_allow_is_refused_with_the_reason() -> Outcome {
    const ID: (&str, &str) = ("x-request-id", "f0f7face-3a9d-48b1-8a32-82b84499cd4e");
    const JSON: (&str, &str) = ("content-type", "application/json");
    let server = mock::Server::start().await?;
    let cases: [(&str, &str, &[(&str, &str)], &str, &str); 17] = [
        ("GET", "/dogs", &[], "", "no operation has this path"),
        ("PUT", "/v1/pets/1", &[], "", "this path has no method PUT, but GET, DELETE"),
        ("GET", "/v1/pets?key=k", &[], "", "the required query parameter `limit` is missing"),
        ("GET", "/v1/pets?key=k&limit=x", &[], "", "`x` in the query parameter `limit` is not an integer"),
        ("GET", "/v1/pets?key=k&limit=1&order=size", &[], "", "`size` in the query parameter `order` is not one of `name`, `age`"),
        ("GET", "/v1/pets?key=k&limit=1&tags=1", &[], "", "`1` in the query parameter `tags` is not `true` or `false`"),
        ("GET", "/v1/pets?key=k&limit=1&offset=2", &[], "", "the operation has no query parameter `offset`"),
        ("GET", "/v1/pets?limit=1", &[], "", "it has no credentials of `key`"),
        ("GET", "/v1/pets/1", &[], "", "it has no credentials of `key` or `user`"),
        ("GET", "/v1/pets/first?key=k", &[], "", "`first` in the path parameter `id` is not an integer"),
        ("POST", "/v1/pets?key=k", &[JSON], r#"{"id": 1, "name": "Rex"}"#, "the required header `X-Request-Id` is missing"),
        ("POST", "/v1/pets?key=k", &[JSON, ("x-request-id", "1")], r#"{"id": 1, "name": "Rex"}"#, "is not a UUID"),
        ("POST", "/v1/pets?key=k", &[JSON, ID], "", "the required body is missing"),
        ("POST", "/v1/pets?key=k", &[JSON, ID], "{", "the body is not what the operation takes: EOF"),
        ("POST", "/v1/pets?key=k", &[JSON, ID], r#"{"id": 1}"#, "`name`"),
        ("POST", "/v1/pets?key=k", &[("content-type", "text/plain"), ID], r#"{"id": 1, "name": "Rex"}"#, "the media type of the body is `text/plain`, not `application/json`"),
        ("GET", "/v1/report", &[], "text", "it has a body, and the operation has none"),
    ];
    for (index, (method, path, headers, body, what)) in cases.into_iter().enumerate() {
        let (status, text) = send(&server, method, path, headers, body).await;
        assert_eq!(status, 400, "{method} {path}: {text}");
        let faults = server.faults();
        assert_eq!(faults.len(), index + 1, "{faults:#?}");
        assert!(faults[index].what.contains(what), "{what}: {}", faults[index]);
        let response: serde_json::Value = serde_json::from_str(&text)?;
        assert_eq!(response["faults"][0], faults[index].what);
    }
    let user = [("authorization", "Basic YTpi")];
    assert_eq!(send(&server, "GET", "/v1/pets/1", &user, "").await.0, 200);
    Ok(())
}

#[tokio::test(flavor = "current_thread")]
async fn a_response_that_is_set_is_used_as_often_as_it_is_set() -> Outcome {
    let server = mock::Server::start().await?;
    let client = client(&server);
    server.on("getPet").times(1).header("retry-after", "0").respond(503, "busy");
    server.on("getPet").respond(404, serde_json::json!({"message": "no pet"}));
    assert_eq!(client.get_pet(1).send().await.unwrap_err().status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    for _ in 0..2 {
        let error = client.get_pet(1).send().await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
        assert!(error.to_string().contains("no pet"), "{error}");
    }
    server.on("getReport").respond_bytes(200, "text/plain", "fine");
    assert_eq!(client.get_report().send().await?.into_body(), "fine");
    server.assert_no_faults();
    Ok(())
}

#[tokio::test(flavor = "current_thread")]
#[should_panic = "the API description has no operation `getDog`"]
async fn an_operation_that_does_not_exist_is_a_fault_of_the_test() {
    let server = mock::Server::start().await.unwrap();
    server.on("getDog").respond(200, "dog");
    server.assert_no_faults();
}

#[tokio::test(flavor = "current_thread")]
async fn no_secret_is_in_the_text_of_a_request_or_a_fault() -> Outcome {
    let server = mock::Server::start().await?;
    client(&server).list_pets(1).send().await?;
    send(&server, "GET", "/v1/pets?key=s3cret-key", &[("authorization", "Basic s3cret")], "").await;
    let shown = format!("{server:?} {:?} {:?}", server.requests(), server.faults());
    assert!(!shown.contains("s3cret"), "{shown}");
    Ok(())
}
"##;
