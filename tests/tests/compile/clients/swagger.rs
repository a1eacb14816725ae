//! Requests and responses of a document of Swagger 2.0.

use clients::generate_swagger::generated::support::{Date, File};
use clients::generate_swagger::generated::{Client, types};
use clients::runtime::Call;
use jiff::civil::date;

use crate::recorder::{now, responding, sent};

fn call(call: impl AsyncFnOnce(&Client)) -> Call {
    sent(async |service| call(&Client::from_service(service)).await)
}

fn text(call: &Call) -> String {
    let body = call.body.clone().expect("there is a body");
    let bytes = body.as_bytes().expect("it is no stream");
    String::from_utf8(bytes.to_vec()).expect("it is text")
}

fn strings<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

#[test]
fn arrays_are_joined_as_their_collection_formats_say() {
    let sent = call(async |client| {
        let names = strings(["a,b", "c"]);
        let (tags, words) = (strings(["x", "y"]), strings(["p", "q"]));
        let request = client.list_dogs().names(&names).tags(&tags);
        let request = request.sizes(&[1, 2]).words(&words).columns("m\tn");
        let groups = strings(["g", "h"]);
        let _ = request.x_groups(&groups).limit(5).send().await;
    });
    assert_eq!(
        sent.url.query(),
        Some("names=a%2Cb,c&tags=x&tags=y&sizes=1%7C2&words=p%20q&columns=m%09n&limit=5")
    );
    assert_eq!(sent.headers["x-groups"], "g,h");
    let sent = call(async |client| {
        let change = types::Change::default();
        let _ = client.change_dogs(&[1, 2], &change).send().await;
    });
    assert!(sent.url.path().ends_with("/dogs/1,2"), "{}", sent.url);
}

#[test]
fn a_form_is_sent_as_consumes_and_collection_formats_say() {
    let sent = call(async |client| {
        let body = types::BookWalkBody::new("Zoë")
            .days(vec![
                Date::from(date(2026, 1, 2)),
                Date::from(date(2026, 1, 3)),
            ])
            .stops(strings(["a b", "c"]));
        let _ = client.book_walk(7, &body).send().await;
    });
    let content_type = &sent.headers["content-type"];
    assert_eq!(content_type, "application/x-www-form-urlencoded");
    assert_eq!(
        text(&sent),
        "walker=Zo%C3%AB&days=2026-01-02,2026-01-03&stops=a+b&stops=c"
    );
}

#[test]
fn a_file_is_a_part_and_an_array_beside_it_is_one_joined_part() {
    let sent = call(async |client| {
        let photo = File::new("rex.png", b"pixels".to_vec()).content_type("image/png");
        let labels = strings(["a", "b"]);
        let request = client.send_photo(7, photo).labels(&labels);
        let _ = request.send().await;
    });
    let content_type = sent.headers["content-type"].to_str().expect("it is text");
    assert!(content_type.starts_with("multipart/form-data; boundary="));
    let text = text(&sent);
    for part in [
        "name=\"photo\"; filename=\"rex.png\"\r\nContent-Type: image/png\r\n\r\npixels\r\n",
        "name=\"labels\"\r\n\r\na,b\r\n",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let accepted = sent.headers["accept"].to_str().expect("it is text");
    assert!(accepted.contains("text/plain"), "{accepted}");
}

#[test]
fn a_shared_body_has_the_media_type_of_the_operation() {
    let put = call(async |client| {
        let _ = client
            .change_dogs(&[1], &types::Change::default())
            .send()
            .await;
    });
    assert_eq!(put.headers["content-type"], "application/json");
    let patch = call(async |client| {
        let body = types::PatchDogsBody::default();
        let _ = client.patch_dogs(&[1], &body).send().await;
    });
    assert_eq!(
        patch.headers["content-type"],
        "application/merge-patch+json"
    );
}

#[test]
fn the_value_of_the_discriminator_is_the_name_of_the_definition() {
    let body = r#"[{"kind":"Puppy","name":"Rex","weeks":3},{"kind":"Dog","name":"Bo"}]"#;
    let client = Client::from_service(responding(200, body));
    let response = now(client.list_dogs().send()).expect("it can be read");
    let dogs = response.into_body();
    let [types::Dog::Puppy(puppy), types::Dog::Base(dog)] = &dogs[..] else {
        panic!("these are a puppy and a dog");
    };
    assert_eq!((puppy.weeks, dog.name.as_str()), (Some(3), "Bo"));
}
