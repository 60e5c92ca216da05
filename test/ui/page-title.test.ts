import { beforeAll, describe, expect, it } from "vitest";
import { pageTitle } from "#app/ui/page-title.ts";
import { en } from "#app/ui/words/en/index.ts";
import { es } from "#app/ui/words/es/index.ts";
import { registerWords } from "#app/ui/words/words.ts";

beforeAll(() => {
  registerWords("en", en);
  registerWords("es", es);
});

const matches = (locale: string) => [{ id: "root", data: { locale } }, { id: "routes/privacy" }];
const title = pageTitle({ key: "privacy.title" });

describe("a page's title", () => {
  it("is in the reader's language, and in English when nothing is known of the reader", () => {
    expect(title({ matches: matches("es") })).toEqual([{ title: `${es.privacy.title} | WhoLooked` }]);
    expect(title({ matches: [{ id: "root" }] })).toEqual([{ title: `${en.privacy.title} | WhoLooked` }]);
  });

  it.each([undefined, null])("stays itself when there was no error (%j)", (error) => {
    expect(title({ matches: matches("en"), error })).toEqual([{ title: `${en.privacy.title} | WhoLooked` }]);
  });

  it("says what happened when the page could not be shown, and tells nothing of why", () => {
    const notFound = { status: 404, statusText: "", internal: false, data: null };
    expect(title({ matches: matches("en"), error: notFound })).toEqual([
      { title: `${en.errors.notFoundTitle} | WhoLooked` },
    ]);
    expect(title({ matches: matches("en"), error: new Error("8ABC123") })).toEqual([
      { title: `${en.errors.brokenTitle} | WhoLooked` },
    ]);
  });
});
