#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job from end to end against the built-in simulator, without a screen: 2,000 rows of a CSV file, a
# mixed weather of errors, and an audit report at the end. Usage: installer/demo.sh BIN_DIR [REPORT.csv]
set -euo pipefail
bin=${1:?usage: installer/demo.sh BIN_DIR [REPORT.csv]}
report=${2:-$PWD/songda-demo-report.csv}
rows=2000
work=$(mktemp -d)
trap 'kill "$simulator" 2>/dev/null || true; rm -rf "$work"' EXIT

# Nothing is kept: the passphrase lives as long as this script, the secret is the simulator's practice secret.
export SONGDA_PASSPHRASE
SONGDA_PASSPHRASE=$(head -c 24 /dev/urandom | base64)

"$bin/songda-simulator" --port 0 --mix "busy=2,43004=0.5,http500=0.5,recorded_close=0.5" > "$work/simulator.log" 2>&1 &
simulator=$!
until base=$(grep -o 'http://127.0.0.1:[0-9]*' "$work/simulator.log" | head -n 1) && [ -n "$base" ]; do
  kill -0 "$simulator" 2>/dev/null || { cat "$work/simulator.log" >&2; exit 1; }
  sleep 0.1
done
secret=$("$bin/songda-simulator" --help | grep -o 'AppSecret [0-9a-f]*' | cut -d' ' -f2)

cli() { "$bin/songda-cli" --profile "$work/profile" "$@"; }
cli init
printf '%s\n' "$secret" | cli account add --name 演示 --appid wx0123456789abcdef --secret-stdin --api-base "$base" \
  --rate 400 --connections 24
cli template sync --account 演示
{
  printf 'openid,character_string1,thing2,amount3,time4\r\n'
  for ((i = 1; i <= rows; ++i)); do
    printf 'o%027d,SO%08d,新鲜水果礼盒,¥%d.50,2026-01-31 18:%02d\r\n' "$i" "$i" "$((i % 300 + 1))" "$((i % 60))"
  done
} > "$work/orders.csv"
cli import "$work/orders.csv" --account 演示 --template 订单支付成功通知
status=0
cli run --until-drained || status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 3 ] || exit "$status"
echo
cli errors
cli verify
cli report export --out "$report"
echo "the report: $report"
