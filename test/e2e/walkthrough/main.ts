/** `npm run -s walkthrough -- [--feed FILE --profile P --plate PLATE] --out DIR` */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { launchBrowser } from "#test/support/browser.ts";
import { walk } from "./road.ts";

const { values } = parseArgs({
  options: {
    feed: { type: "string", default: "test/fixtures/walkthrough-feed.csv" },
    profile: { type: "string", default: "alpr-network-audit" },
    plate: { type: "string", default: "8WLK042" },
    out: { type: "string" },
  },
});
if (values.out === undefined) {
  process.stderr.write("Say where the pictures, the PDF and summary.json go: --out DIR\n");
  process.exit(2);
}
const browser = await launchBrowser();
try {
  const road = { feed: resolve(values.feed), profile: values.profile, plate: values.plate, out: resolve(values.out) };
  const summary = await walk(road, browser, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify(summary)}\n`);
} finally {
  await browser.close();
}
