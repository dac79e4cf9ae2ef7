#!/usr/bin/env python3
"""An agency's webhook receiver in Python: check the signature, keep each event once, then say so.

WEBHOOK_SECRETS: whsec_…, two with a space between them while they change. PORT: to listen on, behind your TLS proxy.
STORE: a SQLite file. Standard library only, Python 3.9 or newer.
"""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEYS = [base64.b64decode(secret.removeprefix("whsec_")) for secret in os.environ["WEBHOOK_SECRETS"].split()]
TOLERANCE = 5 * 60
MOST_BYTES = 4 * 1024 * 1024

store = sqlite3.connect(os.environ.get("STORE", "events.db"), check_same_thread=False)
store.execute("create table if not exists events (id text primary key, subject text, body text)")
one_at_a_time = threading.Lock()


def is_genuine(headers, body):
    """Standard Webhooks: HMAC-SHA256 over id, time and the body exactly as it came."""
    sent_at = headers.get("webhook-timestamp", "")
    if not sent_at.isdigit() or abs(time.time() - int(sent_at)) > TOLERANCE:
        return False
    signed = f"{headers.get('webhook-id')}.{sent_at}.".encode() + body
    expected = [b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()) for key in KEYS]
    given = headers.get("webhook-signature", "").encode().split()
    return any(hmac.compare_digest(one, other) for one in given for other in expected)


def take(webhook_id, event, body):
    """Durable when it returns. Your program keeps the id in the same transaction as what it does with the event."""
    with one_at_a_time, store:
        row = (webhook_id, event["subject"], body.decode())
        if store.execute("insert into events values (?, ?, ?) on conflict do nothing", row).rowcount == 0:
            return  # Sent again: it is here already.
    data = event["data"]
    told = {"receiptNumber": data["receiptNumber"], "seq": data["event"]["seq"], "type": data["event"]["type"]}
    print(json.dumps({**told, "status": data["complaint"]["status"]}), flush=True)


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        size = int(self.headers.get("content-length", 0))
        if size > MOST_BYTES:
            self.close_connection = True
            return self.reply(413)
        body = self.rfile.read(size)
        if not is_genuine(self.headers, body):
            return self.reply(401)
        event = json.loads(body)
        # The ping, and whatever a later version may send.
        if ".complaint." not in event["type"]:
            return self.reply(204)
        take(self.headers["webhook-id"], event, body)
        # Your own id of the complaint, where you have one: the hub quotes it with later events.
        self.reply(200, {"externalId": f"OWN-{event['subject']}"})

    def reply(self, status, value=None):
        body = b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        if status != 204:
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """What came is told by take()."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Receiver)
    print("listening", flush=True)
    server.serve_forever()
