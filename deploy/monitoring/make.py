#!/usr/bin/env python3
"""Writes the alert rules and the dashboards of Grafana from one list each: deploy/monitoring/make.py [--check]"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
RUNBOOK = "docs/operating/incidents.md"

# name, severity, time for which it must last, expression, summary
ALERTS = [
    ("SojournDown", "critical", "1m", 'up{job="sojourn"} == 0', "{{ $labels.instance }} does not answer."),
    ("SojournErrorsFast", "critical", "2m",
     "sojourn:http_errors:ratio_rate5m > 14.4 * 0.001 and sojourn:http_errors:ratio_rate1h > 14.4 * 0.001",
     "{{ $value | humanizePercentage }} of requests fail: the month's budget of errors is gone in two days."),
    ("SojournErrorsSlow", "warning", "15m",
     "sojourn:http_errors:ratio_rate30m > 6 * 0.001 and sojourn:http_errors:ratio_rate6h > 6 * 0.001",
     "{{ $value | humanizePercentage }} of requests fail: the month's budget of errors is gone in five days."),
    ("SojournSlow", "warning", "10m", "sojourn:http_request_duration_seconds:p99_5m > 1",
     "One request in a hundred takes longer than {{ $value | humanizeDuration }}."),
    ("SojournDatabaseDown", "critical", "1m", "sojourn_database_up == 0", "{{ $labels.instance }} cannot read the database."),
    ("SojournDatabaseOverloaded", "warning", "5m",
     'sum(rate(sojourn_database_work_total{outcome="refused"}[5m])) > 0',
     "Requests are refused because too much database work is queued."),
    ("SojournNoWorker", "critical", "1m",
     "time() - max by (kind) (sojourn_worker_last_seen_timestamp_seconds) > 60",
     "No worker has looked for {{ $labels.kind }} for {{ $value | humanizeDuration }}."),
    ("SojournJobsLate", "critical", "2m", "max by (kind) (sojourn_jobs_oldest_due_seconds) > 120",
     "Background work of kind {{ $labels.kind }} has been due for {{ $value | humanizeDuration }}."),
    ("SojournJobsSetAside", "warning", "10m", "max by (kind) (sojourn_jobs_set_aside) > 0",
     "{{ $value }} pieces of work of kind {{ $labels.kind }} are not tried again by themselves."),
    ("SojournMoneyInDoubt", "critical", "1m", "max(sojourn_gateway_oldest_open_call_seconds) > 600",
     "A gateway call has had no outcome for {{ $value | humanizeDuration }}."),
    ("SojournRefundsOwed", "warning", "1d", "max(sojourn_refunds_owed) > 0",
     "{{ $value }} payments have a refund that the payment provider refuses."),
    ("SojournGatewayUnanswered", "critical", "5m", "sojourn:gateway_unanswered:ratio_rate10m > 0.2",
     "{{ $value | humanizePercentage }} of the calls to the payment provider are not answered."),
    ("SojournMailsFail", "warning", "10m", "sojourn:mails_failed:ratio_rate15m > 0.5",
     "{{ $value | humanizePercentage }} of mails are not accepted for delivery."),
    ("SojournCacheBypassed", "warning", "5m", 'sojourn_cache_available{backend="redis"} == 0',
     "{{ $labels.instance }} does without Redis."),
    ("SojournAuditLogBroken", "critical", "0m", "min(sojourn_audit_log_intact) == 0",
     "The last line of the audit log has no valid seal: lines were changed."),
    ("SojournTokenReuse", "warning", "0m",
     'sum(increase(sojourn_refresh_tokens_total{outcome="reused"}[10m])) > 5',
     "Refresh tokens that were already used are presented: some have leaked."),
    ("SojournLoginsRefused", "warning", "10m",
     'sum(rate(sojourn_logins_total{outcome!="succeeded"}[5m])) > 5',
     "{{ $value | humanize }} logins a second are refused: passwords are being guessed."),
    ("SojournFileHandles", "warning", "5m", "process_open_fds / process_max_fds > 0.8",
     "{{ $labels.instance }} uses {{ $value | humanizePercentage }} of its file handles."),
    ("SojournBackupTooOld", "critical", "10m",
     "time() - max(sojourn_backup_verified_timestamp_seconds) > 26 * 3600",
     "The newest backup that was verified is {{ $value | humanizeDuration }} old."),
]


def anchor(name):
    return f"{RUNBOOK}#{name.lower()}"


def alerts():
    lines = ["# Written by make.py; change the list there.", "groups:", "  - name: sojourn-alerts", "    rules:"]
    for name, severity, lasting, expression, summary in ALERTS:
        lines += [
            f"      - alert: {name}",
            f"        expr: {expression}",
            f"        for: {lasting}",
            "        labels:",
            f"          severity: {severity}",
            "        annotations:",
            f"          summary: {json.dumps(summary)}",
            f"          runbook: {anchor(name)}",
        ]
    return "\n".join(lines) + "\n"


# dashboard: title, panels of (title, unit, [(expression, legend)])
RATE = "[$__rate_interval]"


def rate(metric, by, selector=""):
    return f"sum by ({by}) (rate({metric}{selector}{RATE}))" if by else f"sum(rate({metric}{selector}{RATE}))"


def quantile(metric, share, by=""):
    labels = f"le, {by}" if by else "le"
    return f"histogram_quantile({share}, sum by ({labels}) (rate({metric}_bucket{RATE})))"


HTTP = "sojourn_http_request_duration_seconds"
DASHBOARDS = {
    "overview": ("Sojourn: overview", [
        ("Processes that answer", "short", [('sum(up{job="sojourn"})', "processes")]),
        ("Versions", "short", [("count by (version) (sojourn_build_info)", "{{version}}")]),
        ("Requests", "reqps", [(rate("sojourn_http_requests_total", "status"), "{{status}}")]),
        ("Errors", "percentunit", [
            (rate("sojourn_http_requests_total", "", '{status=~"5.."}') + " / "
             + rate("sojourn_http_requests_total", "") + " or vector(0)", "errors")]),
        ("Duration of requests", "s", [
            (quantile(HTTP, 0.5), "median"), (quantile(HTTP, 0.95), "95 %"), (quantile(HTTP, 0.99), "99 %")]),
        ("Busiest routes", "reqps", [(f"topk(10, {rate('sojourn_http_requests_total', 'method, route')})",
                                     "{{method}} {{route}}")]),
        ("Slowest routes, 95 %", "s", [(f"topk(10, {quantile(HTTP, 0.95, 'method, route')})", "{{method}} {{route}}")]),
        ("Logins", "ops", [(rate("sojourn_logins_total", "outcome"), "{{outcome}}")]),
        ("Refused by rate limits", "ops", [
            (rate("sojourn_rate_limit_decisions_total", "quota", '{decision="refused"}') + " or vector(0)", "{{quota}}")]),
        ("Cache hits", "percentunit", [
            (rate("sojourn_cache_lookups_total", "namespace", '{result="hit"}') + " / "
             + rate("sojourn_cache_lookups_total", "namespace"), "{{namespace}}")]),
        ("Memory", "bytes", [('process_resident_memory_bytes{job="sojourn"}', "{{instance}}")]),
        ("Processor", "percentunit", [(f'rate(process_cpu_seconds_total{{job="sojourn"}}{RATE})', "{{instance}}")]),
        ("File handles", "short", [('process_open_fds{job="sojourn"}', "{{instance}}")]),
    ]),
    "graphql": ("Sojourn: GraphQL", [
        ("Operations", "ops", [(rate("sojourn_graphql_operations_total", "outcome"), "{{outcome}}")]),
        ("Busiest fields", "ops", [(f"topk(10, {rate('sojourn_graphql_operations_total', 'field')})", "{{field}}")]),
        ("Slowest fields, 95 %", "s", [
            (f"topk(10, {quantile('sojourn_graphql_operation_duration_seconds', 0.95, 'field')})", "{{field}}")]),
        ("Open subscriptions", "short", [("sum by (instance) (sojourn_graphql_subscriptions)", "{{instance}}")]),
    ]),
    "money": ("Sojourn: bookings and money", [
        ("Changes of bookings", "ops", [(rate("sojourn_booking_transitions_total", "from, to"), "{{from}} → {{to}}")]),
        ("Held nights' bookings", "short", [("max(sojourn_holds)", "holds"),
                                            ("max(sojourn_booking_requests_open)", "requests")]),
        ("Payment entries", "ops", [(rate("sojourn_payment_entries_total", "kind"), "{{kind}}")]),
        ("Calls to the payment provider", "ops", [
            (rate("sojourn_gateway_calls_total", "kind, outcome"), "{{kind}} {{outcome}}")]),
        ("Duration of calls, 95 %", "s", [(quantile("sojourn_gateway_call_duration_seconds", 0.95, "kind"), "{{kind}}")]),
        ("Calls without an outcome", "short", [("max(sojourn_gateway_calls_open)", "calls")]),
        ("Oldest call without an outcome", "s", [("max(sojourn_gateway_oldest_open_call_seconds)", "age")]),
        ("Refunds owed", "short", [("max(sojourn_refunds_owed)", "payments")]),
        ("Lines of the audit log", "short", [("max(sojourn_audit_log_lines)", "lines"),
                                             ("min(sojourn_audit_log_intact)", "intact")]),
    ]),
    "jobs": ("Sojourn: background work", [
        ("Due", "short", [("max by (kind) (sojourn_jobs_due)", "{{kind}}")]),
        ("Oldest due", "s", [("max by (kind) (sojourn_jobs_oldest_due_seconds)", "{{kind}}")]),
        ("Running", "short", [("sum by (kind) (sojourn_jobs_running)", "{{kind}}")]),
        ("Put off", "short", [("max by (kind) (sojourn_jobs_put_off)", "{{kind}}")]),
        ("Set aside", "short", [("max by (kind) (sojourn_jobs_set_aside)", "{{kind}}")]),
        ("Attempts", "ops", [(rate("sojourn_job_attempts_total", "kind, outcome"), "{{kind}} {{outcome}}")]),
        ("Duration of attempts, 95 %", "s", [(quantile("sojourn_job_duration_seconds", 0.95, "kind"), "{{kind}}")]),
        ("Workers", "short", [("max by (kind) (sojourn_workers)", "{{kind}}")]),
        ("Since the last heartbeat", "s", [
            ("time() - max by (kind) (sojourn_worker_last_seen_timestamp_seconds)", "{{kind}}")]),
        ("Mails", "ops", [(rate("sojourn_mails_total", "outcome"), "{{outcome}}")]),
        ("Duration of a delivery, 95 %", "s", [(quantile("sojourn_mail_duration_seconds", 0.95), "95 %")]),
    ]),
    "database": ("Sojourn: database", [
        ("Answers", "short", [("min(sojourn_database_up)", "up")]),
        ("Connections", "short", [("sum by (state) (sojourn_database_connections)", "{{state}}")]),
        ("Queued", "short", [("sum(sojourn_database_queued)", "queued"), ("sum(sojourn_database_running)", "running")]),
        ("Work", "ops", [(rate("sojourn_database_work_total", "outcome"), "{{outcome}}")]),
        ("Wait for a thread, mean", "s", [
            (rate("sojourn_database_wait_seconds_total", "") + " / "
             + rate("sojourn_database_work_total", "", '{outcome="done"}'), "wait")]),
        ("Work, mean", "s", [
            (rate("sojourn_database_busy_seconds_total", "") + " / "
             + rate("sojourn_database_work_total", "", '{outcome="done"}'), "work")]),
        ("Busy threads", "percentunit", [
            (rate("sojourn_database_busy_seconds_total", "") + " / sum(sojourn_database_threads)", "busy")]),
    ]),
}


def panel(number, title, unit, queries):
    target = [{"refId": chr(65 + place), "expr": expression, "legendFormat": legend}
              for place, (expression, legend) in enumerate(queries)]
    return {
        "id": number + 1, "type": "timeseries", "title": title,
        "datasource": {"type": "prometheus", "uid": "${datasource}"},
        "gridPos": {"h": 8, "w": 12, "x": 12 * (number % 2), "y": 8 * (number // 2)},
        "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
        "targets": target,
    }


def dashboard(name):
    title, panels = DASHBOARDS[name]
    document = {
        "uid": f"sojourn-{name}", "title": title, "tags": ["sojourn"], "schemaVersion": 39, "editable": True,
        "time": {"from": "now-6h", "to": "now"}, "refresh": "30s", "timezone": "utc",
        "templating": {"list": [{"name": "datasource", "type": "datasource", "query": "prometheus"}]},
        "panels": [panel(number, *content) for number, content in enumerate(panels)],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def expressions():
    """Every expression of every panel, with a fixed interval."""
    for name, (_, panels) in DASHBOARDS.items():
        for title, _, queries in panels:
            for expression, _ in queries:
                yield name, title, expression.replace("$__rate_interval", "30s")


def main():
    files = {HERE / "rules" / "alerts.yml": alerts()}
    files |= {HERE / "dashboards" / f"{name}.json": dashboard(name) for name in DASHBOARDS}
    stale = [path for path, text in files.items() if not path.exists() or path.read_text() != text]
    if "--check" in sys.argv:
        if stale:
            sys.exit("written by hand or out of date, run make.py: " + ", ".join(path.name for path in stale))
        runbook = HERE.parent.parent / RUNBOOK
        missing = [name for name, *_ in ALERTS if f"\n## {name}\n" not in runbook.read_text()]
        if missing:
            sys.exit(f"{RUNBOOK} has no section for: {', '.join(missing)}")
        return
    for path in stale:
        path.write_text(files[path])
        print(f"wrote {path.relative_to(HERE)}")


if __name__ == "__main__":
    main()
