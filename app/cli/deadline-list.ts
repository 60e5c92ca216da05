/** What `wholooked deadline --list` shows: every version of every rule, and the changes that are coming. */
import type { Law } from "#app/law/law.ts";
import type { PendingChange } from "#app/law/pending.ts";
import { PENDING_CHANGES } from "#app/law/pending.ts";
import { listReviews } from "#app/law/reviews.ts";
import type { Extension, Ground, Rule, Saying, StopRule } from "#app/law/rule.ts";
import { STOPS } from "#app/law/rule.ts";
import { OTHER_NAMES } from "#app/law/rules.ts";

/** As one object, in English. */
export function listLaw(law: Law): { rules: unknown[]; pending: unknown[] } {
  return { rules: law.listRules().map(ruleShown), pending: PENDING_CHANGES.map(pendingShown) };
}

function ruleShown(rule: Rule) {
  const { id, cite, formerCite, jurisdiction, evidence, sourceVersion, inForce, who, duty, period } = rule;
  const { firstDay, countedFrom, silence, answerMustSay, mayRefuse, fee, retention } = rule;
  return {
    id,
    otherNames: [...OTHER_NAMES].filter(([, of]) => of === id).map(([name]) => name),
    title: rule.title.en,
    cite,
    formerCite,
    jurisdiction,
    evidence,
    sourceVersion,
    inForce,
    who,
    duty,
    period,
    trigger: rule.trigger.en,
    act: rule.act.en,
    firstDay,
    countedFrom,
    rolling: rule.rolling,
    extension: rule.extension && extensionShown(rule.extension),
    stops: Object.fromEntries(STOPS.map((stop) => [stop, stopShown(rule.stops[stop])])),
    silence: silence && sayingShown(silence),
    answerMustSay: answerMustSay.map(sayingShown),
    mayRefuse: mayRefuse.map(sayingShown),
    reviews: listReviews(rule).map((review) => ({ id: review.id, ...sayingShown(review), clock: review.clock })),
    fee: fee && sayingShown(fee),
    retention: retention && sayingShown(retention),
    caveat: rule.caveat?.en ?? null,
  };
}

function sayingShown({ words, cite, evidence }: Saying) {
  return { words: words.en, cite, evidence };
}

function extensionShown({ max, upTo, who, noticeMustSay, grounds, cite, evidence }: Extension) {
  const words = { who: who.en, noticeMustSay: noticeMustSay.en };
  return { max, upTo: upTo ?? null, ...words, grounds: grounds.map(groundShown), cite, evidence };
}

function stopShown({ effect, arguably, times, grounds, cite, evidence }: StopRule) {
  return { ...effect, arguably, times, grounds: grounds.map(groundShown), cite, evidence };
}

function groundShown({ id, words, inForce, evidence }: Ground) {
  return { id, words: words.en, inForce, evidence };
}

function pendingShown({ id, title, effect, status, cite, evidence, needs, rules }: PendingChange) {
  const words = { title: title.en, effect: effect.en, status: status.en };
  return { id, ...words, cite, evidence, needs, rules: rules.map((rule) => rule.id) };
}

/** A line for each version, then one for each change that is coming. */
export function listLawInWords(law: Law): string {
  const rules = law.listRules().map((rule) => {
    const { from, to } = rule.inForce;
    const when = from === null && to === null ? "" : `  [${from ?? ""} to ${to ?? ""}]`;
    return `${rule.id.padEnd(32)} ${rule.cite.padEnd(44)} ${rule.title.en}${when}`;
  });
  const pending = PENDING_CHANGES.map(({ id, cite, title }) => `${id.padEnd(32)} ${cite.padEnd(44)} ${title.en}`);
  return `${[...rules, "", "Coming changes (--law ID:DATE):", ...pending].join("\n")}\n`;
}
