import { expect, it } from "vitest";
import { listRoutes } from "#test/e2e/places.ts";
import { MATRIX, rowMissing } from "#test/routes/access-matrix.ts";

// What they answer is asked in test/e2e/access-matrix.test.ts; that each has a row is seen here at once, unbuilt.
it("every route has a row in the matrix of who may see it", () => {
  const routes = listRoutes().map((name) => name.replace(/\/route$/, ""));
  const missing = routes.filter((name) => !(name in MATRIX));
  expect(missing, missing.map(rowMissing).join("\n")).toEqual([]);
  expect(
    Object.keys(MATRIX).filter((name) => !routes.includes(name)),
    "rows of routes that are gone",
  ).toEqual([]);
});

it("nobody who is not signed in sees what is anybody's, and nobody of elsewhere what has an id", () => {
  for (const [name, row] of Object.entries(MATRIX)) {
    if (row.get("nobody") === "there") expect(row.get("clerk of elsewhere"), name).toBe("there");
    if (!/\$(?:id|caseId|releaseId|batchId)\b/.test(name)) continue;
    for (const who of [
      "clerk of elsewhere",
      "supervisor of elsewhere",
      "intake of elsewhere",
      "another resident",
    ] as const)
      expect(row.get(who), `${who} at ${name}`).toBe("gone");
  }
});
