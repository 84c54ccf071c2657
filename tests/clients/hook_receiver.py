#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A business system that is told what became of messages, written from the text of Standard Webhooks.

usage: hook_receiver.py SECRET_FILE

Listens at a free port of this machine and prints "listening URL". The secret is read with the first delivery. A delivery is
answered 204 when it is signed and of now, else 401 and forgotten.

GET /counts   what came, as numbers
GET /outcomes what was taken: {"17": {"states": ["accepted", "delivered"], "traceparent": ...}, ...}
GET /sample   headers and body of one that was taken, for whoever wants to forge one
"""
import base64
import hashlib
import hmac
import http.server
import json
import pathlib
import sys
import threading
import time

TOLERANCE_SECONDS = 300
SIGNED_HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature", "content-type")


def is_signed(secret, headers, body):
    """Whether one of the signatures is the HMAC-SHA256 of id, time and body, each after a dot."""
    event_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not event_id or not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    text = event_id.encode() + b"." + timestamp.encode() + b"." + body
    wanted = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    given = [part.removeprefix("v1,") for part in headers.get("webhook-signature", "").split(" ") if part.startswith("v1,")]
    return any(hmac.compare_digest(wanted, one) for one in given)


class Book:
    """What was taken. All threads."""

    def __init__(self, secret_file):
        self.secret_file = pathlib.Path(secret_file)
        self.secret = None
        self.lock = threading.Lock()
        self.counts = {"requests": 0, "refused": 0, "again": 0, "changed": 0, "malformed": 0, "other_id": 0, "ids": 0, "accepted": 0, "ended": 0}
        self.bodies = {}  # by id
        self.ids = {}  # by message and state
        self.outcomes = {}  # by message
        self.sample = None

    def take(self, headers, body):
        """The status to answer with."""
        with self.lock:
            if self.secret is None:
                self.secret = self.secret_file.read_text().strip()
            counts = self.counts
            counts["requests"] += 1
            if not is_signed(self.secret, headers, body):
                counts["refused"] += 1
                return 401
            event_id = headers["webhook-id"]
            if event_id in self.bodies:
                counts["again"] += 1
                counts["changed"] += self.bodies[event_id] != body
                return 204
            try:
                event = json.loads(body)
                message, state = str(event["data"]["message_id"]), event["data"]["state"]
                counts["malformed"] += event["type"] != "message." + state or headers["content-type"] != "application/json"
            except (ValueError, KeyError, TypeError):
                counts["malformed"] += 1
                return 400
            self.bodies[event_id] = body
            counts["ids"] += 1
            counts["other_id"] += self.ids.setdefault((message, state), event_id) != event_id
            outcome = self.outcomes.setdefault(message, {"states": [], "traceparent": headers.get("traceparent", "")})
            outcome["states"].append(state)
            if outcome["traceparent"] != headers.get("traceparent", ""):
                outcome["traceparent"] = "differs"
            counts["accepted"] += state == "accepted"
            counts["ended"] += state in ("delivered", "undelivered")
            if self.sample is None:
                self.sample = {"headers": {name: headers[name] for name in SIGNED_HEADERS}, "body": body.decode()}
            return 204


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    book = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        status = self.book.take(self.headers, body)
        self.send_response(status)
        if status != 204:
            self.send_header("content-length", "0")
        self.end_headers()

    def do_GET(self):
        with self.book.lock:
            answers = {"/counts": self.book.counts, "/outcomes": self.book.outcomes, "/sample": self.book.sample}
            answer = json.dumps(answers.get(self.path)).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


def main():
    Handler.book = Book(sys.argv[1])
    server = Server(("127.0.0.1", 0), Handler)
    print(f"listening http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


main()
