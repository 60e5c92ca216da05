// A warning nobody expected is a fault nobody has looked at yet: it fails the test in which it was printed.
// A test that provokes one on purpose replaces the method itself: vi.spyOn(console, "warn").mockImplementation(...).
import { format } from "node:util";
import { afterAll, afterEach } from "vitest";
import { takeTripped } from "#test/support/tripwire.ts";

const printed: string[] = [];

for (const method of ["error", "warn"] as const) {
  console[method] = (...args: unknown[]) => {
    printed.push(`console.${method}: ${format(...args)}`);
  };
}

function expectSilence(): void {
  const all = [...printed.splice(0), ...takeTripped()].join("\n");
  if (all) throw new Error(`Nothing should have been printed, and nothing planted have passed, but:\n${all}`);
}

afterEach(expectSilence);
afterAll(expectSilence);
