import type { SettlementPeriod, StatementLine } from "../../generated/kp/payment/v1/payment_service_pb.js";
import { createClients } from "../api/clients.js";
import { Session, type SignIn } from "../api/session.js";
import { ReceiptPanel } from "../receipt/receiptPanel.js";
import { readReceipt } from "../verify/offlineReceipt.js";
import { h, replace } from "../shell/dom.js";
import { faultText } from "../shell/faults.js";
import { words } from "../shell/language.js";
import { drawn, load, type Loaded } from "../shell/loaded.js";
import { card, field, notice } from "../shell/parts.js";
import type { View } from "../shell/view.js";
import { otherDoorsContent, readOtherDoors, type OtherDoors } from "./otherDoors.js";
import { readStatement, type Statement } from "./statement.js";
import { linesContent, totalsContent } from "./statementContent.js";

const DEFAULT_ORGANIZATION = "platform";
const DEFAULT_CURRENCY = "CNY";
const PERIODS_MAX = 1000;
const LINES_AT_A_TIME = 25;

interface Question {
  readonly organizationId: string;
  readonly currencyCode: string;
  readonly periodId: string;
}

/** A partner's statement, each line provable. */
export class PartnerView implements View {
  readonly #session = new Session();
  readonly #clients = createClients(this.#session);
  readonly #receipt = new ReceiptPanel();
  readonly #form = h("div");
  readonly #rest = h("div", { class: "stack" });

  #question: Question = { organizationId: DEFAULT_ORGANIZATION, currencyCode: DEFAULT_CURRENCY, periodId: "" };
  #signIn: SignIn | undefined;
  #fault: unknown;
  #statement: Loaded<Statement>;
  #periods: Loaded<readonly SettlementPeriod[]>;
  #doors: OtherDoors | undefined;
  #receiptFault: unknown;
  #shown = LINES_AT_A_TIME;

  show(root: HTMLElement, path: readonly string[]): void {
    const named = path[0];
    root.replaceChildren(h("h1", {}, words().partner.heading), h("p", { class: "lead" }, words().partner.lead), this.#form, this.#rest);
    this.#drawForm();
    this.#draw();
    void this.#receipt.draw();
    if (named !== undefined && named !== "" && (named !== this.#question.organizationId || this.#signIn === undefined)) {
      void this.#ask({ ...this.#question, organizationId: named, periodId: "" });
    }
  }

  #drawForm(): void {
    const { partner } = words();
    const { organizationId, currencyCode, periodId } = this.#question;
    const organization = h("input", { type: "text", value: organizationId, required: true, maxlength: 128, autocomplete: "off", spellcheck: "false", "aria-describedby": "partner-hint" });
    const currency = h("input", { type: "text", value: currencyCode, required: true, pattern: "[A-Z]{3}", maxlength: 3, size: 4, autocomplete: "off" });
    const known = this.#periods !== undefined && "value" in this.#periods ? this.#periods.value : [];
    const period = h("select", {}, h("option", { value: "" }, partner.allTime),
      ...known.map((one) => h("option", { value: one.periodId, selected: one.periodId === periodId }, one.periodId)));
    replace(this.#form, card("question", partner.who,
      h("form", { class: "who", onsubmit: (event) => {
        event.preventDefault();
        void this.#ask({ organizationId: organization.value.trim(), currencyCode: currency.value.trim(), periodId: period.value });
      } },
        field("organization", partner.who, organization),
        field("currency", partner.currency, currency),
        field("period", partner.period, period),
        h("button", { type: "submit", class: "primary", id: "show-statement" }, partner.show)),
      h("p", { class: "hint", id: "partner-hint" }, partner.whoHint),
      this.#periods !== undefined && "fault" in this.#periods ? h("p", { class: "hint" }, `${partner.periodsUnavailable}: ${faultText(this.#periods.fault)}`) : undefined));
  }

  async #ask(question: Question): Promise<void> {
    const { organizationId, currencyCode, periodId } = question;
    const isOther = organizationId !== this.#question.organizationId || this.#signIn === undefined;
    [this.#question, this.#statement, this.#fault, this.#receiptFault, this.#shown] = [question, undefined, undefined, undefined, LINES_AT_A_TIME];
    this.#receipt.clear();
    this.#drawForm();
    try {
      if (isOther) {
        this.#doors = undefined;
        this.#signIn = await this.#session.signIn({ subject: organizationId, roles: [`partner:${organizationId}`] });
      }
      this.#draw();
      this.#statement = await load(readStatement(this.#clients, organizationId, currencyCode, periodId));
      this.#draw();
      if (isOther) {
        this.#periods = await load(this.#clients.payment.listSettlementPeriods({ pageSize: PERIODS_MAX }).then((page) => page.periods));
        this.#doors = await readOtherDoors(this.#clients, organizationId);
        this.#drawForm();
      }
    } catch (fault) {
      this.#fault = fault;
    }
    this.#draw();
  }

  #draw(): void {
    const { partner } = words();
    if (this.#fault !== undefined) {
      replace(this.#rest, notice("bad", faultText(this.#fault)));
      return;
    }
    if (this.#signIn === undefined) {
      this.#rest.replaceChildren();
      return;
    }
    const doors = this.#doors;
    const statement = this.#statement;
    replace(this.#rest,
      h("p", { class: "identity" }, this.#signIn === "signed-in" ? words().signedIn : words().openDoor, " ", h("strong", {}, this.#question.organizationId)),
      card("statement", `${partner.heading}: ${this.#question.organizationId}`, drawn(statement, totalsContent)),
      this.#receiptFault === undefined ? undefined : notice("bad", faultText(this.#receiptFault)),
      this.#receipt.element,
      statement === undefined || "fault" in statement || statement.value.lines.length === 0 ? undefined
        : card("statement-lines", partner.lines, linesContent(statement.value.lines, this.#shown, (line) => void this.#prove(line), () => { this.#shown += LINES_AT_A_TIME; this.#draw(); })),
      doors === undefined ? undefined : card("doors", partner.more, otherDoorsContent(doors)));
  }

  async #prove(line: StatementLine): Promise<void> {
    try {
      const { receipt: proof } = await this.#clients.partner.getReceipt({ organizationId: this.#question.organizationId, sequence: line.sequence });
      const ledgerId = proof === undefined ? undefined : readReceipt(proof.leaf)?.ledgerId;
      this.#receiptFault = undefined;
      this.#draw();
      if (proof !== undefined && ledgerId !== undefined) {
        const answeredKey = await this.#logKey(ledgerId);
        await this.#receipt.show({ ledgerId, leaf: proof.leaf, tlogProof: proof.tlogProof, answeredKey, namedLeafHash: line.leafHash });
      }
    } catch (fault) {
      this.#receiptFault = fault;
      this.#draw();
    }
  }

  // A partner's receipt carries no key. Where the ledger may not be asked, the key that is kept here or pasted has to do.
  async #logKey(ledgerId: string): Promise<string> {
    const status = await load(this.#clients.ledger.getStatus({ ledgerId }));
    return status !== undefined && "value" in status ? status.value.logVerifierKey : "";
  }
}
