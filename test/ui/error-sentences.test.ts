import { beforeAll, describe, expect, it } from "vitest";
import { errorSentences } from "#app/ui/error-sentences.ts";
import { en } from "#app/ui/words/en/index.ts";
import { registerWords } from "#app/ui/words/words.ts";

beforeAll(() => registerWords("en", en));

const answer = (status: number, data: unknown) => ({ status, statusText: "", internal: false, data });

describe("what an error page says", () => {
  it("names a refusal's own sentence by its code", () => {
    expect(errorSentences(answer(409, { code: "sign-in.spent", params: { minutes: 3 } })).text).toEqual({
      key: "refused.sign-in.spent",
      params: { minutes: 3 },
    });
  });

  it.each([null, undefined, "text", { code: "unheard-of" }, { code: 7 }])("has a general one for %j", (data) => {
    expect(errorSentences(answer(403, data)).text).toEqual({ key: "errors.refusedText" });
  });

  it("tells what is not there from what cannot be done, and from our own fault", () => {
    const titles = [answer(404, null), answer(409, null), answer(500, null), new Error("x"), "x"].map(
      (error) => errorSentences(error).title.key,
    );
    expect(titles).toEqual([
      "errors.notFoundTitle",
      "errors.refusedTitle",
      "errors.brokenTitle",
      "errors.brokenTitle",
      "errors.brokenTitle",
    ]);
  });
});
