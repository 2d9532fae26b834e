import type { GetStatusResponse } from "../../generated/kp/ledger/v1/ledger_service_pb.js";
import { createClients } from "../api/clients.js";
import { Session } from "../api/session.js";
import { h, replace, type Child } from "../shell/dom.js";
import { faultText } from "../shell/faults.js";
import { numberText } from "../shell/figures.js";
import { words } from "../shell/language.js";
import { load, type Loaded } from "../shell/loaded.js";
import { card, notice } from "../shell/parts.js";
import type { View } from "../shell/view.js";
import { parsePrometheus } from "./prometheus.js";
import { readingOf, type Reading } from "./reading.js";
import { sparkline } from "./sparkline.js";
import { between, quantile, type Span } from "./window.js";

const PERIOD_MS = 2000;
const POINTS = 150;
// A line begins at half a minute's width and is drawn closer as more is known.
const POINTS_MIN = 15;
const RECENT_MS = 60_000;
const METHODS_SHOWN = 12;

/** One point of all lines. */
interface Point {
  readonly rate: number | undefined;
  readonly median: number | undefined;
  readonly p99: number | undefined;
  readonly hitRatio: number | undefined;
  readonly entries: number | undefined;
}

/** Live figures of the Gateway and the ledger. Bounded: it keeps five minutes and asks once every two seconds while it is shown. */
export class SystemView implements View {
  readonly #session = new Session();
  readonly #clients = createClients(this.#session);
  readonly #content = h("div", { class: "stack", id: "system" });

  #timer: number | undefined;
  #readings: Reading[] = [];
  #points: Point[] = [];
  #metrics: Loaded<Reading>;
  #ledger: Loaded<GetStatusResponse>;
  #lastEntries: { readonly at: number; readonly entries: bigint } | undefined;

  show(root: HTMLElement): void {
    root.replaceChildren(h("h1", {}, words().system.heading), h("p", { class: "lead" }, words().system.lead), this.#content);
    this.#draw();
    if (this.#timer === undefined) {
      this.#timer = window.setInterval(() => void this.#tick(), PERIOD_MS);
      void this.#start();
    }
  }

  leave(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #start(): Promise<void> {
    if (this.#session.identity === undefined) {
      await load(this.#session.signIn({ subject: "console-operator", roles: ["operator"] }));
    }
    await this.#tick();
  }

  async #tick(): Promise<void> {
    if (document.visibilityState === "hidden") {
      return;
    }
    [this.#metrics, this.#ledger] = await Promise.all([load(this.#readMetrics()), load(this.#clients.ledger.getStatus({}))]);
    const entries = this.#entriesRate();
    const span = this.#record();
    this.#points = [...this.#points, {
      rate: span && span.requests / span.seconds,
      median: span && quantile(span.buckets, 0.5),
      p99: span && quantile(span.buckets, 0.99),
      hitRatio: span?.hitRatio,
      entries,
    }].slice(-POINTS);
    this.#draw();
  }

  // Metrics are no method of the contract; they are for whoever operates the Gateway.
  async #readMetrics(): Promise<Reading> {
    const authorization = await this.#session.authorization();
    const answer = await fetch("metrics", { headers: authorization === undefined ? {} : { authorization } });
    if (!answer.ok) {
      throw new Error(`HTTP ${answer.status}`);
    }
    return readingOf(parsePrometheus(await answer.text()), performance.now());
  }

  #record(): Span | undefined {
    if (this.#metrics === undefined || "fault" in this.#metrics) {
      return undefined;
    }
    const before = this.#readings.at(-1);
    this.#readings = [...this.#readings, this.#metrics.value].slice(-POINTS);
    const span = before && between(before, this.#metrics.value);
    if (before !== undefined && span === undefined) {
      this.#readings = [this.#metrics.value];
    }
    return span;
  }

  #entriesRate(): number | undefined {
    if (this.#ledger === undefined || "fault" in this.#ledger) {
      return undefined;
    }
    const last = this.#lastEntries;
    const now = { at: performance.now(), entries: this.#ledger.value.nextSequence };
    this.#lastEntries = now;
    return last && (Number(now.entries - last.entries) * 1000) / (now.at - last.at);
  }

  #draw(): void {
    const { system } = words();
    if (this.#metrics === undefined) {
      replace(this.#content, h("p", { class: "waiting" }, words().waiting));
      return;
    }
    const reading = "value" in this.#metrics ? this.#metrics.value : undefined;
    const ledger = this.#ledger !== undefined && "value" in this.#ledger ? this.#ledger.value : undefined;
    const last = this.#points.at(-1);
    replace(this.#content,
      "fault" in this.#metrics ? notice("warn", `${system.refusedMetrics}: ${faultText(this.#metrics.fault)}`) : undefined,
      this.#ledger !== undefined && "fault" in this.#ledger ? notice("warn", `${system.ledgerAway}: ${faultText(this.#ledger.fault)}`) : undefined,
      h("div", { class: "tiles" },
        this.#tile("rate", system.requests, numberOr(last?.rate, 1), (point) => point.rate),
        this.#tile("median", system.median, latency(last?.median), (point) => point.median),
        this.#tile("p99", system.p99, latency(last?.p99), (point) => point.p99),
        this.#tile("hits", system.hits, last?.hitRatio === undefined ? system.none : `${numberText(100 * last.hitRatio)} %`, (point) => point.hitRatio),
        this.#tile("entries-rate", system.entriesRate, numberOr(last?.entries, 1), (point) => point.entries),
        this.#tile("entries", system.entries, numberOr(ledger?.nextSequence)),
        this.#tile("queued", system.queued, numberOr(ledger?.queuedCommands)),
        this.#tile("degraded", system.degraded, numberOr(reading?.degraded)),
        this.#tile("memory", system.memory, reading === undefined ? system.none : `${numberText(reading.memoryBytes / 2 ** 20)} MiB`)),
      card("methods", system.methods, this.#methodsContent(), h("p", { class: "hint" }, system.self)));
  }

  #tile(id: string, name: string, value: string, line?: (point: Point) => number | undefined): Child {
    const width = Math.max(POINTS_MIN, this.#points.length);
    return h("section", { class: "tile" },
      h("h2", {}, name),
      h("p", { class: "value", id: `tile-${id}` }, value),
      line === undefined ? undefined : sparkline(this.#points.map(line), width, words().system.history(name, numberText((width * PERIOD_MS) / 60_000, 1))));
  }

  #methodsContent(): Child {
    const { system } = words();
    const newest = this.#readings.at(-1);
    const oldest = newest && this.#readings.find((reading) => reading.at >= newest.at - RECENT_MS);
    const span = newest && oldest && newest !== oldest ? between(oldest, newest) : undefined;
    if (span === undefined || span.methods.length === 0) {
      return h("p", {}, system.noTraffic);
    }
    const heads = [system.rate, "p50", "p99", system.errors];
    return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": system.methods }, h("table", {},
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, system.method), ...heads.map((name) => h("th", { scope: "col", class: "number" }, name)))),
      h("tbody", { id: "method-rows" }, ...span.methods.slice(0, METHODS_SHOWN).map((method) => h("tr", {},
        h("td", { class: "break" }, method.name),
        ...[numberText(method.requests / span.seconds, 2), latency(quantile(method.buckets, 0.5)), latency(quantile(method.buckets, 0.99)), numberText(method.errors)]
          .map((text) => h("td", { class: "number" }, text)))))));
  }
}

// The smallest bucket ends at 5 ms: below it, only that is known.
const SMALLEST_BUCKET_S = 0.005;

function latency(seconds: number | undefined): string {
  const { system } = words();
  return seconds === undefined ? system.none
    : seconds <= SMALLEST_BUCKET_S ? `${system.below} 5 ${system.ms}` : `${numberText(1000 * seconds)} ${system.ms}`;
}

function numberOr(value: number | bigint | undefined, digits = 0): string {
  return value === undefined ? words().system.none : numberText(value, digits);
}
