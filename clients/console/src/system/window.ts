import type { MethodReading, Reading } from "./reading.js";

/** What happened between two readings. */
export interface Span {
  readonly seconds: number;
  readonly requests: number;
  /** Upper bound in seconds, cumulative number; ascending. */
  readonly buckets: readonly (readonly [number, number])[];
  readonly methods: readonly MethodSpan[];
  /** Part of the cache's reads that were hits, 0 to 1; undefined where nothing was read. */
  readonly hitRatio: number | undefined;
}

/** The same of one method. */
export interface MethodSpan {
  readonly name: string;
  readonly requests: number;
  readonly errors: number;
  readonly buckets: Span["buckets"];
}

const EMPTY: MethodReading = { count: 0, errors: 0, buckets: new Map() };

/** The difference of two readings; undefined where the process was started anew in between. */
export function between(before: Reading, after: Reading): Span | undefined {
  const methods: MethodSpan[] = [];
  for (const [name, now] of after.methods) {
    const then = before.methods.get(name) ?? EMPTY;
    methods.push({ name, requests: now.count - then.count, errors: now.errors - then.errors, buckets: difference(then, now) });
  }
  const reads = after.reads - before.reads;
  if (reads < 0 || methods.some((method) => method.requests < 0)) {
    return undefined;
  }
  return {
    seconds: (after.at - before.at) / 1000,
    requests: methods.reduce((total, method) => total + method.requests, 0),
    buckets: added(methods),
    methods: methods.filter((method) => method.requests > 0).sort((one, other) => other.requests - one.requests),
    hitRatio: reads === 0 ? undefined : (after.hits - before.hits) / reads,
  };
}

/** A quantile in seconds, evenly spread within its bucket as Prometheus does; undefined where nothing was counted. */
export function quantile(buckets: Span["buckets"], q: number): number | undefined {
  const total = buckets.at(-1)?.[1] ?? 0;
  if (total === 0) {
    return undefined;
  }
  let [low, below] = [0, 0];
  for (const [bound, count] of buckets) {
    if (count >= q * total) {
      return Number.isFinite(bound) ? low + (bound - low) * ((q * total - below) / Math.max(count - below, 1)) : low;
    }
    [low, below] = [bound, count];
  }
  return low;
}

function difference(then: MethodReading, now: MethodReading): Span["buckets"] {
  return [...now.buckets].map(([bound, count]) => [bound, count - (then.buckets.get(bound) ?? 0)] as const).sort(([one], [other]) => one - other);
}

function added(methods: readonly MethodSpan[]): Span["buckets"] {
  const sums = new Map<number, number>();
  for (const [bound, count] of methods.flatMap((method) => method.buckets)) {
    sums.set(bound, (sums.get(bound) ?? 0) + count);
  }
  return [...sums].sort(([one], [other]) => one - other);
}
