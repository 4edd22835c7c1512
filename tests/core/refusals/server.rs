//! A server that refuses everything with one code and message, in the protocol it was asked in.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Its address.
pub async fn refusing(code: &str, message: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (code, message) = (code.to_owned(), message.to_owned());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Who gives up early is no matter.
            let _answered = answer(stream, &code, &message).await;
        }
    });
    address
}

async fn answer(mut stream: TcpStream, code: &str, message: &str) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !is_whole(&request) {
        if stream.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
    }
    let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
    let (kind, body) = if head.contains("x-amz-target:") {
        let body = serde_json::json!({"__type": code, "message": message});
        ("application/x-amz-json-1.1", body.to_string())
    } else if head.starts_with("post /oauth2/") {
        let body = serde_json::json!({"error": code, "error_description": message});
        ("application/json", body.to_string())
    } else {
        let body = format!(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>\
             <Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
             <RequestId>1</RequestId></ErrorResponse>"
        );
        ("text/xml", body)
    };
    let answer = format!(
        "HTTP/1.1 400 Bad Request\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.to_ascii_lowercase();
    let length = length.lines().find_map(|line| {
        let value = line.strip_prefix("content-length:")?;
        value.trim().parse::<usize>().ok()
    });
    body.len() >= length.unwrap_or_default()
}
