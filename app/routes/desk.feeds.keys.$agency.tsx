import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { z } from "zod";
import type { KeyState } from "#app/feeds/push/feed-key.ts";
import { addFeedKey, listFeedKeyLines, revokeFeedKey } from "#app/feeds/push/feed-keys.server.ts";
import { isLocalDate } from "#app/law/local-date.ts";
import { NotFound } from "#app/platform/failure.ts";
import { addDays, localDate } from "#app/platform/time/local-date.ts";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { DateInput } from "#app/ui/date-input.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextArea } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm, readForm, whenMissing } from "#app/ui/form.ts";
import { formatDate, formatInstant } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/table.tsx";
import { StatusTag, type Tone } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { key, type WordKey } from "#app/ui/words/words.ts";
import { askingAgain } from "./asking-again.server.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "feedsKeys.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const slug = args.params["agency"] ?? "";
  const { agency, keys } = await answering(() => listFeedKeyLines(portal, actor, slug));
  const dayOf = (at: Date) => localDate(at, agency.zone);
  return {
    path: `/desk/feeds/keys/${agency.slug}`,
    agency: agency.name,
    zone: agency.zone,
    keys: keys.map(({ id, state, fingerprint, validFrom, validTo, revokedAt, lastUsedAt }) => ({
      ...{ id, state, fingerprint },
      from: dayOf(validFrom),
      // The first instant at which it is good no more is the beginning of a day.
      to: validTo === null ? null : addDays(dayOf(validTo), -1),
      revokedAt: revokedAt?.toISOString() ?? null,
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
  };
}

const day = z
  .string()
  .optional()
  .refine((text) => text === undefined || isLocalDate(text), key("feedsKeys.wrongDay"));
const addForm = z.object({
  pem: z.string(whenMissing("feedsKeys.neededPem")).max(5_000, key("feedsKeys.wrongPem")),
  from: day,
  to: day,
});

/** Beside which field a refusal is said, and how. */
const REFUSED: Readonly<Record<string, { field: string; words: WordKey }>> = {
  "feed-key-wrong": { field: "pem", words: "feedsKeys.wrongPem" },
  "feed-key-private": { field: "pem", words: "feedsKeys.privatePem" },
  "feed-key-known": { field: "pem", words: "feedsKeys.knownPem" },
  "feed-key-days": { field: "to", words: "feedsKeys.wrongDays" },
};

export async function action(args: ActionFunctionArgs): Promise<RejectedForm> {
  const actor = requireActor(args);
  const { portal } = args.context;
  const agencySlug = args.params["agency"] ?? "";
  const path = `/desk/feeds/keys/${agencySlug}`;
  const form = await args.request.formData();
  // A key is revoked on its own custodian's page alone.
  const { keys } = await answering(() => listFeedKeyLines(portal, actor, agencySlug));
  if (form.get("intent") === "revoke") {
    const keyId = String(form.get("key") ?? "");
    await answering(() =>
      askingAgain(args, form, async () => {
        if (!keys.some(({ id }) => id === keyId)) throw new NotFound("key");
        await revokeFeedKey(portal, actor, keyId);
      }),
    );
    throw redirect(`${path}?done=revoked`);
  }
  const read = readForm(addForm, form);
  if (!read.ok) return { ...read, typed: withoutPrivate(read.typed) };
  const { pem: publicKey, from, to } = read.value;
  const { refused } = await answering(() =>
    askingAgain(args, form, () => attempt(() => addFeedKey(portal, actor, { agencySlug, publicKey, from, to }))),
  );
  if (refused === null) throw redirect(`${path}?done=added`);
  const said = REFUSED[refused.code];
  const issue = said === undefined ? { form: refusalMessage(refused) } : { [said.field]: { key: said.words } };
  return { issues: issue, typed: withoutPrivate({ pem: publicKey, from: from ?? "", to: to ?? "" }) };
}

/** All else that was typed is kept; a private key is sent nowhere again. */
function withoutPrivate(typed: Record<string, string>): Record<string, string> {
  return /PRIVATE KEY/.test(typed["pem"] ?? "") ? { ...typed, pem: "" } : typed;
}

const STATES = {
  valid: { tone: "good", words: "feedsKeys.state_valid" },
  "not-yet": { tone: "info", words: "feedsKeys.state_not_yet" },
  expired: { tone: "warn", words: "feedsKeys.state_expired" },
  revoked: { tone: "neutral", words: "feedsKeys.state_revoked" },
} as const satisfies Readonly<Record<KeyState, { tone: Tone; words: WordKey }>>;

const DONE: Readonly<Record<string, WordKey>> = {
  added: "feedsKeys.doneAdded",
  revoked: "feedsKeys.doneRevoked",
};

/** The public keys with which a custodian's machines sign what they push. */
export default function FeedKeys() {
  const { t, say } = useWords();
  const { path, agency, keys, zone } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const [search] = useSearchParams();
  const done = rejected === undefined ? DONE[search.get("done") ?? ""] : undefined;
  const revoked = keys.find(({ id, state }) => id === search.get("revoke") && state !== "revoked");
  const field = fieldsOf(rejected);
  return (
    <Page
      title={t("feedsKeys.title")}
      kicker={agency}
      lead={t("feedsKeys.lead")}
      back={{ to: "/desk/feeds", label: t("feeds.title") }}
      wide
    >
      <ErrorSummary issues={rejected?.issues} />
      {done === undefined ? null : (
        <Alert kind="success" live>
          {say({ key: done })}
        </Alert>
      )}
      {revoked === undefined ? null : <Confirm path={path} keyId={revoked.id} />}
      <Section id="keys" title={t("feedsKeys.keys")}>
        <Keys keys={keys} path={path} zone={zone} />
      </Section>
      <Section id="add" title={t("feedsKeys.add")}>
        <p>
          {t("feedsKeys.addText")}{" "}
          <Link className="usa-link" to="/api">
            {t("feedsKeys.addHow")}
          </Link>
        </p>
        <Form method="post" action={path} noValidate>
          <TextArea label={t("feedsKeys.pem")} hint={t("feedsKeys.pemHint")} rows={5} {...field("pem")} />
          <DateInput label={t("feedsKeys.validFrom")} hint={t("feedsKeys.validFromHint")} optional {...field("from")} />
          <DateInput label={t("feedsKeys.validTo")} hint={t("feedsKeys.validToHint")} optional {...field("to")} />
          <SubmitButton name="intent" value="add">
            {t("feedsKeys.save")}
          </SubmitButton>
        </Form>
      </Section>
    </Page>
  );
}

function Confirm({ path, keyId }: { path: string; keyId: string }) {
  const { t } = useWords();
  return (
    <Alert kind="warning" title={t("feedsKeys.confirmTitle", { key: keyId })}>
      <p>{t("feedsKeys.confirmText")}</p>
      <Form method="post" action={path}>
        <input type="hidden" name="key" value={keyId} />
        <Buttons>
          <SubmitButton look="danger" name="intent" value="revoke">
            {t("feedsKeys.confirm")}
          </SubmitButton>
          <ButtonLink look="outline" to={path}>
            {t("feedsKeys.cancel")}
          </ButtonLink>
        </Buttons>
      </Form>
    </Alert>
  );
}

type Data = Awaited<ReturnType<typeof loader>>;

function Keys({ keys, path, zone }: Pick<Data, "keys" | "path" | "zone">) {
  const { t, locale } = useWords();
  if (keys.length === 0) {
    return (
      <EmptyState title={t("feedsKeys.none")} level={3}>
        {t("feedsKeys.noneText")}
      </EmptyState>
    );
  }
  return (
    <Table
      caption={t("feedsKeys.caption")}
      hideCaption
      columns={[
        { id: "key", label: t("feedsKeys.keyid"), rowHeader: true },
        { id: "fingerprint", label: t("feedsKeys.fingerprint") },
        { id: "state", label: t("feedsKeys.state") },
        { id: "validity", label: t("feedsKeys.validity") },
        { id: "used", label: t("feedsKeys.lastUsed") },
        { id: "act", label: t("feedsKeys.act") },
      ]}
      rows={keys.map(({ id, state, fingerprint, from, to, revokedAt, lastUsedAt }) => ({
        id,
        cells: {
          key: <span className="wl-hash">{id}</span>,
          fingerprint: <span className="wl-hash">{fingerprint}</span>,
          state: <StatusTag tone={STATES[state].tone}>{t(STATES[state].words)}</StatusTag>,
          validity:
            to === null
              ? t("feedsKeys.from", { from: formatDate(from, locale) })
              : t("feedsKeys.fromTo", { from: formatDate(from, locale), to: formatDate(to, locale) }),
          used: lastUsedAt === null ? t("feedsKeys.lastUsedNever") : formatInstant(lastUsedAt, zone, locale),
          act:
            revokedAt !== null ? (
              t("feedsKeys.revokedOn", { at: formatInstant(revokedAt, zone, locale) })
            ) : (
              <Link className="usa-link" to={`${path}?revoke=${id}`} aria-label={t("feedsKeys.revokeOf", { key: id })}>
                {t("feedsKeys.revoke")}
              </Link>
            ),
        },
      }))}
    />
  );
}
