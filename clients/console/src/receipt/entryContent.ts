import { readReceipt } from "../verify/offlineReceipt.js";
import { h, type Child } from "../shell/dom.js";
import { moneyText, numberText, shareText, timeText } from "../shell/figures.js";
import { words, type WordTable } from "../shell/language.js";
import { facts } from "../shell/parts.js";
import { readEntry } from "./entry.js";
import type { Evidence } from "./evidence.js";

const OTHER_ROLE = 5;

/** What the bytes say, for people; only verified ones were logged. */
export function entryContent(evidence: Evidence, isVerified: boolean): Child {
  const { receipt } = words();
  const read = readReceipt(evidence.leaf);
  if (read === undefined) {
    return undefined;
  }
  const entry = readEntry(read);
  return [
    h("h3", {}, isVerified ? receipt.says : receipt.claims),
    facts([
      [receipt.entry, `${read.ledgerId} #${numberText(read.sequence)}`],
      entry.amount && [receipt.amount, moneyText(entry.amount)],
      entry.workId.length > 0 ? [receipt.work, evidence.title === undefined ? entry.workId : `${evidence.title} (${entry.workId})`] : undefined,
      entry.purchaseId.length > 0 ? [receipt.purchase, h("code", {}, entry.purchaseId)] : undefined,
      [receipt.time, timeText(read.orderedAt)],
    ]),
    entry.split.length === 0 ? undefined : splitTable(entry),
  ];
}

function splitTable({ split }: ReturnType<typeof readEntry>): Child {
  const { receipt } = words();
  const roles: WordTable = words().roles;
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": receipt.split },
    h("table", {},
      h("caption", {}, receipt.split),
      h("thead", {}, h("tr", {}, ...[receipt.party, receipt.role].map((name) => h("th", { scope: "col" }, name)),
        ...[receipt.share, receipt.part].map((name) => h("th", { scope: "col", class: "number" }, name)))),
      h("tbody", {}, ...split.map((line) => h("tr", {},
        h("td", {}, h("a", { href: `#/partner/${encodeURIComponent(line.organizationId)}` }, line.organizationId)),
        h("td", { class: "keep" }, roles[line.role] ?? roles[OTHER_ROLE]),
        h("td", { class: "number" }, shareText(line.ppm)),
        h("td", { class: "number" }, moneyText(line.amount)))))));
}
