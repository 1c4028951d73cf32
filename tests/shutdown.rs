//! A server that is stopped ends in order: running requests are answered, endless ones are closed, a snapshot is
//! written, the socket file is gone.

use crate::binary::{Folder, Server};
use std::io::{Read, Write};
use std::net::TcpStream;

#[test]
fn sigterm_and_sigint_end_in_order() {
    let folder = Folder::with_office();
    let lines = r#"{"type":"service-listed","service":"ozg:10255","name":"Aufenthalt"}"#;
    for (index, signal) in ["TERM", "INT"].into_iter().enumerate() {
        let mut server = Server::on(&folder);
        folder.feed(&["import", "-"], lines.replace("10255", &format!("1025{index}")).as_bytes()).done();
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream
            .write_all(b"GET /v1/events?after=0 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n")
            .unwrap();
        let mut begun = [0u8; 12];
        stream.read_exact(&mut begun).unwrap();
        assert_eq!(&begun, b"HTTP/1.1 200");
        server.signal(signal);
        let status = server.ended();
        assert_eq!(status.code(), Some(0), "{signal}");
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert!(rest.contains("\"service\":\"ozg:10250\""), "{rest}");
        assert!(!folder.path().join("data/ozg.sock").exists());
        assert!(folder.path().join("data/state.snapshot").exists());
    }
    assert_eq!(folder.head(), 2);
}
