import { afterEach, expect, test, vi } from "vitest";
import { findChromium } from "#test/support/chromium.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("the Chromium that was named is the one that is used", () => {
  vi.stubEnv("CHROMIUM_PATH", process.execPath);
  expect(findChromium()).toBe(process.execPath);
});

test("a named Chromium that is not there is an error that says what to set, never another browser", () => {
  vi.stubEnv("CHROMIUM_PATH", "/nowhere/chromium");
  expect(findChromium).toThrow("CHROMIUM_PATH names /nowhere/chromium, which is not a program");
});
