#!/usr/bin/env bash
# An agency's client in curl: try, register, read, follow the feed, answer, acknowledge.
# HUB_URL: the hub's address; HUB_AGENCY and HUB_KEY: code and API key of the connection sheet. Needs curl and jq.
set -euo pipefail
: "${HUB_URL:?the hub, for example https://hub.example}" "${HUB_AGENCY:?our code}" "${HUB_KEY:?the API key}"
api="$HUB_URL/api/v1"

# call METHOD PATH [JSON] [HEADER...]: prints the reply's body; a problem goes to stderr and ends the script.
# What may be tried again (no connection, 429, 5xx) curl tries again by itself, as long as Retry-After says.
call() {
  local method=$1 path=$2 body=${3:-} ; shift $(( $# < 3 ? $# : 3 ))
  local arguments=(-sS --fail-with-body --retry 5 --retry-connrefused -X "$method" -H "authorization: Bearer $HUB_KEY")
  for header in "$@"; do arguments+=(-H "$header"); done
  if [[ -n $body ]]; then arguments+=(-H 'content-type: application/json' --data-binary "$body"); fi
  local reply
  if ! reply=$(curl "${arguments[@]}" "$api$path"); then echo "$method $path: $reply" >&2; return 1; fi
  printf '%s\n' "$reply"
}

# 1. Does everything fit: key, clock, charset?
report=$(call POST /self-test "$(jq -n --arg time "$(date -u +%Y-%m-%dT%H:%M:%SZ)" '{text: "민원 연계 시험 뷁 😀 ABC", time: $time}')")
if [[ $(jq .ok <<<"$report") != true ]]; then jq . <<<"$report" >&2; exit 1; fi

# 2. Register. The same externalId (or Idempotency-Key) again would be the same complaint.
external_id="sh-$(date +%s)-$$"
registration=$(jq -n --arg id "$external_id" --arg now "$(date -u +%Y-%m-%dT%H:%M:%SZ)" '{
  externalId: $id,
  content: {
    title: "가로등이 꺼져 있습니다", body: "시청 앞 가로등 세 개가 켜지지 않습니다.", kind: "other",
    complainant: { name: "김민원", email: "kim@example.kr", notifyBy: "email" }, filedAt: $now
  }
}')
number=$(call POST /complaints "$registration" "idempotency-key: $external_id" | jq -r .receiptNumber)

# 3. Read it.
status=$(call GET "/complaints/$number" | jq -r .status)

# 4. Follow the feed: answer what we must answer, then say that we hold it. Begins at what is not acknowledged.
answered=0
while :; do
  page=$(call GET '/changes?wait=1')
  [[ $(jq '.changes | length' <<<"$page") -gt 0 ]] || break
  while read -r change; do
    # Here your program stores the change, durably.
    if [[ $(jq -r '.event.type + " " + (.event.toAgency // "")' <<<"$change") == "assigned $HUB_AGENCY" ]]; then
      call POST "/complaints/$(jq -r .receiptNumber <<<"$change")/answers" '{"text": "오늘 고치겠습니다.", "officer": {"department": "도로과", "name": "이담당"}}' >/dev/null
      answered=$((answered + 1))
    fi
  done < <(jq -c '.changes[]' <<<"$page")
  call POST /changes/acknowledgements "$(jq '{upTo: .cursor}' <<<"$page")" >/dev/null
done

jq -cn --arg receiptNumber "$number" --arg status "$status" --argjson answered "$answered" '$ARGS.named'
