import { ENGLISH, type Words } from "./english.js";
import { CHINESE } from "./chinese.js";

/** Languages of the console. */
export type Language = "en" | "zh";

const STORED = "kp-console-language";

let current: Language | undefined;

/** The language that is shown: the one chosen here before, else the browser's. */
export function language(): Language {
  current ??= stored() ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
  return current;
}

/** Changes the language and keeps the choice in this browser. */
export function setLanguage(chosen: Language): void {
  current = chosen;
  localStorage.setItem(STORED, chosen);
}

/** All texts in the language that is shown. */
export function words(): Words {
  return language() === "zh" ? CHINESE : ENGLISH;
}

function stored(): Language | undefined {
  const value = localStorage.getItem(STORED);
  return value === "en" || value === "zh" ? value : undefined;
}

/** Words by the number of an enum's value; a number that a later contract adds has none. */
export type WordTable = Readonly<Record<number, string>>;
