import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PLACES = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/Applications/Google Chrome.app/Contents/MacOS"];
const ADVICE = "The tests need Chromium: install it (apt-get install chromium) or set CHROMIUM_PATH to one you have.";

/**
 * The path of a Chromium: CHROMIUM_PATH, Playwright's own, or the machine's; installed first where root has apt-get.
 * Throws one line saying what to do when there is none; the tests never skip for want of it.
 */
export function findChromium(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which is not a program: set it to the path of a Chromium.`);
  }
  const found = findInstalled();
  if (found) return found;
  if (!canInstall()) throw new Error(ADVICE);
  install();
  const installed = findInstalled();
  if (!installed) throw new Error(ADVICE);
  return installed;
}

function findInstalled(): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...PLACES];
  const machine = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [chromium.executablePath(), ...machine].find(isProgram);
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("apt-get", ["update", "-qq"], { env, stdio: "pipe" });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env, stdio: "pipe" });
  } catch (cause) {
    throw new Error(ADVICE, { cause });
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
