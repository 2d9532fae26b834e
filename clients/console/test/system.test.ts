import assert from "node:assert/strict";
import { test } from "node:test";

import { parsePrometheus, sum } from "../src/system/prometheus.js";
import { readingOf } from "../src/system/reading.js";
import { between, quantile } from "../src/system/window.js";

const ROUTE = 'http_route="/kp.learner.v1.LearnerService/GetHome"';

function exposition(count: number, fast: number, hits: number): string {
  return `# HELP http_server_request_duration_seconds Duration
# TYPE http_server_request_duration_seconds histogram
http_server_request_duration_seconds_bucket{${ROUTE},http_response_status_code="200",le="0.005"} ${fast} 1795879552975
http_server_request_duration_seconds_bucket{${ROUTE},http_response_status_code="200",le="0.01"} ${count} 1795879552975
http_server_request_duration_seconds_bucket{${ROUTE},http_response_status_code="200",le="+Inf"} ${count} 1795879552975
http_server_request_duration_seconds_count{${ROUTE},http_response_status_code="200"} ${count} 1795879552975
http_server_request_duration_seconds_count{http_route="/v1/x",http_response_status_code="404"} 1
http_server_request_duration_seconds_count{http_route="/metrics",http_response_status_code="200"} 500
kp_gateway_cache_reads_total{result="hit"} ${hits}
kp_gateway_cache_reads_total{result="miss"} 10
kp_gateway_degraded_total{method="GetHome",reason="a \\"quoted\\" \\\\ one"} 2
`;
}

test("parsePrometheus: samples with labels, escapes and time stamps are read", () => {
  const samples = parsePrometheus(exposition(4, 2, 5));
  assert.equal(samples.find((sample) => sample.name === "kp_gateway_degraded_total")?.labels.get("reason"), 'a "quoted" \\ one');
  assert.equal(sum(samples, "kp_gateway_cache_reads_total"), 15);
  assert.equal(sum(samples, "kp_gateway_cache_reads_total", { result: "hit" }), 5);
});

test("between: rates, quantiles and errors are those of the span, and the console's own routes do not count", () => {
  const before = readingOf(parsePrometheus(exposition(4, 2, 5)), 1_000);
  const after = readingOf(parsePrometheus(exposition(104, 52, 15)), 3_000);
  const span = between(before, after) ?? assert.fail("there is no span");
  assert.equal(span.requests / span.seconds, 50);
  assert.equal(span.hitRatio, 1);
  assert.deepEqual(span.methods.map((method) => [method.name, method.requests, method.errors]), [["/kp.learner.v1.LearnerService/GetHome", 100, 0]]);
  assert.equal(quantile(span.buckets, 0.5), 0.005);
  assert.equal(quantile(span.buckets, 0.75), 0.0075);
  assert.equal(quantile([], 0.5), undefined);
});

test("between: a process that was started anew gives no span", () => {
  assert.equal(between(readingOf(parsePrometheus(exposition(104, 52, 15)), 0), readingOf(parsePrometheus(exposition(4, 2, 5)), 1)), undefined);
});
