import { TIME_FORMATS } from "#app/feeds/log-time.ts";
import type { Sample } from "#app/feeds/maker/sample.ts";
import { FIELDS, type Field } from "#app/feeds/profile.ts";
import { MARK_FIELDS, type Mapping, mappingSchema, SEVERAL } from "#app/feeds/stored-profile.ts";
import type { Message } from "#app/ui/words/words.ts";
import { columnField, yesField } from "./mapping-fields.ts";

/** What the form sends, by the name of each field. */
export type TypedMapping = Record<string, string>;

/** As texts, what was typed; nothing else of the form. */
export function typedMapping(form: FormData): TypedMapping {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const single = texts.filter(([name]) => name !== "intent" && !name.endsWith("[]"));
  const times = texts.filter(([name]) => name === "times[]").map(([, text]) => text);
  return { ...Object.fromEntries(single.map(([name, text]) => [name, text.trim()])), times: times.join("\n") };
}

/** The mapping that was typed, or what is wrong with it. */
export function readMapping(typed: TypedMapping, { columns }: Sample): Mapping | Record<string, Message> {
  const text = (name: string) => typed[name] ?? "";
  if (text("separator").length > 1) return { separator: { key: "feedsProfile.refusedSeparator" } };
  const times = TIME_FORMATS.filter((format) => text("times").split("\n").includes(format));
  if (times.length === 0) return { times: { key: "feedsProfile.refusedTimes" } };
  const chosen = columns.flatMap(({ name }, i): [string, Field][] => {
    const field = FIELDS.find((one) => one === text(columnField(i)));
    return field === undefined ? [] : [[name, field]];
  });
  const yes = MARK_FIELDS.flatMap((field) => {
    const texts = text(yesField(field))
      .split(",")
      .map((one) => one.trim());
    const said = texts.filter((one) => one !== "");
    return said.length === 0 ? [] : [[field, said]];
  });
  const read = mappingSchema.safeParse({
    about: text("about"),
    of: text("of") || null,
    columns: Object.fromEntries(chosen),
    several: SEVERAL.find((one) => one === text("several")) ?? "refuse",
    times,
    zone: text("zone") || null,
    dates: text("dates") || "year-first",
    listSeparator: text("separator") || null,
    yes: Object.fromEntries(yes),
  });
  return read.success ? read.data : { form: { key: "feedsProfile.refused" } };
}

export function isMapping(read: Mapping | Record<string, Message>): read is Mapping {
  return typeof read["about"] === "string";
}

/** What the form shows of a mapping that was kept. */
export function typedOf(mapping: Mapping, { columns }: Sample): TypedMapping {
  return {
    about: mapping.about,
    of: mapping.of ?? "",
    several: mapping.several,
    times: mapping.times.join("\n"),
    zone: mapping.zone ?? "",
    dates: mapping.dates,
    separator: mapping.listSeparator ?? "",
    ...Object.fromEntries(columns.map(({ name }, i) => [columnField(i), mapping.columns[name] ?? ""])),
    ...Object.fromEntries(MARK_FIELDS.map((field) => [yesField(field), (mapping.yes[field] ?? []).join(", ")])),
  };
}
