//! Accepts connections and responds to requests.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use http::{Response, StatusCode};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::check::{Fault, check};
use super::request::Request;
use super::respond::{Answer, example, next, refusal};
use super::route::route;
use crate::runtime::Bytes;

/// What the server and the test share.
#[derive(Default)]
pub(super) struct Shared(Mutex<State>);

#[derive(Default)]
pub(super) struct State {
    pub(super) answers: HashMap<&'static str, Vec<Answer>>,
    pub(super) faults: Vec<Fault>,
    pub(super) requests: Vec<Request>,
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        // No code under the lock leaves its contents half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// Without contents, which have credentials.
impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

/// Accepts and serves connections. Dropping the future ends all of them.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            // The peer closed the connection before it was accepted.
            tokio::task::yield_now().await;
            continue;
        };
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| {
            let shared = Arc::clone(&shared);
            async move { Ok::<_, Infallible>(respond(request, &shared).await) }
        });
        connections.spawn(async move {
            // The client sees the error too.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn respond(request: http::Request<Incoming>, shared: &Shared) -> Response<Whole> {
    let (parts, body) = request.into_parts();
    // A body that breaks off is recorded as far as it came; its response reaches nobody.
    let request = Request {
        operation: None,
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body: read(body).await,
    };
    answer(request, shared).map(|body| Whole(Some(body)))
}

fn answer(mut request: Request, shared: &Shared) -> Response<Bytes> {
    let route = route(&request.method, &request.path, &request.pairs());
    request.operation = route.as_ref().ok().map(|route| route.operation.id);
    let faults = match &route {
        Ok(route) => check(&request, route),
        Err(what) => vec![what.clone()],
    };
    let mut state = shared.lock();
    let found = match &route {
        Ok(route) if faults.is_empty() => {
            let id = route.operation.id;
            let set = state.answers.get_mut(id).and_then(next);
            let found = set.map_or_else(|| example(route.operation, &request), Ok);
            found.map_err(|what| (StatusCode::NOT_IMPLEMENTED, vec![what]))
        }
        _ => Err((StatusCode::BAD_REQUEST, faults)),
    };
    let response = found.unwrap_or_else(|(status, faults)| {
        let new = faults.iter().map(|it| Fault::new(&request, it.clone()));
        state.faults.extend(new);
        refusal(status, &faults)
    });
    state.requests.push(request);
    response
}

async fn read(mut body: Incoming) -> Bytes {
    let mut bytes = Vec::new();
    while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        if let Ok(data) = frame.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    bytes.into()
}

/// A body that is there as a whole.
struct Whole(Option<Bytes>);

impl Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
