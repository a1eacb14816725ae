//! Parameters in every style: as in the table "Style Examples" of the OpenAPI Specification or, where the table has no entry, as
//! in RFC 6570.

use clients::generate_parameter_styles::generated::{Client, types};
use clients::runtime::{Call, Error, ErrorKind, Response};

use crate::recorder::{now, responding, sent};

fn list() -> types::List {
    vec!["blue".to_owned(), "black".to_owned(), "brown".to_owned()]
}

fn color() -> types::Color {
    types::Color::new(150, 200, 100)
}

fn call(call: impl AsyncFnOnce(&Client) -> Result<Response<()>, Error<()>>) -> Call {
    sent(async |service| {
        let response = call(&Client::from_service(service)).await;
        response.expect("the call can be made");
    })
}

/// Path and query after the base URL.
fn target(request: impl AsyncFnOnce(&Client) -> Result<Response<()>, Error<()>>) -> String {
    let url = call(request).url;
    let below = url.as_str().strip_prefix("https://api.test/v1/");
    below.expect("it is below the base URL").to_owned()
}

#[test]
fn a_path_in_the_simple_style() {
    let sent = target(async |it| it.simple("blue", &list(), &color()).send().await);
    assert_eq!(sent, "simple/blue/blue,black,brown/B,150,G,200,R,100");
    let sent = target(async |it| it.simple_exploded("blue", &list(), &color()).send().await);
    assert_eq!(
        sent,
        "simple-exploded/blue/blue,black,brown/B=150,G=200,R=100"
    );
}

#[test]
fn a_path_in_the_label_style() {
    let sent = target(async |it| it.label("blue", 7, &list(), &color()).send().await);
    assert_eq!(sent, "label/.blue/.7/.blue,black,brown/.B,150,G,200,R,100");
    let sent = target(async |it| it.label_exploded("blue", 7, &list(), &color()).send().await);
    assert_eq!(
        sent,
        "label-exploded/.blue/.7/.blue.black.brown/.B=150.G=200.R=100"
    );
}

#[test]
fn a_path_in_the_matrix_style() {
    let sent = target(async |it| it.matrix("blue", 7, &list(), &color()).send().await);
    assert_eq!(
        sent,
        "matrix/;text=blue/;count=7/;list=blue,black,brown/;color=B,150,G,200,R,100"
    );
    let sent = target(async |it| {
        it.matrix_exploded("blue", 7, &list(), &color())
            .send()
            .await
    });
    assert_eq!(
        sent,
        "matrix-exploded/;text=blue/;count=7/;list=blue;list=black;list=brown/;B=150;G=200;R=100"
    );
}

#[test]
fn an_empty_string_in_the_matrix_style_is_its_name() {
    let sent = target(async |it| it.matrix("", 7, &list(), &color()).send().await);
    assert!(sent.starts_with("matrix/;text/;count=7/"), "{sent}");
}

#[test]
fn a_value_that_would_change_the_address_is_not_sent() {
    let client = Client::from_service(responding(204, ""));
    let (list, color) = (list(), color());
    let refused = [
        now(client.simple("", &list, &color).send()),
        now(client.simple("..", &list, &color).send()),
        now(client.simple("blue", &Vec::new(), &color).send()),
        now(client.label("", 7, &list, &color).send()),
        now(client.label(".", 7, &list, &color).send()),
    ];
    for outcome in refused {
        let error = outcome.expect_err("it is refused");
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    }
}

#[test]
fn separators_are_encoded_inside_a_value() {
    let odd = vec!["a,b".to_owned(), "c d/e".to_owned(), "f;g=h.i".to_owned()];
    let sent = target(async |it| it.simple("a/b,c", &odd, &color()).send().await);
    assert_eq!(
        sent,
        "simple/a%2Fb%2Cc/a%2Cb,c%20d%2Fe,f%3Bg%3Dh.i/B,150,G,200,R,100"
    );
    let sent = target(async |it| it.form().text("a&b=c").list(&odd).send().await);
    assert_eq!(sent, "form?text=a%26b%3Dc&list=a%2Cb,c%20d%2Fe,f%3Bg%3Dh.i");
    let sent = target(async |it| it.pipe_delimited().list(&odd).send().await);
    assert_eq!(sent, "pipe?list=a%2Cb%7Cc%20d%2Fe%7Cf%3Bg%3Dh.i");
}

#[test]
fn a_query_in_the_form_style() {
    let sent = target(async |it| {
        let request = it.form().text("blue").number(0.5);
        request.list(&list()).color(&color()).send().await
    });
    assert_eq!(
        sent,
        "form?text=blue&number=0.5&list=blue,black,brown&color=B,150,G,200,R,100"
    );
    let sent = target(async |it| {
        let request = it.form_exploded().text("").flag(true);
        request.list(&list()).color(&color()).send().await
    });
    assert_eq!(
        sent,
        "form-exploded?text=&flag=true&list=blue&list=black&list=brown&B=150&G=200&R=100"
    );
}

#[test]
fn a_query_with_spaces_or_pipes_between() {
    let sent = target(async |it| {
        it.space_delimited()
            .list(&list())
            .color(&color())
            .send()
            .await
    });
    assert_eq!(
        sent,
        "space?list=blue%20black%20brown&color=B%20150%20G%20200%20R%20100"
    );
    let sent = target(async |it| {
        it.pipe_delimited()
            .list(&list())
            .color(&color())
            .send()
            .await
    });
    assert_eq!(
        sent,
        "pipe?list=blue%7Cblack%7Cbrown&color=B%7C150%7CG%7C200%7CR%7C100"
    );
    let sent = target(async |it| {
        it.delimited_exploded()
            .spaced(&list())
            .piped(&list())
            .send()
            .await
    });
    assert_eq!(
        sent,
        "delimited-exploded?spaced=blue&spaced=black&spaced=brown&piped=blue&piped=black&piped=brown"
    );
}

#[test]
fn a_query_in_the_deep_object_style() {
    let sent = target(async |it| it.deep_object().color(&color()).send().await);
    assert_eq!(
        sent,
        "deep?color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"
    );
}

#[test]
fn a_query_with_a_media_type_is_json() {
    let sent = target(async |it| {
        let request = it.content().text("blue");
        request.list(&list()).color(&color()).send().await
    });
    assert_eq!(
        sent,
        "content?text=%22blue%22&list=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D\
         &color=%7B%22B%22%3A150%2C%22G%22%3A200%2C%22R%22%3A100%7D"
    );
}

#[test]
fn headers_are_in_the_simple_style() {
    let headers = call(async |it| {
        let request = it.headers().x_text("blue, or not").x_number(7);
        let request = request.x_list(&list()).x_color(&color());
        let request = request.x_exploded_list(&list()).x_exploded_color(&color());
        request.x_content(&color()).send().await
    })
    .headers;
    let expected = [
        ("x-text", "blue, or not"),
        ("x-number", "7"),
        ("x-list", "blue,black,brown"),
        ("x-color", "B,150,G,200,R,100"),
        ("x-exploded-list", "blue,black,brown"),
        ("x-exploded-color", "B=150,G=200,R=100"),
        ("x-content", r#"{"B":150,"G":200,"R":100}"#),
    ];
    for (name, value) in expected {
        assert_eq!(headers[name], value, "{name}");
    }
}

#[test]
fn cookies_travel_in_one_header() {
    let headers = call(async |it| {
        let request = it.cookies().text("blue; or not").flag(false);
        request.list(&list()).color(&color()).send().await
    })
    .headers;
    assert_eq!(
        headers["cookie"],
        "text=blue%3B%20or%20not; flag=false; list=blue,black,brown; color=B,150,G,200,R,100"
    );
}

#[test]
fn exploded_cookies_are_cookies_of_their_own() {
    let headers = call(async |it| {
        let request = it.cookies_exploded().text("blue");
        request.list(&list()).color(&color()).send().await
    })
    .headers;
    assert_eq!(
        headers["cookie"],
        "text=blue; list=blue; list=black; list=brown; B=150; G=200; R=100"
    );
}

#[test]
fn reserved_characters_stay_where_the_description_allows_them() {
    let odd = vec!["a/b,c".to_owned(), "d e%20".to_owned()];
    let sent = target(async |it| {
        let request = it.reserved().raw_("List(1,2):[a]@!$'*;%2F%");
        request.list(&odd).each(&odd).send().await
    });
    assert_eq!(
        sent,
        "reserved?raw=List(1,2):[a]@!$%27*;%2F%25&list=a/b,c,d%20e%20&each=a/b,c&each=d%20e%20"
    );
}

#[test]
fn nothing_is_sent_for_an_empty_list_or_map() {
    let sent = target(async |it| it.form().list(&Vec::new()).send().await);
    assert_eq!(sent, "form");
    let sent = target(async |it| it.form_exploded().list(&Vec::new()).send().await);
    assert_eq!(sent, "form-exploded");
    let sent = target(async |it| it.pipe_delimited().list(&Vec::new()).send().await);
    assert_eq!(sent, "pipe");
    let sent = target(async |it| it.reserved().map(&Default::default()).send().await);
    assert_eq!(sent, "reserved");
    let headers = call(async |it| it.headers().x_list(&Vec::new()).send().await).headers;
    assert!(!headers.contains_key("x-list"));
    // In the style `label`, the list is a part of the segment.
    let sent = target(async |it| it.labelled(&Vec::new()).send().await);
    assert_eq!(sent, "part");
    let sent = target(async |it| it.labelled(&list()).send().await);
    assert_eq!(sent, "part.blue,black,brown");
}

#[test]
fn a_number_without_digits_is_not_sent() {
    let client = Client::from_service(responding(204, ""));
    for number in [f64::NAN, f64::INFINITY] {
        let refused = [
            now(client.form().number(number).send()),
            now(client.reserved().numbers(&[0.5, number]).send()),
        ];
        for outcome in refused {
            let error = outcome.expect_err("it is refused");
            assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        }
    }
}
