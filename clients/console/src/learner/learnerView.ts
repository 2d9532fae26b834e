import type { GetHomeResponse, WorkCard } from "../../generated/kp/learner/v1/home_pb.js";
import type { GetLibraryResponse } from "../../generated/kp/learner/v1/purchase_pb.js";
import type { GetReceiptRequest, Receipt } from "../../generated/kp/learner/v1/receipt_pb.js";
import type { GetWalletResponse, TopUpResponse } from "../../generated/kp/learner/v1/wallet_pb.js";
import type { Money } from "../../generated/kp/type/v1/money_pb.js";
import { createClients } from "../api/clients.js";
import { Session, type SignIn } from "../api/session.js";
import { ReceiptPanel } from "../receipt/receiptPanel.js";
import { h, replace } from "../shell/dom.js";
import { faultText } from "../shell/faults.js";
import { language, words } from "../shell/language.js";
import { drawn, load, type Loaded } from "../shell/loaded.js";
import { card, field, notice } from "../shell/parts.js";
import type { View } from "../shell/view.js";
import { feedContent } from "./feedContent.js";
import { libraryContent } from "./libraryContent.js";
import { outcomeContent, type Purchase } from "./outcomeContent.js";
import { walletContent } from "./walletContent.js";
import { Write } from "./write.js";

const FEED_COUNT = 8;
const DEFAULT_LEARNER = "learner-0001";

/** The learner's story: feed, purchase, receipt. */
export class LearnerView implements View {
  readonly #session = new Session();
  readonly #clients = createClients(this.#session);
  readonly #receipt = new ReceiptPanel();
  readonly #who = h("div");
  readonly #rest = h("div", { class: "stack" });

  #learnerId = "";
  #signIn: SignIn | undefined;
  #signInFault: unknown;
  #home: Loaded<GetHomeResponse>;
  #wallet: Loaded<GetWalletResponse>;
  #library: Loaded<GetLibraryResponse>;
  #purchase: Purchase | undefined;
  #topUp: Write<TopUpResponse> | undefined;
  #receiptFault: unknown;
  #shownLanguage = language();

  show(root: HTMLElement, path: readonly string[]): void {
    this.#drawWho(path[0] ?? (this.#learnerId || DEFAULT_LEARNER));
    root.replaceChildren(h("h1", {}, words().learner.heading), h("p", { class: "lead" }, words().learner.lead), this.#who, this.#rest);
    if (this.#signIn !== undefined && this.#shownLanguage !== language()) {
      // Titles and reasons come in the language asked for.
      void this.#load();
    }
    this.#shownLanguage = language();
    this.#draw();
    void this.#receipt.draw();
  }

  #drawWho(learnerId: string): void {
    const { learner } = words();
    const input = h("input", { type: "text", value: learnerId, required: true, maxlength: 128, autocomplete: "off", spellcheck: "false", "aria-describedby": "learner-hint" });
    replace(this.#who, card("who", learner.who,
      h("form", { class: "who", onsubmit: (event) => { event.preventDefault(); void this.#enter(input.value.trim()); } },
        field("learner-id", learner.id, input),
        h("button", { type: "submit", class: "primary", id: "enter" }, learner.enter)),
      h("p", { class: "hint", id: "learner-hint" }, learner.idHint)));
  }

  async #enter(learnerId: string): Promise<void> {
    this.#learnerId = learnerId;
    [this.#signIn, this.#signInFault, this.#purchase, this.#topUp, this.#receiptFault] = [undefined, undefined, undefined, undefined, undefined];
    this.#receipt.clear();
    try {
      this.#signIn = await this.#session.signIn({ subject: learnerId, roles: ["learner"] });
      await this.#load();
    } catch (fault) {
      this.#signInFault = fault;
      this.#draw();
    }
  }

  async #load(): Promise<void> {
    const { learner } = this.#clients;
    const [learnerId, languageTag] = [this.#learnerId, language()];
    [this.#home, this.#wallet, this.#library] = [undefined, undefined, undefined];
    this.#draw();
    const [home, wallet, library] = await Promise.all([
      load(learner.getHome({ learnerId, count: FEED_COUNT, languageTag })),
      load(learner.getWallet({ learnerId })),
      load(learner.getLibrary({ learnerId, languageTag })),
    ]);
    if (learnerId === this.#learnerId && languageTag === language()) {
      [this.#home, this.#wallet, this.#library] = [home, wallet, library];
      this.#draw();
    }
  }

  #draw(): void {
    const { learner } = words();
    if (this.#signInFault !== undefined) {
      replace(this.#rest, notice("bad", faultText(this.#signInFault)));
      return;
    }
    if (this.#signIn === undefined) {
      this.#rest.replaceChildren();
      return;
    }
    const buying = this.#purchase?.write.state.kind === "sending" ? this.#purchase.work.workId : undefined;
    replace(this.#rest,
      h("p", { class: "identity", id: "identity", "data-sign-in": this.#signIn }, this.#signIn === "signed-in" ? words().signedIn : words().openDoor, " ", h("strong", {}, this.#learnerId)),
      card("wallet", learner.wallet, drawn(this.#wallet, (wallet) => walletContent(wallet, this.#topUp, (amount) => void this.#payIn(amount), () => void this.#sendTopUp()))),
      this.#purchase === undefined ? undefined : outcomeContent(this.#purchase, () => void this.#sendPurchase()),
      this.#receiptFault === undefined ? undefined : notice("bad", faultText(this.#receiptFault)),
      this.#receipt.element,
      card("home", learner.feed, drawn(this.#home, (home) => feedContent(home, { buying, buy: (work) => void this.#buy(work) }))),
      card("owned", learner.library, drawn(this.#library, (library) => libraryContent(library, (item) =>
        void this.#prove({ case: "sequence", value: item.sequence }, item.work?.title)))));
  }

  async #buy(work: WorkCard): Promise<void> {
    const requestId = this.#home !== undefined && "value" in this.#home ? this.#home.value.requestId : "";
    const [learnerId, expectedPrice] = [this.#learnerId, work.price];
    this.#purchase = {
      work,
      write: new Write((idempotencyKey) => this.#clients.learner.purchase({
        idempotencyKey, learnerId, workId: work.workId, requestId, ...(expectedPrice === undefined ? {} : { expectedPrice }),
      })),
    };
    this.#receipt.clear();
    await this.#sendPurchase();
  }

  async #sendPurchase(): Promise<void> {
    const purchase = this.#purchase;
    if (purchase === undefined) {
      return;
    }
    const sent = purchase.write.send();
    this.#draw();
    const state = await sent;
    this.#draw();
    if (state.kind === "completed") {
      await this.#prove({ case: "idempotencyKey", value: purchase.write.key }, purchase.work.title);
      await this.#load();
    }
  }

  async #payIn(amount: Money): Promise<void> {
    const learnerId = this.#learnerId;
    this.#topUp = new Write((idempotencyKey) => this.#clients.learner.topUp({ idempotencyKey, learnerId, amount }));
    await this.#sendTopUp();
  }

  async #sendTopUp(): Promise<void> {
    const sent = this.#topUp?.send();
    this.#draw();
    if ((await sent)?.kind === "completed") {
      this.#wallet = await load(this.#clients.learner.getWallet({ learnerId: this.#learnerId }));
    }
    this.#draw();
  }

  async #prove(selector: GetReceiptRequest["selector"], title: string | undefined): Promise<void> {
    try {
      const { receipt } = await this.#clients.learner.getReceipt({ learnerId: this.#learnerId, selector });
      this.#receiptFault = undefined;
      this.#draw();
      await this.#showReceipt(receipt, title);
    } catch (fault) {
      this.#receiptFault = fault;
      this.#draw();
    }
  }

  async #showReceipt(receipt: Receipt | undefined, title: string | undefined): Promise<void> {
    if (receipt?.proof !== undefined) {
      const { leaf, tlogProof, logVkey } = receipt.proof;
      await this.#receipt.show({ ledgerId: receipt.ledgerId, leaf, tlogProof, answeredKey: logVkey, ...(title === undefined ? {} : { title }) });
    }
  }
}
