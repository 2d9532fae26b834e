// Walks the console in headless Chromium as a person does, and prints what it saw as one JSON object.
//
//   node story.mjs http://127.0.0.1:5080/ FOLDER zh-CN 360 dark
//
// Screenshots go to FOLDER. Exits 1 with the reason when a step does not come.
import { join } from "node:path";

import { chromium } from "playwright-core";

const [base, folder, locale, width, colorScheme] = process.argv.slice(2);
const CHROMIUM = "/usr/bin/chromium";
const STEP_MS = 60_000;

const seen = { locale, verdicts: [], outcomes: [], overflows: [], foreign: [], complaints: [], nameless: [] };
// Chromium's sandbox refuses to run as root, which CI is.
const browser = await chromium.launch({ executablePath: CHROMIUM, args: process.getuid() === 0 ? ["--no-sandbox"] : [] });
const context = await browser.newContext({ viewport: { width: Number(width), height: 800 }, locale, colorScheme });
const page = await context.newPage();
page.setDefaultTimeout(STEP_MS);
page.on("request", (request) => {
  if (!request.url().startsWith(base) && !request.url().startsWith("blob:")) {
    seen.foreign.push(request.url());
  }
});
page.on("pageerror", (error) => seen.complaints.push(error.message));
page.on("console", (message) => {
  // A door without identity answers 404 there, and a purchase is cut off below on purpose.
  if (message.type() === "error" && !/dev\/token|Purchase/.test(message.location().url)) {
    seen.complaints.push(`${message.text()} ${message.location().url}`);
  }
});

async function look(name) {
  await page.screenshot({ path: join(folder, `${locale}-${width}-${name}.png`), fullPage: true });
  const found = await page.evaluate(() => ({
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    nameless: [...document.querySelectorAll("button, a, input, select")]
      .filter((element) => !(element.getAttribute("aria-label") || element.textContent.trim() || element.labels?.length))
      .map((element) => element.outerHTML.slice(0, 120)),
  }));
  if (found.over > 0) {
    seen.overflows.push(`${name}: ${found.over} px`);
  }
  seen.nameless.push(...found.nameless);
}

async function verdict(expected) {
  const found = page.locator(`#verdict[data-verdict="${expected}"]`);
  await found.waitFor();
  seen.verdicts.push(expected);
}

const states = () => page.locator("[data-step]").evaluateAll((steps) => steps.map((step) => `${step.dataset.step} ${step.dataset.state}`));
const text = (selector) => page.locator(selector).first().innerText();
const digits = (money) => Number(money.replace(/[^0-9]/g, ""));

async function buy() {
  await page.goto(base);
  seen.heading = await text("h1");
  seen.language = await page.getAttribute("html", "lang");
  await page.keyboard.press("Tab");
  seen.firstFocus = await page.evaluate(() => document.activeElement.id);
  await page.fill("#learner-id", `console-${locale}-${width}-${Date.now()}`);
  await page.press("#learner-id", "Enter");
  await page.waitForSelector("#feed");
  seen.signIn = await page.getAttribute("#identity", "data-sign-in");
  seen.items = await page.locator("#feed li").count();
  seen.prices = await page.locator("#feed .price").count();
  seen.reasons = await page.locator("#feed .reason").count();
  await look("1-feed");

  await page.click("#top-up-50000");
  await page.waitForSelector("#top-up-done");
  seen.paidIn = digits(await text("#balance"));
  seen.price = digits(await text("#feed .price"));

  // The first answer is lost on its way back: the purchase is made, and the page can't know it.
  await page.route("**/kp.learner.v1.LearnerService/Purchase", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  }, { times: 1 });
  await page.locator("#feed button").first().click();
  await page.waitForSelector('#outcome[data-outcome="unknown"]');
  seen.outcomes.push("unknown");
  seen.key = await text("#outcome-key");
  await look("2-unknown");
  await page.click("#ask-again");
  await page.waitForSelector('#outcome[data-outcome="replayed"]');
  seen.outcomes.push("replayed");
}

async function check() {
  await verdict("Verified");
  seen.held = await states();
  await page.waitForSelector("#feed");
  seen.left = digits(await text("#balance"));
  await look("3-verified");
  await page.click("#tamper-leaf");
  await verdict("RootMismatch");
  seen.failed = await states();
  seen.forgery = await text("#forgery");
  await look("4-tampered");
  await page.click("#restore");
  await verdict("Verified");
  await page.click("#tamper-proof");
  await verdict("RootMismatch");
  await page.click("#restore");
  await verdict("Verified");
  await page.locator("#library button").first().click();
  await verdict("Verified");
}

async function partner() {
  await page.locator('#receipt-panel a[href^="#/partner/"]').first().click();
  await page.waitForSelector("#doors");
  seen.closing = await text("#closing");
  seen.charts = await page.locator("#statement svg").count();
  seen.doors = [await text("#door-works"), await text("#door-agreements"), await text("#door-audience")];
  await look("5-partner");
  await page.locator("#lines button").first().click();
  await verdict("Verified");
  await look("6-proven");
}

async function system() {
  await page.click("#nav-system");
  await page.waitForFunction(() => /[0-9]/.test(document.getElementById("tile-rate")?.textContent ?? "") && document.querySelector("#method-rows tr"));
  seen.entries = digits(await text("#tile-entries"));
  seen.sparklines = await page.locator(".sparkline").count();
  await look("7-system");
  await page.click("#language");
  seen.otherHeading = await text("h1");
  await page.click("#nav-docs");
  await page.waitForSelector("article");
  seen.docs = await page.locator("article").count();
  await look("8-docs");
}

try {
  await buy();
  await check();
  await partner();
  await system();
  console.log(JSON.stringify(seen));
} catch (error) {
  console.error(`${error.message}\n${JSON.stringify(seen)}`);
  await page.screenshot({ path: join(folder, `${locale}-${width}-failed.png`) });
  process.exitCode = 1;
} finally {
  await browser.close();
}
