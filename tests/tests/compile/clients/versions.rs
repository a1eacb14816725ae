//! OpenAPI 3.2: its methods, query strings and shared media types.

use clients::generate_versions::generated::operations::COPY_BOOK;
use clients::generate_versions::generated::{Client, types};
use clients::runtime::Service;

use crate::recorder::{now, responding, sent};

fn filter() -> types::Filter {
    types::Filter::default().title("Emma & co").limit(2)
}

#[test]
fn every_method_is_sent_as_it_is_written() {
    let call = sent(async |service: Service| {
        let _ = Client::from_service(service).find_book("7", &filter()).send().await;
    });
    assert_eq!(call.operation.method.as_str(), "QUERY");
    assert_eq!(call.url.as_str(), "https://api.test/v1/books/7");
    assert_eq!(
        call.body.as_ref().and_then(|it| it.as_bytes()).map(|it| &it[..]),
        Some(r#"{"title":"Emma & co","limit":2}"#.as_bytes())
    );

    let call = sent(async |service: Service| {
        let client = Client::from_service(service);
        client.copy_book("7", "8").send().await.expect("it is copied");
    });
    assert_eq!(call.operation.method.as_str(), "COPY");
    assert_eq!(call.operation.method, COPY_BOOK.method);
    assert_eq!(call.headers["destination"], "8");

    let call = sent(async |service: Service| {
        let client = Client::from_service(service);
        client.purge_books_by_id("7").send().await.expect("it is purged");
    });
    assert_eq!(call.operation.method.as_str(), "purge");
}

#[test]
fn the_media_type_of_items_is_asked_for_where_there_are_others() {
    let call = sent(async |service: Service| {
        let client = Client::from_service(service);
        client.list_log().items().await.expect("it is read");
    });
    assert_eq!(call.headers["accept"], "application/json-seq");
    let client = Client::from_service(responding(200, "\u{1e}{\"at\":1}\n\u{1e}{\"at\":\"x\"}\n\u{1e}{\"at\":3}\n"));
    let mut items = now(client.list_log().items()).unwrap();
    assert_eq!(now(items.next()).unwrap().unwrap().at, 1);
    assert_eq!(now(items.next()).unwrap_err().number(), 2);
    assert_eq!(now(items.next()).unwrap().unwrap().at, 3);
    assert!(now(items.next()).unwrap().is_none());
}

#[test]
fn a_query_string_has_the_members_of_its_form() {
    let call = sent(async |service: Service| {
        let _ = Client::from_service(service).search().ignored(&filter()).send().await;
    });
    let mut pairs: Vec<&str> = call.url.query().unwrap_or_default().split('&').collect();
    pairs.sort_unstable();
    assert_eq!(pairs, ["limit=2", "title=Emma%20%26%20co"]);
}

#[test]
fn a_query_string_may_be_a_value_of_any_media_type() {
    let call = sent(async |service: Service| {
        let client = Client::from_service(service);
        client.find(&filter()).send().await.expect("it is found");
    });
    assert_eq!(
        call.url.query(),
        Some("%7B%22title%22%3A%22Emma%20%26%20co%22%2C%22limit%22%3A2%7D")
    );
    let call = sent(async |service: Service| {
        let client = Client::from_service(service);
        let request = client.find_text().words("one & two");
        request.send().await.expect("it is found");
    });
    assert_eq!(call.url.query(), Some("one%20%26%20two"));
}

#[test]
fn a_default_variant_has_the_values_of_all_other_tags_and_of_none() {
    let read = |body| {
        let read = now(Client::from_service(responding(200, body)).get_event().send());
        read.expect("it is read").into_body()
    };
    let about = |text: &str| types::Other::default().about(text.to_owned());
    for (body, expected) in [
        (r#"{"kind":"lent","to":"Eve"}"#, types::Event::Lent(types::Lent::new("lent".to_owned(), "Eve".to_owned()))),
        (r#"{"kind":"sold","about":"x"}"#, types::Event::Other(about("x").kind("sold".to_owned()))),
        (r#"{"kind":"Other"}"#, types::Event::Other(types::Other::default().kind("Other".to_owned()))),
        (r#"{"about":"x"}"#, types::Event::Other(about("x"))),
    ] {
        let event = read(body);
        assert_eq!(event, expected, "{body}");
        let call = sent(async |service: Service| {
            let client = Client::from_service(service);
            client.put_event(&event).send().await.expect("it is put");
        });
        assert_eq!(call.body.unwrap().as_bytes().unwrap().clone(), body, "it is sent as it was received");
    }
    assert!(matches!(read(r#"{"kind":"lent"}"#), types::Event::Unknown(_)));
}

#[test]
fn items_are_read_as_one_body_or_one_by_one_and_a_shared_media_type_has_its_type() {
    const LINES: &str = "{\"title\":\"Emma\"}\n{\"title\":\"Ulysses\"}\n";
    let lines = now(Client::from_service(responding(200, LINES)).search().send());
    assert_eq!(lines.expect("it is read").into_body(), LINES);

    let mut items = now(Client::from_service(responding(200, LINES)).search().items()).unwrap();
    for title in ["Emma", "Ulysses"] {
        let item: types::Book = now(items.next()).unwrap().unwrap();
        assert_eq!(item.title, title);
    }
    assert_eq!(now(items.next()).unwrap(), None);

    let client = Client::from_service(responding(200, r#"{"title":"Emma"}"#));
    let book: types::Book = now(client.find_book("7", &filter()).send())
        .expect("it is read")
        .into_body();
    assert_eq!(book.title, "Emma");
}

#[test]
fn reserved_characters_stay_in_a_path_but_end_no_segment() {
    let keys = ["a=1".to_owned(), "b/c?d#[e]".to_owned()];
    let sent = sent(async |service| {
        let client = Client::from_service(service);
        let request = client.read_table("List(1,a b):50%25%", &keys);
        request.send().await.expect("it is sent");
    });
    let path = "/v1/tables/List(1,a%20b):50%25%25/a=1,b%2Fc%3Fd%23%5Be%5D";
    assert_eq!(sent.url.path(), path);
    let client = Client::from_service(responding(204, ""));
    for dots in ["..", "%2e%2E", ".%2e"] {
        let refused = now(client.read_table(dots, &keys).send());
        assert!(refused.is_err(), "{dots}");
    }
}
