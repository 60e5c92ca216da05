import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getOwnFactors } from "#app/people/factors/own-factors.server.ts";
import { renewRecoveryCodes } from "#app/people/factors/recovery-codes.server.ts";
import { removeFactor } from "#app/people/factors/remove-factor.server.ts";
import { readDevice } from "#app/people/session.ts";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { ButtonLink, SubmitButton } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { RecoveryCodes } from "#app/ui/factor-ways.tsx";
import { formatInstant } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Message } from "#app/ui/words/words.ts";
import { useDeviceName, ZONE } from "./account.words.ts";
import { askingAgain } from "./asking-again.server.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "factors.accountTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { totp, passkeys, recoveryCodes } = await answering(() => getOwnFactors(args.context.portal, actor));
  return {
    totp: totp && { id: totp.id, since: totp.since.toISOString() },
    passkeys: passkeys.map(({ id, since, usedAt, device }) => ({
      id,
      since: since.toISOString(),
      usedAt: usedAt?.toISOString() ?? null,
      device: readDevice(device),
    })),
    recoveryCodes,
  };
}

interface Done {
  readonly codes: readonly string[] | null;
  readonly removed: boolean;
  readonly issue: Message | null;
}

export async function action(args: ActionFunctionArgs): Promise<Done> {
  const actor = requireActor(args);
  const { portal } = args.context;
  const form = await args.request.formData();
  return answering(() =>
    askingAgain(args, form, async () => {
      if (form.get("intent") === "codes") {
        return { codes: await renewRecoveryCodes(portal, actor), removed: false, issue: null };
      }
      const { refused } = await attempt(() => removeFactor(portal, actor, String(form.get("factor") ?? "")));
      return { codes: null, removed: refused === null, issue: refused && refusalMessage(refused) };
    }),
  );
}

/** The second factors of somebody, and the codes on paper. */
export default function Account() {
  const { t, locale } = useWords();
  const { totp, passkeys, recoveryCodes } = useLoaderData<typeof loader>();
  const done = useActionData<typeof action>();
  const nameOf = useDeviceName();
  const on = (instant: string) => formatInstant(instant, ZONE, locale);
  if (done?.codes) {
    return (
      <Page title={t("factors.codesTitle")}>
        <RecoveryCodes codes={done.codes} to="/account" />
      </Page>
    );
  }
  const has = totp !== null || passkeys.length > 0;
  return (
    <Page title={t("factors.accountTitle")} lead={t("factors.accountLead")}>
      <ErrorSummary issues={done?.issue ? { form: done.issue } : undefined} />
      {done?.removed ? (
        <Alert kind="success" live>
          {t("factors.removed")}
        </Alert>
      ) : null}
      <Section id="factors" title={t("factors.accountFactors")}>
        {has ? null : <EmptyState level={3} title={t("factors.accountNone")} />}
        {totp ? (
          <Card level={3} title={t("factors.accountApp", { date: on(totp.since) })}>
            <Remove factor={totp.id} label={t("factors.removeApp")} />
          </Card>
        ) : null}
        {passkeys.map(({ id, since, usedAt, device }) => {
          const named = { device: nameOf(device), date: on(since) };
          const title = usedAt
            ? t("factors.accountPasskeyUsed", { ...named, used: on(usedAt) })
            : t("factors.accountPasskey", named);
          return (
            <Card key={id} level={3} title={title}>
              <Remove factor={id} label={t("factors.removePasskey", { date: on(since) })} />
            </Card>
          );
        })}
        <p>{t("factors.asksAgain")}</p>
        <ButtonLink to="/account/set-up" look={has ? "outline" : "primary"}>
          {has ? t("factors.accountAnother") : t("factors.accountAdd")}
        </ButtonLink>
      </Section>
      {has ? (
        <Section id="codes" title={t("factors.codesTitle")}>
          <p>{t("factors.codesLeft", { count: recoveryCodes })}</p>
          <Form method="post" action="/account?index">
            <p>{t("factors.codesNewHelp")}</p>
            <SubmitButton name="intent" value="codes" look="outline">
              {t("factors.codesNew")}
            </SubmitButton>
          </Form>
        </Section>
      ) : null}
      <Section id="sessions" title={t("factors.sessionsTitle")}>
        <Link className="usa-link" to="/account/sessions">
          {t("factors.sessionsTitle")}
        </Link>
      </Section>
    </Page>
  );
}

function Remove({ factor, label }: { factor: string; label: string }) {
  return (
    <Form method="post" action="/account?index">
      <input type="hidden" name="factor" value={factor} />
      <SubmitButton name="intent" value="remove" look="danger">
        {label}
      </SubmitButton>
    </Form>
  );
}
