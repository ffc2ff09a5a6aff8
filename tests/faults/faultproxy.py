#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A proxy in front of a registry that breaks what goes through it. usage: faultproxy.py HOST:PORT [SEED [RATE]]

What breaks is drawn from a seed: for each request from its method, its path, and how often that was
asked for, so that the same seed breaks the same things, in whatever order requests come. RATE is
the part of requests to break. Prints where it listens, and its seed.
"""

import random
import re
import socket
import socketserver
import struct
import sys
import threading
import time
from collections import Counter, namedtuple

# Where in the message of that length, from 0 to 1; what else there is to say of it is the value.
Fault = namedtuple("Fault", "kind place value", defaults=(0.0, None))
# What went through, with the bytes of both bodies. A status of 0: there was no answer.
Exchange = namedtuple("Exchange", "method path range sent status received fault")

PIECE = 16 * 1024
LONGEST_END = 30.0  # Seconds that a connection may take to notice that its client has gone.
HALF_CLOSED = 2.0  # Seconds to wait for the other side to close, too.
# The registry makes up names of uploads, which are no part of what is drawn.
UPLOAD = re.compile(r"/blobs/uploads/[^/?]+.*")
UPLOADS = "/blobs/uploads/..."
RESPONSE_KINDS = ("delay", "throttle", "cut", "reset", "half-close", "stall", "flip", "lost", "refuse")
REQUEST_KINDS = ("request cut", "request flip")
REFUSALS = ((429, "Retry-After: 0\r\n"), (429, "Retry-After: 1\r\n"), (429, ""), (500, ""),
            (502, ""), (503, "Retry-After: 1\r\n"), (503, ""), (504, ""))


class Broken(Exception):
    """The connection is to end here."""


class Schedule:
    """Says for each request what shall become of it."""

    def __init__(self, seed, rate):
        self.seed = seed
        self._rate = rate
        self._counts = Counter()
        self._lock = threading.Lock()

    def fault_for(self, method, path, has_body):
        what = f"{method} {UPLOAD.sub(UPLOADS, path)}"
        with self._lock:
            self._counts[what] += 1
            dice = random.Random(f"{self.seed} {what} {self._counts[what]}")
        if dice.random() >= self._rate:
            return Fault("none")
        kind = dice.choice(RESPONSE_KINDS + (REQUEST_KINDS if has_body else ()))
        place = dice.choice((0.0, 1.0, dice.random(), dice.random(), dice.random()))
        return Fault(kind, place, value_for(kind, dice))


def value_for(kind, dice):
    if kind == "delay" or kind == "stall":
        return dice.uniform(0.02, 0.3)  # Seconds.
    if kind == "throttle":
        return dice.choice((1, 2, 4)) << 20  # Bytes a second.
    if kind == "flip" or kind == "request flip":
        return 1 << dice.randrange(8)
    return dice.choice(REFUSALS) if kind == "refuse" else None


class Message:
    """The head and the length of the body of a request or an answer."""

    def __init__(self, stream, has_body=True):
        lines = []
        while (line := stream.readline(64 * 1024)) not in (b"\r\n", b"\n"):
            if not line:
                raise Broken
            lines.append(line.rstrip(b"\r\n"))
        self.first = lines[0].decode("latin-1")
        self.lines = lines[1:]
        length = self.field("Content-Length")
        self.length = int(length) if has_body and length else 0
        self.is_endless = has_body and length is None

    def field(self, name):
        start = name.lower().encode() + b":"
        for line in self.lines:
            if line.lower().startswith(start):
                return line[len(start):].decode("latin-1").strip()
        return None

    def head(self, *, drop=(), add=()):
        kept = [line for line in self.lines if line.split(b":")[0].lower() not in drop]
        return b"\r\n".join([self.first.encode("latin-1"), *kept, *add, b"", b""])


def reset(connection):
    """Lets the other side see the connection die."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def half_close(connection):
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(HALF_CLOSED)
    try:
        while connection.recv(PIECE):
            pass
    except OSError:
        pass


class Wire:
    """Brings bytes to the other side as the fault wants it."""

    def __init__(self, connection, fault, head_size, body_size, rate):
        self._connection = connection
        self._fault = fault
        self._position = 0
        self._rate = fault.value if fault.kind == "throttle" else rate
        flips = fault.kind in ("flip", "request flip")
        first, last = (head_size, head_size + body_size - 1) if flips else (0, head_size + body_size)
        self._place = int(first + fault.place * (last - first)) if last >= first else -1

    def send(self, data):
        end = self._position + len(data)
        if self._position <= self._place < end or self._place == end:
            data = self._broken(bytearray(data), self._place - self._position)
        if self._rate:
            time.sleep(len(data) / self._rate)
        self._connection.sendall(data)
        self._position = end

    def _broken(self, data, place):
        kind = self._fault.kind
        if kind in ("flip", "request flip"):
            if place < len(data):
                data[place] ^= self._fault.value
            return data
        if kind == "stall":
            self._connection.sendall(data[:place])
            time.sleep(self._fault.value)
            self._place = -1
            return data[place:]
        if kind in ("cut", "reset", "half-close"):
            self._connection.sendall(data[:place])
            if kind == "reset":
                reset(self._connection)
            elif kind == "half-close":
                half_close(self._connection)
            raise Broken
        return data


def copy_body(stream, size, send):
    """Brings that many bytes over, or all of them; tells how many there were."""
    done = 0
    while size is None or done < size:
        data = stream.read1(PIECE if size is None else min(PIECE, size - done))
        if not data:
            break
        send(data)
        done += len(data)
    return done


class Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        try:
            # Who tries TLS first waits for an answer, and there is none.
            while self.rfile.peek(1)[:1].isalpha() and self.exchange():
                pass
        except (Broken, OSError, ValueError):
            pass  # One of both sides has gone, as happens here.

    def exchange(self):
        """One request with its answer; whether there may be another one."""
        request = Message(self.rfile)
        method, path = request.first.split(" ")[:2]
        fault = self.server.fault_for(method, path, request.length > 0)
        ledger = {"method": method, "path": path, "range": request.field("Range"), "sent": 0,
                  "status": 0, "received": 0, "fault": fault}
        try:
            if fault.kind == "delay":
                time.sleep(fault.value)
            if fault.kind == "refuse":
                return self.refuse(request, fault, ledger)
            with socket.create_connection(self.server.registry) as registry:
                self.deliver(request, registry, fault, ledger)
                return self.answer(method, registry, fault, ledger)
        finally:
            self.server.note(Exchange(**ledger))

    def refuse(self, request, fault, ledger):
        left = request.length
        while left > 0 and (data := self.rfile.read1(min(PIECE, left))):
            left -= len(data)
        status, fields = fault.value
        ledger["status"] = status
        self.connection.sendall(f"HTTP/1.1 {status} No\r\n{fields}Content-Length: 0\r\n\r\n".encode())
        return left == 0

    def deliver(self, request, registry, fault, ledger):
        # A connection for each request: when this one breaks, so does that one.
        head = request.head(drop=(b"connection",), add=(b"Connection: close",))
        registry.sendall(head)
        size = request.length
        is_cut = fault.kind == "request cut"
        ours = fault if fault.kind in REQUEST_KINDS else Fault("none")
        wire = Wire(registry, ours, 0, size, self.server.rate)
        wanted = int(size * fault.place) if is_cut else size
        try:
            ledger["sent"] = copy_body(self.rfile, wanted, wire.send)
        except OSError:
            return  # It may have answered already.
        if is_cut:
            reset(self.connection)
            raise Broken
        if ledger["sent"] < size:
            raise Broken  # The client has gone.

    def answer(self, method, registry, fault, ledger):
        stream = registry.makefile("rb")
        answer = Message(stream, has_body=method != "HEAD")
        status = int(answer.first.split(" ")[1])
        if fault.kind == "lost":
            while stream.read1(PIECE):
                pass
            reset(self.connection)
            raise Broken
        ledger["status"] = status
        is_empty = status in (204, 304)
        is_last = answer.is_endless and not is_empty
        head = answer.head(drop=(b"connection",), add=(b"Connection: close",) if is_last else ())
        ours = fault if fault.kind not in REQUEST_KINDS else Fault("none")
        wire = Wire(self.connection, ours, len(head), answer.length, self.server.rate)
        wire.send(head)
        size = 0 if is_empty else None if is_last else answer.length
        self.copy_counted(stream, size, wire, ledger)
        return not is_last

    @staticmethod
    def copy_counted(stream, size, wire, ledger):
        """What was sent counts also when the rest is not."""
        def send(data):
            wire.send(data)
            ledger["received"] += len(data)

        copy_body(stream, size, send)


class FaultProxy(socketserver.ThreadingTCPServer):
    """Listens on the loopback interface while it is a context. Without a schedule nothing breaks."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, registry):
        super().__init__(("127.0.0.1", 0), Handler)
        name, port = registry.rsplit(":", 1)
        self.registry = (name, int(port))
        self.host = "127.0.0.1:%d" % self.server_address[1]
        self.schedule = None
        self.rate = None  # Bytes a second of each connection, to have time to do things meanwhile.
        self._ledger = []
        self._connections = 0
        self._changed = threading.Condition()

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def fault_for(self, method, path, has_body):
        schedule = self.schedule
        return schedule.fault_for(method, path, has_body) if schedule else Fault("none")

    def process_request(self, request, client_address):
        with self._changed:
            self._connections += 1
        super().process_request(request, client_address)

    def shutdown_request(self, request):
        super().shutdown_request(request)
        with self._changed:
            self._connections -= 1
            self._changed.notify_all()

    def note(self, exchange):
        with self._changed:
            self._ledger.append(exchange)

    def take_ledger(self):
        """What went through since this was asked for last, by clients that have gone by now."""
        with socket.create_connection(self.server_address) as last:
            last.shutdown(socket.SHUT_WR)
            last.recv(1)  # Whoever came before has been let in, too.
        with self._changed:
            self._changed.wait_for(lambda: self._connections == 0, LONGEST_END)
            ledger, self._ledger = self._ledger, []
        return ledger


def main():
    seed = sys.argv[2] if len(sys.argv) > 2 else str(random.randrange(1 << 32))
    rate = float(sys.argv[3]) if len(sys.argv) > 3 else 0.25
    with FaultProxy(sys.argv[1]) as proxy:
        proxy.schedule = Schedule(seed, rate)
        print(f"{proxy.host} breaks what goes to {sys.argv[1]}, seed {seed}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
