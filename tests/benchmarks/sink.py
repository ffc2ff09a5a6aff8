# SPDX-License-Identifier: Apache-2.0
"""A registry that takes whatever is uploaded, reads it and throws it away: as fast as it gets."""

import os
import socket
import threading

ANSWERS = {
    "GET": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    "HEAD": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    "POST": b"HTTP/1.1 202 Accepted\r\nLocation: /v2/a/blobs/uploads/1\r\nContent-Length: 0\r\n\r\n",
    "PUT": b"HTTP/1.1 201 Created\r\nLocation: /v2/a/blobs/1\r\nContent-Length: 0\r\n\r\n",
}
ANSWERS["PATCH"] = ANSWERS["POST"]


def read_head(connection):
    """Method, length of the body, and what has come of it; nothing when the client has gone."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in
              (line.partition(":") for line in lines[1:])}
    if "expect" in fields:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    return lines[0].split()[0], int(fields.get("content-length", 0)), len(rest)


def serve(connection):
    buffer = bytearray(1 << 20)
    while request := read_head(connection):
        method, left, count = request
        left -= count
        while left > 0:
            count = connection.recv_into(buffer, min(left, len(buffer)))
            if count == 0:
                return
            left -= count
        connection.sendall(ANSWERS[method])


def accept(listener):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


def start():
    """In a process of its own, whose id comes with "127.0.0.1:port"."""
    listener = socket.create_server(("127.0.0.1", 0))
    child = os.fork()
    if child == 0:
        accept(listener)
    host = "127.0.0.1:%d" % listener.getsockname()[1]
    listener.close()
    return child, host
