//! Responds to every request with the bytes of a file: an upper bound for the throughput of a response
//! of that size.
//!
//! ```sh
//! cargo run --release -p sojourn-http --example constant -- 127.0.0.1:18471 page.json
//! ```

use std::io::Error;

use actix_web::web::{self, Bytes};
use actix_web::{App, HttpResponse, HttpServer};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err(Error::other("usage: constant ADDRESS FILE"));
    };
    let body = Bytes::from(std::fs::read(file)?);
    let workers = std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
    let serve = move || {
        let body = body.clone();
        let answer = move || {
            let answer = HttpResponse::Ok()
                .content_type("application/json")
                .body(body.clone());
            async move { answer }
        };
        App::new().default_service(web::to(answer))
    };
    HttpServer::new(serve)
        .workers(workers)
        .bind(address)?
        .run()
        .await
}
