/** The two pictures as data: bars by month, and the timeline of what the logs cover. */
import { daysBetween } from "#app/platform/time/local-date.ts";
import type { CoverageStatement, History } from "../history.ts";
import type { Bar, Block, Stretch } from "./blocks.ts";
import { type Bucket, buckets, byAgency } from "./figures.ts";
import { sayDate, sayPeriod } from "./speak.ts";
import type { DocumentWords } from "./word-list.ts";

export function chartBlock(history: History, words: DocumentWords): Block {
  const counted = buckets(history);
  const unit = counted[0]?.month === null ? "year" : "month";
  const points = counted
    .filter((bucket) => bucket.count > 0)
    .map((bucket) => words.chart.point(pointLabel(bucket, words), bucket.count));
  return {
    kind: "chart",
    caption: words.chart.caption(unit),
    alt: words.chart.alt(unit, `${points.join("; ")}.`),
    bars: counted.map((bucket, index) => barOf(bucket, index, words)),
    counts: counted.map((bucket) => (bucket.count === 0 ? "" : words.count(bucket.count))),
  };
}

/** Bars by agency, the longest first. */
export function rankingBlock(history: History, words: DocumentWords): Block {
  const { named, others, unnamed } = byAgency(history.lines);
  const rows = [
    ...named.map(({ name, count }) => ({ label: name, count })),
    ...(others.agencies > 0 ? [{ label: words.ranking.others(others.agencies), count: others.count }] : []),
    ...(unnamed > 0 ? [{ label: words.ranking.unnamed, count: unnamed }] : []),
  ].map((row) => ({ ...row, said: words.count(row.count) }));
  const points = rows.map(({ label, count }) => words.chart.point(label, count));
  return { kind: "ranking", caption: words.ranking.caption, alt: words.ranking.alt(`${points.join("; ")}.`), rows };
}

function pointLabel(bucket: Bucket, words: DocumentWords): string {
  return bucket.month === null ? String(bucket.year) : `${words.months[bucket.month - 1] ?? ""} ${bucket.year}`;
}

function barOf(bucket: Bucket, index: number, words: DocumentWords): Bar {
  if (bucket.month === null) return { label: String(bucket.year), year: "", count: bucket.count };
  return {
    label: words.shortMonths[bucket.month - 1] ?? "",
    year: index === 0 || bucket.month === 1 ? String(bucket.year) : "",
    count: bucket.count,
  };
}

/** A page holds so many rows of the timeline with their labels; more go on as another picture. */
const MOST_ROWS = 16;

/** The timeline of the logs, as one picture for every sixteen systems, all on the same scale. */
export function timelineBlocks(history: History, words: DocumentWords): Block[] {
  const pictures: Block[] = [];
  for (let first = 0; first < history.coverage.length; first += MOST_ROWS) {
    pictures.push(timelineBlock(history, history.coverage.slice(first, first + MOST_ROWS), words));
  }
  return pictures;
}

function timelineBlock(history: History, shown: readonly CoverageStatement[], words: DocumentWords): Block {
  const from = history.coverage.reduce(
    (least, one) => (one.asked.from < least ? one.asked.from : least),
    history.period.from,
  );
  const to = history.coverage.reduce((most, one) => (one.asked.to > most ? one.asked.to : most), history.period.to);
  const days = Math.max(1, daysBetween(from, to) + 1);
  const place = (period: { from: string; to: string }): Stretch => ({
    from: Math.max(0, daysBetween(from, period.from) / days),
    to: Math.min(1, (daysBetween(from, period.to) + 1) / days),
  });
  const said = shown.map((one) => {
    const say = (periods: readonly { from: string; to: string }[]): string =>
      periods.length === 0 ? "–" : words.list(periods.map((period) => sayPeriod(period, words)));
    return `${one.system}: ${words.coverage.held}: ${say(one.held)}; ${words.coverage.missing}: ${say(one.missing)}.`;
  });
  return {
    kind: "timeline",
    alt: words.coverage.timelineAlt(said.join(" ")),
    ticks: [
      { at: 0, text: sayDate(from, words) },
      { at: 1, text: sayDate(to, words) },
    ],
    rows: shown.map((one) => ({
      label: one.system,
      held: one.held.map(place),
      missing: one.missing.map(place),
    })),
    legend: { held: words.coverage.held, missing: words.coverage.missing },
  };
}
