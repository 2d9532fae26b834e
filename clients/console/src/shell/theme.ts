/** Light, dark, or as the system says. */
export type Theme = "system" | "light" | "dark";

const STORED = "kp-console-theme";
const ORDER: readonly Theme[] = ["system", "light", "dark"];

/** The theme chosen in this browser. */
export function theme(): Theme {
  const value = localStorage.getItem(STORED);
  return value === "light" || value === "dark" ? value : "system";
}

/** Shows the chosen theme. */
export function applyTheme(): void {
  document.documentElement.dataset["theme"] = theme();
}

/** Goes on to the next theme. */
export function nextTheme(): void {
  localStorage.setItem(STORED, ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length] ?? "system");
  applyTheme();
}
