import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { attempt, refusalMessage } from "#app/routes/refusal.ts";
import { en } from "#app/ui/words/en/index.ts";
import { es } from "#app/ui/words/es/index.ts";
import { isWordKey, registerWords } from "#app/ui/words/words.ts";

beforeAll(() => {
  registerWords("en", en);
  registerWords("es", es);
});

test("every refusal of these features has a sentence of its own in the pages' words", () => {
  const codes = ["requests", "histories", "complaints"].flatMap((feature) =>
    readdirSync(`app/${feature}`).flatMap((name) => {
      if (!name.endsWith(".ts")) return [];
      const code = readFileSync(`app/${feature}/${name}`, "utf8");
      return [...code.matchAll(/new Refused\(\s*"([^"]+)"/g)].map((found) => found[1] ?? "");
    }),
  );
  expect(new Set(codes).size).toBeGreaterThan(25);
  for (const code of codes) expect(isWordKey(code), code).toBe(true);
});

test("a refusal is handed to the page that says it; what is not there, and a fault, pass on", async () => {
  const refused = new Refused("request.stale", "Changed elsewhere.", { maximum: 3 });
  const outcome = await attempt(() => Promise.reject(refused));
  expect(outcome).toEqual({ value: null, refused });
  expect(refusalMessage(outcome.refused)).toEqual({ key: "request.stale", params: { maximum: 3 } });
  expect(await attempt(async () => 7)).toEqual({ value: 7, refused: null });
  await expect(attempt(() => Promise.reject(new NotFound()))).rejects.toThrow(NotFound);
  await expect(attempt(() => Promise.reject(new TypeError("broken")))).rejects.toThrow(TypeError);
});
