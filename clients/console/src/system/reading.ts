import { sum, type Sample } from "./prometheus.js";

const DURATION = "http_server_request_duration_seconds";
// What people and apps ask for; the page's own files, health and metrics are not among it.
const API_ROUTE = /^\/?(kp\.|inference\.|v1\/)/;

/** What one method had answered when it was read. */
export interface MethodReading {
  readonly count: number;
  readonly errors: number;
  /** Upper bound of each bucket in seconds, and how many answers were at most as slow. */
  readonly buckets: ReadonlyMap<number, number>;
}

/** The Gateway's counters at one moment. They only grow, as long as the process lives. */
export interface Reading {
  /** Milliseconds, by the browser's steady clock. */
  readonly at: number;
  readonly methods: ReadonlyMap<string, MethodReading>;
  readonly hits: number;
  readonly reads: number;
  readonly degraded: number;
  readonly memoryBytes: number;
}

/** Takes what the console shows out of the Gateway's metrics. */
export function readingOf(samples: readonly Sample[], at: number): Reading {
  const methods = new Map<string, { count: number; errors: number; buckets: Map<number, number> }>();
  for (const { name, labels, value } of samples) {
    const route = labels.get("http_route") ?? "";
    if (!name.startsWith(DURATION) || !API_ROUTE.test(route)) {
      continue;
    }
    const method = methods.get(route) ?? { count: 0, errors: 0, buckets: new Map<number, number>() };
    methods.set(route, method);
    if (name === `${DURATION}_count`) {
      method.count += value;
      method.errors += Number(labels.get("http_response_status_code") ?? 0) >= 400 ? value : 0;
    } else if (name === `${DURATION}_bucket`) {
      const bound = labels.get("le") === "+Inf" ? Number.POSITIVE_INFINITY : Number(labels.get("le"));
      method.buckets.set(bound, (method.buckets.get(bound) ?? 0) + value);
    }
  }
  return {
    at,
    methods,
    hits: sum(samples, "kp_gateway_cache_reads_total", { result: "hit" }),
    reads: sum(samples, "kp_gateway_cache_reads_total"),
    degraded: sum(samples, "kp_gateway_degraded_total"),
    memoryBytes: sum(samples, "dotnet_process_memory_working_set_bytes"),
  };
}
