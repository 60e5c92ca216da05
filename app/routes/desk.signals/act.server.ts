import {
  listSignalOffices,
  previewSignal,
  type SignalOffice,
  switchSignal,
} from "#app/histories/signals/change-signals.server.ts";
import type { SignalRule } from "#app/histories/signals/signal.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { RejectedForm } from "#app/ui/form.ts";
import type { Locale } from "#app/ui/locale.ts";
import { attempt, refusalMessage } from "../refusal.ts";

export type Done = "on" | "off";

/** A rule in the words of its reader. */
export interface ShownRule {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly clerk: string;
  readonly resident: string;
  readonly source: string;
}

export function shownRule({ id, version, name, clerk, resident, source }: SignalRule, locale: Locale): ShownRule {
  return {
    id,
    version,
    name: name[locale],
    clerk: clerk[locale],
    resident: resident[locale],
    source: source[locale],
  };
}

/** What a signal would point out, shown to be confirmed. */
export interface Looking {
  readonly office: { readonly agencyId: string; readonly slug: string; readonly name: string };
  readonly rule: ShownRule;
  readonly counts: {
    readonly cases: number;
    readonly leftOut: number;
    readonly lines: number;
    readonly carrying: number;
  };
  /** The rule is another than the one that was looked at. */
  readonly rejected: RejectedForm | null;
}

type Outcome =
  | { readonly looking: Looking; readonly rejected: null }
  | { readonly looking: null; readonly rejected: RejectedForm }
  | { readonly done: Done; readonly slug: string };

/** Does what the pressed button says, by one use case. @throws NotFound for whoever does not supervise that agency */
export async function carryOut(portal: Portal, actor: AccountActor, locale: Locale, form: FormData): Promise<Outcome> {
  const office = (await listSignalOffices(portal, actor)).find(({ agencyId }) => agencyId === form.get("agency"));
  if (!office) throw new NotFound("office");
  const signal = String(form.get("signal") ?? "");
  const { agencyId, slug } = office;
  const intent = String(form.get("intent") ?? "");
  if (intent === "look") return look({ portal, actor, locale, office, signal }, null);
  if (intent !== "switch-on" && intent !== "switch-off") {
    return { looking: null, rejected: { issues: { form: { key: "errors.notUnderstood" } }, typed: {} } };
  }
  const isOn = intent === "switch-on";
  const version = Number(form.get("version"));
  const { refused } = await attempt(() => switchSignal(portal, actor, { agencyId, signal, version, isOn }));
  if (refused === null) return { done: isOn ? "on" : "off", slug };
  const rejected = { issues: { form: refusalMessage(refused) }, typed: {} };
  if (refused.code === "signals.refusedChanged") return look({ portal, actor, locale, office, signal }, rejected);
  return { looking: null, rejected };
}

interface Asked {
  readonly portal: Portal;
  readonly actor: AccountActor;
  readonly locale: Locale;
  readonly office: SignalOffice;
  readonly signal: string;
}

async function look({ portal, actor, locale, office, signal }: Asked, rejected: RejectedForm | null): Promise<Outcome> {
  const { agencyId, slug, name } = office;
  const { value, refused } = await attempt(() => previewSignal(portal, actor, { agencyId, signal }));
  if (refused) return { looking: null, rejected: { issues: { form: refusalMessage(refused) }, typed: {} } };
  const { rule, ...counts } = value;
  return {
    looking: { office: { agencyId, slug, name }, rule: shownRule(rule, locale), counts, rejected },
    rejected: null,
  };
}
