import type { StatementLine } from "../../generated/kp/payment/v1/payment_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { MoneySchema, type Money } from "../../generated/kp/type/v1/money_pb.js";
import { h, type Child } from "../shell/dom.js";
import { moneyText, numberText, timeText } from "../shell/figures.js";
import { words, type WordTable } from "../shell/language.js";
import { facts, notice } from "../shell/parts.js";
import { balanceChart } from "./balanceChart.js";
import { barChart } from "./barChart.js";
import { balances, creditsByWork, LINES_MAX, signedAmount, type Statement } from "./statement.js";

const WORKS_SHOWN = 6;

/** Totals and charts of a statement. */
export function totalsContent(statement: Statement): Child {
  const { partner } = words();
  const { totals, lines, truncated } = statement;
  const like = totals.closingBalance ?? totals.credits;
  if (lines.length === 0) {
    return notice("info", partner.none);
  }
  const points = balances(statement).map(({ sequence, balance }) => ({ at: Number(sequence), value: Number(balance) }));
  const label = `${partner.balanceChart}, ${partner.chartFrom(numberText(lines[0]?.sequence ?? 0), numberText(lines.at(-1)?.sequence ?? 0))}`;
  return [
    facts([
      [partner.opening, moneyText(totals.openingBalance)],
      [partner.credits, moneyText(totals.credits)],
      [partner.debits, moneyText(totals.debits)],
      [partner.closing, h("strong", { id: "closing" }, moneyText(totals.closingBalance))],
      [partner.asOf, numberText(totals.asOfSequence)],
    ]),
    h("p", { class: "hint" }, totals.closed ? partner.closed : partner.open),
    truncated ? notice("warn", partner.truncated(numberText(LINES_MAX))) : undefined,
    h("h3", {}, label),
    balanceChart(points, label, (value) => moneyText(moneyLike(like, BigInt(Math.round(value))))),
    h("h3", {}, partner.worksChart),
    barChart(creditsByWork(lines, WORKS_SHOWN).map(({ workId, minorUnits }) => ({
      name: workId || partner.otherWorks, value: Number(minorUnits), text: moneyText(moneyLike(like, minorUnits)),
    }))),
  ];
}

/** The newest lines as a table, each with the button that proves it. */
export function linesContent(lines: readonly StatementLine[], shown: number, prove: (line: StatementLine) => void, more: () => void): Child {
  const { partner } = words();
  const reasons: WordTable = words().reasons;
  const newest = lines.slice(-shown).reverse();
  return [
    h("p", { class: "hint" }, partner.linesShown(numberText(newest.length), numberText(lines.length))),
    h("ul", { class: "lines", id: "lines" }, ...newest.map((line) => h("li", {},
      h("span", { class: "entry" }, `#${numberText(line.sequence)}`),
      h("span", { class: "what" }, reasons[line.reason] ?? reasons[0], line.workId.length > 0 ? h("span", { class: "tags" }, ` ${line.workId}`) : undefined),
      h("span", { class: "when" }, timeText(line.orderedAt)),
      h("span", { class: "number money" }, moneyText(moneyLike(line.amount, signedAmount(line)))),
      h("button", { type: "button", id: `line-${line.sequence}-${line.effectIndex}`, "aria-label": partner.proveLine(numberText(line.sequence)), onclick: () => prove(line) }, partner.prove)))),
    newest.length < lines.length ? h("button", { type: "button", id: "more-lines", onclick: more }, words().more) : undefined,
  ];
}

function moneyLike(like: Money | undefined, minorUnits: bigint): Money {
  return create(MoneySchema, { minorUnits, currencyCode: like?.currencyCode ?? "CNY", exponent: like?.exponent ?? 2 });
}
