#!/usr/bin/env python3
"""An agency's client in Python: try, register, read, follow the feed, answer, acknowledge.

HUB_URL: the hub's address. HUB_AGENCY and HUB_KEY: code and API key of the connection sheet; or HUB_KEY_ID and
HUB_SIGNING_SECRET in place of the key, and requests are signed (RFC 9421). Standard library only, Python 3.9 or newer.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import time
import urllib.error
import urllib.request
from datetime import datetime, timezone

HUB = os.environ["HUB_URL"]
AGENCY = os.environ["HUB_AGENCY"]
KEY = os.environ.get("HUB_KEY")


def signature(method, target, body):
    """The headers of a signed request: what is covered, in this order, one line each. The nonce makes each one of a kind."""
    digest = "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"
    covered = f'("@method" "@request-target" "content-digest");created={int(time.time())};nonce="{secrets.token_hex(16)}";keyid="{os.environ["HUB_KEY_ID"]}"'
    base = f'"@method": {method}\n"@request-target": {target}\n"content-digest": {digest}\n"@signature-params": {covered}'
    mac = hmac.new(os.environ["HUB_SIGNING_SECRET"].encode(), base.encode(), hashlib.sha256).digest()
    return {
        "content-digest": digest,
        "signature-input": f"sig1={covered}",
        "signature": "sig1=:" + base64.b64encode(mac).decode() + ":",
    }


def call(method, path, value=None, headers=None):
    """Call the hub; try again what may be tried again, which is always safe. Raises what the hub says is wrong."""
    target = "/api/v1" + path
    body = b"" if value is None else json.dumps(value, ensure_ascii=False).encode("utf-8")
    for tries in range(1, 6):
        sent = {"content-type": "application/json"} if body else {}
        sent.update(headers or {})
        sent.update({"authorization": f"Bearer {KEY}"} if KEY else signature(method, target, body))
        request = urllib.request.Request(HUB + target, data=body or None, headers=sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return json.load(reply)
        except urllib.error.HTTPError as problem:
            if problem.code != 429 and problem.code < 500 or tries == 5:
                raise RuntimeError(f"{method} {path}: {problem.read().decode()}") from problem
            wait = float(problem.headers.get("retry-after", 2**tries))
        except OSError:
            if tries == 5:
                raise
            wait = 2**tries
        time.sleep(wait)


def now():
    return datetime.now(timezone.utc).isoformat()


def main():
    # 1. Does everything fit: key or signature, clock, charset?
    report = call("POST", "/self-test", {"text": "민원 연계 시험 뷁 😀 ABC", "time": now()})
    if not report["ok"]:
        raise RuntimeError("\n".join(check["ko"] for check in report["checks"] if not check["ok"]))

    # 2. Register. The same externalId (or Idempotency-Key) again would be the same complaint.
    external_id = f"py-{time.time_ns()}"
    content = {
        "title": "가로등이 꺼져 있습니다",
        "body": "시청 앞 가로등 세 개가 켜지지 않습니다.",
        "kind": "other",
        "complainant": {"name": "김민원", "email": "kim@example.kr", "notifyBy": "email"},
        "filedAt": now(),
    }
    registration = {"externalId": external_id, "content": content}
    number = call("POST", "/complaints", registration, {"idempotency-key": external_id})["receiptNumber"]

    # 3. Read it.
    status = call("GET", f"/complaints/{number}")["status"]

    # 4. Follow the feed: answer what we must answer, then say that we hold it. Begins at what is not acknowledged.
    answered = 0
    while True:
        page = call("GET", "/changes?wait=1")
        if not page["changes"]:
            break
        for change in page["changes"]:
            # Here your program stores the change, durably.
            event = change["event"]
            if event["type"] == "assigned" and event["toAgency"] == AGENCY:
                answer = {"text": "오늘 고치겠습니다.", "officer": {"department": "도로과", "name": "이담당"}}
                call("POST", f"/complaints/{change['receiptNumber']}/answers", answer)
                answered += 1
        call("POST", "/changes/acknowledgements", {"upTo": page["cursor"]})

    print(json.dumps({"receiptNumber": number, "status": status, "answered": answered}))


if __name__ == "__main__":
    main()
