import { h, replace, type Child } from "./shell/dom.js";
import { language, setLanguage, words } from "./shell/language.js";
import { applyTheme, nextTheme, theme } from "./shell/theme.js";
import type { View } from "./shell/view.js";
import { LearnerView } from "./learner/learnerView.js";
import { PartnerView } from "./partner/partnerView.js";
import { SystemView } from "./system/systemView.js";

type Place = "learner" | "partner" | "system";

const header = document.getElementById("header")!;
const main = document.getElementById("main")!;

// A view keeps its state while another one is shown, and while the language changes.
const views: Readonly<Record<Place, View>> = { learner: new LearnerView(), partner: new PartnerView(), system: new SystemView() };
let shown: View | undefined;

function place(): Place {
  const name = location.hash.split("/")[1];
  return name === "partner" || name === "system" ? name : "learner";
}

function show(): void {
  const next = views[place()];
  if (shown !== next) {
    shown?.leave?.();
    shown = next;
  }
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
  document.title = words().title;
  document.getElementById("skip")!.textContent = words().skip;
  replace(header, headerContent());
  next.show(main, location.hash.split("/").slice(2).map(decodeURIComponent));
}

function headerContent(): Child {
  const { nav, themes } = words();
  const link = (to: Place): Child => h("a", { href: `#/${to}`, id: `nav-${to}`, "aria-current": place() === to ? "page" : undefined }, nav[to]);
  return [
    h("a", { class: "brand", href: "#/learner" }, "KpGrpc"),
    h("nav", { "aria-label": nav.label }, link("learner"), link("partner"), link("system"), h("a", { href: "docs", id: "nav-docs" }, nav.docs)),
    h("div", { class: "tools" },
      h("button", { type: "button", id: "theme", class: "quiet", "aria-label": `${words().themeLabel}: ${themes[theme()]}`, onclick: changeTheme }, themes[theme()]),
      h("button", { type: "button", id: "language", class: "quiet", "aria-label": words().languageLabel, onclick: changeLanguage }, words().language)),
  ];
}

function changeTheme(): void {
  nextTheme();
  show();
}

function changeLanguage(): void {
  setLanguage(language() === "zh" ? "en" : "zh");
  show();
}

document.getElementById("skip")!.addEventListener("click", (event) => {
  // The fragment names a view, so the jump is made here.
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", show);
applyTheme();
show();
