import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ROLES } from "#app/people/actor.ts";
import { actWords, roleWords } from "#app/routes/request.acts.ts";

/** Acts that belong to no one request, so that no resident is told of them. */
const OF_NO_REQUEST = ["complaints.exported", "requests.retention-set", "signing-key.replaced"];

/** The codes that the features write into the ledger about a request. */
function listActs(): string[] {
  const files = globSync("app/{requests,histories,complaints}/**/*.ts");
  const sources = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const written = sources.matchAll(/\bact: "([a-z-]+\.[a-z-]+)"|record(?:Own)?Read\([^;]*?"([a-z-]+\.[a-z-]+)"\)/g);
  return [...new Set([...written].map((match) => match[1] ?? match[2] ?? ""))];
}

test("every act on a request has words for its resident; none is told by its code alone", () => {
  const acts = listActs().filter((act) => !OF_NO_REQUEST.includes(act));
  expect(acts).toEqual(expect.arrayContaining(["request.filed", "case.read", "history.released", "complaint.filed"]));
  expect(acts.filter((act) => actWords(act).key === "request.actOther")).toEqual([]);
  // And an act without words is still told.
  expect(actWords("something.new")).toEqual({ key: "request.actOther", params: { act: "something.new" } });
});

test("every role has a name", () => {
  const roles = [...ROLES, "resident", "system"];
  expect(roles.filter((role) => roleWords(role) === "request.roleOther")).toEqual([]);
});
