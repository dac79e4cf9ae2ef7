#!/bin/sh
# Secrets by file: NAME_FILE names the file that holds the value of NAME.
set -eu
for name in DATABASE_URL REDIS_URL SMTP_URL SMS_KEY SMS_SECRET S3_KEY S3_SECRET SIGNING_SECRET ALERT_WEBHOOK_SECRET; do
  eval "file=\${${name}_FILE:-}"
  if [ -n "$file" ]; then
    value=$(cat "$file")
    export "$name=$value"
  fi
done
exec node --max-semi-space-size=16 --max-old-space-size=1024 hub/main.ts "$@"
