#!/usr/bin/env python3
"""Every alert fires on the series that it is for and stays quiet on the series next to them, judged by promtool.

Each case: the alert, the series of a fault and of good health (values a minute apart), the minute at which it is asked, the
labels that the alert then has, and its summary."""

import json
import pathlib
import subprocess
import sys
import tempfile

from make import ALERTS, anchor

HERE = pathlib.Path(__file__).parent.resolve()
SERVE = {"job": "sojourn", "instance": "serve:9090"}
ERRORS = 'sojourn_http_requests_total{status="500"}'
GOOD = 'sojourn_http_requests_total{status="200"}'
DURATIONS = "sojourn_http_request_duration_seconds_bucket"
SEEN = 'sojourn_worker_last_seen_timestamp_seconds{kind="email"}'


def of(labels):
    return "{" + ", ".join(f'{name}="{value}"' for name, value in labels.items()) + "}"


CASES = [
    ("SojournDown", {f"up{of(SERVE)}": "1 0x9"}, {f"up{of(SERVE)}": "1 0 1x8"}, 8, SERVE, "serve:9090 does not answer."),
    ("SojournErrorsFast", {ERRORS: "0+2x80", GOOD: "0+98x80"}, {ERRORS: "0+1x80", GOOD: "0+99x80"}, 75, {},
     "2% of requests fail: the month's budget of errors is gone in two days."),
    ("SojournErrorsSlow", {ERRORS: "0+1x400", GOOD: "0+99x400"}, {ERRORS: "0+1x400", GOOD: "0+299x400"}, 390, {},
     "1% of requests fail: the month's budget of errors is gone in five days."),
    ("SojournSlow", {DURATIONS + '{le="1"}': "0+50x30", DURATIONS + '{le="2.5"}': "0+100x30", DURATIONS + '{le="+Inf"}': "0+100x30"},
     {DURATIONS + '{le="1"}': "0+100x30", DURATIONS + '{le="2.5"}': "0+100x30", DURATIONS + '{le="+Inf"}': "0+100x30"}, 25, {},
     "One request in a hundred takes longer than 2.47s."),
    ("SojournDatabaseDown", {f"sojourn_database_up{of(SERVE)}": "1 0x9"}, {f"sojourn_database_up{of(SERVE)}": "1 0 1x8"}, 8, SERVE,
     "serve:9090 cannot read the database."),
    ("SojournDatabaseOverloaded", {'sojourn_database_work_total{outcome="refused"}': "0+5x20"},
     {'sojourn_database_work_total{outcome="refused"}': "7x20", 'sojourn_database_work_total{outcome="done"}': "0+99x20"}, 18, {},
     "Requests are refused because too much database work is queued."),
    ("SojournNoWorker", {SEEN: "0 60 120 120x20"}, {SEEN: "0+60x20"}, 8, {"kind": "email"},
     "No worker has looked for email for 6m 0s."),
    ("SojournJobsLate", {'sojourn_jobs_oldest_due_seconds{kind="payout"}': "0 0 180x20"},
     {'sojourn_jobs_oldest_due_seconds{kind="payout"}': "0 119x20"}, 8, {"kind": "payout"},
     "Background work of kind payout has been due for 3m 0s."),
    ("SojournJobsSetAside", {'sojourn_jobs_set_aside{kind="email"}': "3x30"}, {'sojourn_jobs_set_aside{kind="email"}': "3 0x30"}, 15,
     {"kind": "email"}, "3 pieces of work of kind email are not tried again by themselves."),
    ("SojournMoneyInDoubt", {"sojourn_gateway_oldest_open_call_seconds": "0+60x30"},
     {"sojourn_gateway_oldest_open_call_seconds": "0 540x30"}, 20, {}, "A gateway call has had no outcome for 20m 0s."),
    ("SojournRefundsOwed", {"sojourn_refunds_owed": "2x1500"}, {"sojourn_refunds_owed": "2x1000 0x500"}, 1450, {},
     "2 payments have a refund that the payment provider refuses."),
    ("SojournGatewayUnanswered",
     {'sojourn_gateway_calls_total{outcome="unanswered"}': "0+1x30", 'sojourn_gateway_calls_total{outcome="succeeded"}': "0+1x30"},
     {'sojourn_gateway_calls_total{outcome="unanswered"}': "0+1x30", 'sojourn_gateway_calls_total{outcome="succeeded"}': "0+9x30"}, 25,
     {}, "50% of the calls to the payment provider are not answered."),
    ("SojournMailsFail", {'sojourn_mails_total{outcome="failed"}': "0+3x40", 'sojourn_mails_total{outcome="sent"}': "0+1x40"},
     {'sojourn_mails_total{outcome="failed"}': "0+1x40", 'sojourn_mails_total{outcome="sent"}': "0+3x40"}, 35, {},
     "75% of mails are not accepted for delivery."),
    ("SojournCacheBypassed", {f"sojourn_cache_available{of(SERVE | {'backend': 'redis'})}": "1 0x20"},
     {f"sojourn_cache_available{of(SERVE | {'backend': 'redis'})}": "1 0 0 1x20"}, 12, SERVE | {"backend": "redis"},
     "serve:9090 does without Redis."),
    ("SojournAuditLogBroken", {"sojourn_audit_log_intact": "1 0x9"}, {"sojourn_audit_log_intact": "1x10"}, 5, {},
     "The last line of the audit log has no valid seal: lines were changed."),
    ("SojournTokenReuse", {'sojourn_refresh_tokens_total{outcome="reused"}': "0+1x20"},
     {'sojourn_refresh_tokens_total{outcome="reused"}': "3x20", 'sojourn_refresh_tokens_total{outcome="rotated"}': "0+9x20"}, 15, {},
     "Refresh tokens that were already used are presented: some have leaked."),
    ("SojournLoginsRefused", {'sojourn_logins_total{outcome="wrong_password"}': "0+600x30"},
     {'sojourn_logins_total{outcome="wrong_password"}': "0+60x30", 'sojourn_logins_total{outcome="succeeded"}': "0+600x30"}, 25, {},
     "10 logins a second are refused: passwords are being guessed."),
    ("SojournFileHandles", {f"process_open_fds{of(SERVE)}": "900x20", f"process_max_fds{of(SERVE)}": "1000x20"},
     {f"process_open_fds{of(SERVE)}": "700x20", f"process_max_fds{of(SERVE)}": "1000x20"}, 15, SERVE,
     "serve:9090 uses 90% of its file handles."),
    ("SojournBackupTooOld", {"sojourn_backup_verified_timestamp_seconds": "0x2000"},
     {"sojourn_backup_verified_timestamp_seconds": "0x1000 60000x1000"}, 1800, {},
     "The newest backup that was verified is 1d 6h 0m 0s old."),
]


def case(alert, series, minute, expected):
    return {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "alert_rule_test": [{"eval_time": f"{minute}m", "alertname": alert, "exp_alerts": expected}],
    }


def main():
    severities = {name: severity for name, severity, *_ in ALERTS}
    untested = set(severities) - {alert for alert, *_ in CASES}
    if untested:
        sys.exit(f"no test for: {', '.join(sorted(untested))}")
    tests = []
    for alert, fault, health, minute, labels, summary in CASES:
        expected = {
            "exp_labels": labels | {"severity": severities[alert]},
            "exp_annotations": {"summary": summary, "runbook": anchor(alert)},
        }
        tests += [case(alert, fault, minute, [expected]), case(alert, health, minute, [])]
    rules = [str(HERE / "rules" / name) for name in ("recording.yml", "alerts.yml")]
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        json.dump({"rule_files": rules, "evaluation_interval": "1m", "tests": tests}, file)
        file.flush()
        ended = subprocess.run(["promtool", "test", "rules", file.name], check=False)
    if ended.returncode == 0:
        print(f"{len(CASES)} alerts fire and stay quiet as they should")
    sys.exit(ended.returncode)


if __name__ == "__main__":
    main()
