import { toHex, areEqual } from "../verify/bytes.js";
import { hashLeaf } from "../verify/merkle.js";
import { readReceipt, verifyOffline, type OfflineReceipt } from "../verify/offlineReceipt.js";
import { h, replace, type Child } from "../shell/dom.js";
import { moneyText } from "../shell/figures.js";
import { words } from "../shell/language.js";
import { card, field, notice } from "../shell/parts.js";
import type { Evidence } from "./evidence.js";
import { forgeLeaf, forgeProof, type Forgery } from "./forgery.js";
import { readEntry } from "./entry.js";
import { entryContent } from "./entryContent.js";
import { stepsContent } from "./stepsContent.js";
import { forgetKey, trustedKey, trustKey } from "./trustedKey.js";

/** Shows one receipt, checks it here, and lets people try to forge it. */
export class ReceiptPanel {
  readonly element = h("div", { id: "receipt-panel", tabindex: -1 });
  #evidence: Evidence | undefined;
  #forgery: Forgery | undefined;
  #draws = 0;

  /** Shows a receipt and takes the focus there. */
  async show(evidence: Evidence): Promise<void> {
    this.#evidence = evidence;
    this.#forgery = undefined;
    await this.draw();
    this.element.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "start", behavior: "smooth" });
  }

  /** Forgets the receipt. */
  clear(): void {
    this.#evidence = undefined;
    this.element.replaceChildren();
  }

  /** Checks and draws anew, such as in another language. */
  async draw(): Promise<void> {
    const evidence = this.#evidence;
    if (evidence === undefined) {
      return;
    }
    const draw = ++this.#draws;
    const { receipt } = words();
    const key = trustedKey(evidence.ledgerId, evidence.answeredKey);
    const checked = this.#forgery?.evidence ?? evidence;
    const found = key === undefined ? undefined : await verifyOffline(checked.leaf, checked.tlogProof, key.vkey);
    // A later draw may have overtaken this one while it was checking.
    if (draw !== this.#draws) {
      return;
    }
    replace(this.element, card("receipt", receipt.heading,
      found === undefined ? notice("warn", receipt.noKey) : this.#verdict(found, checked),
      this.#forgeryContent(evidence),
      found === undefined ? undefined : stepsContent(found),
      this.#tamperContent(evidence),
      entryContent(checked, found?.verified === true),
      this.#trustContent(evidence, key?.vkey ?? "", key?.pasted ?? false),
      this.#downloads(evidence)));
  }

  #verdict(found: OfflineReceipt, checked: Evidence): Child {
    const { receipt } = words();
    if (!found.verified) {
      return notice("bad", h("strong", { id: "verdict", "data-verdict": found.reason }, `${receipt.refusedTitle}: ${found.reason}`), h("p", {}, receipt.refusals[found.reason]), h("p", { class: "detail", lang: "en" }, found.message));
    }
    const named = checked.namedLeafHash;
    const isNamed = named === undefined || areEqual(named, hashLeaf(checked.leaf));
    return [
      notice("good", h("strong", { id: "verdict", "data-verdict": "Verified" }, receipt.verified), h("p", {}, receipt.how)),
      named === undefined ? undefined : notice(isNamed ? "good" : "bad", isNamed ? receipt.leafHashSame : receipt.leafHashDiffers),
    ];
  }

  #forgeryContent(evidence: Evidence): Child {
    const { receipt } = words();
    const forgery = this.#forgery;
    if (forgery === undefined) {
      return undefined;
    }
    if (forgery.kind === "proof") {
      return h("p", { id: "forgery" }, receipt.changedProof(String(forgery.line)));
    }
    const { position, before, after, leaf } = forgery.change;
    const amounts = [readReceipt(leaf), readReceipt(evidence.leaf)].map((read) => read && readEntry(read).amount);
    return h("p", { id: "forgery" },
      receipt.changedLeaf(String(position), toHex(Uint8Array.of(before)), toHex(Uint8Array.of(after))), " ",
      amounts[0] && amounts[1] ? receipt.changedTo(moneyText(amounts[0]), moneyText(amounts[1])) : undefined);
  }

  #tamperContent(evidence: Evidence): Child {
    const { receipt } = words();
    const change = (forgery: Forgery | undefined) => () => {
      this.#forgery = forgery;
      void this.draw();
    };
    return h("div", { class: "tamper" },
      h("h3", {}, receipt.tamper),
      h("p", {}, receipt.tamperLead),
      h("div", { class: "row" },
        h("button", { type: "button", id: "tamper-leaf", onclick: change(forgeLeaf(evidence)) }, receipt.tamperAmount),
        h("button", { type: "button", id: "tamper-proof", onclick: change(forgeProof(evidence)) }, receipt.tamperProof),
        this.#forgery === undefined ? undefined : h("button", { type: "button", id: "restore", class: "primary", onclick: change(undefined) }, receipt.restore)));
  }

  #trustContent(evidence: Evidence, vkey: string, pasted: boolean): Child {
    const { receipt } = words();
    const input = h("input", { type: "text", class: "mono", value: vkey, autocomplete: "off", spellcheck: "false" });
    return h("details", {}, h("summary", {}, receipt.trust),
      h("p", {}, pasted ? receipt.trustPasted : receipt.trustFirst),
      h("form", { onsubmit: (event) => { event.preventDefault(); trustKey(evidence.ledgerId, input.value); void this.draw(); } },
        field("vkey", receipt.trustLabel, input),
        h("div", { class: "row" },
          h("button", { type: "submit" }, receipt.trustUse),
          h("button", { type: "button", class: "quiet", onclick: () => { forgetKey(evidence.ledgerId); void this.draw(); } }, receipt.trustForget))));
  }

  #downloads(evidence: Evidence): Child {
    const { receipt } = words();
    const link = (name: string, part: BlobPart, text: string): Child =>
      h("button", { type: "button", class: "quiet", onclick: () => save(name, part) }, text);
    return h("div", { class: "row" },
      link("receipt.tlog-proof", evidence.tlogProof, receipt.download),
      link("receipt.leaf", Uint8Array.from(evidence.leaf), receipt.downloadLeaf));
  }
}

function save(name: string, part: BlobPart): void {
  const url = URL.createObjectURL(new Blob([part], { type: "application/octet-stream" }));
  h("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
