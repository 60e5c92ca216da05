import { type Browser, chromium } from "playwright-core";
import { findChromium } from "#test/support/chromium.ts";

// No sandbox: the tests may run as root, and visit nothing but the portal. The rest keeps Chromium off the network.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A headless Chromium with a fresh profile; the caller closes it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), headless: true, args: FLAGS });
}
