import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Alert } from "./alert.tsx";
import { ButtonLink, SubmitButton } from "./button.tsx";
import { TextInput } from "./field.tsx";
import { fieldsOf, type RejectedForm } from "./form.ts";
import { Details, Section } from "./page.tsx";
import { PasskeyButton } from "./passkey.tsx";
import { useWords } from "./words/use-words.tsx";

/** By what somebody can show who they are. */
export interface ShownWays {
  totp: boolean;
  recovery: boolean;
  /** JSON. */
  passkey: string | null;
  demo: { code: string | null } | null;
}

/** The forms for a second factor, the likeliest first; each works without scripts but the passkey's. */
export function FactorWays(props: {
  ways: ShownWays;
  to: string;
  rejected: RejectedForm | undefined;
  children?: ReactNode;
}) {
  const { t } = useWords();
  const { ways, to } = props;
  const field = fieldsOf(props.rejected);
  return (
    <>
      {ways.totp ? (
        <Form method="post" noValidate>
          <input type="hidden" name="to" value={to} />
          {ways.demo ? <DemoCode code={ways.demo.code} /> : null}
          <TextInput
            label={t("factors.code")}
            hint={t("factors.codeHint")}
            inputMode="numeric"
            autoComplete="one-time-code"
            {...field("code")}
          />
          <SubmitButton name="intent" value="totp">
            {t("factors.goOn")}
          </SubmitButton>
        </Form>
      ) : null}
      {ways.passkey ? (
        <Section id="passkey" title={t("factors.passkeyTitle")}>
          <PasskeyButton question={{ show: ways.passkey }} hidden={{ to }}>
            {t("factors.passkeyShow")}
          </PasskeyButton>
        </Section>
      ) : null}
      {props.children}
      {ways.recovery ? (
        <Details summary={t("factors.recoveryTitle")} open={field("recovery").error !== undefined}>
          <Form method="post" noValidate>
            <input type="hidden" name="to" value={to} />
            <TextInput
              label={t("factors.recovery")}
              hint={t("factors.recoveryHint")}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              {...field("recovery")}
            />
            <SubmitButton name="intent" value="recovery" look="outline">
              {t("factors.recoveryUse")}
            </SubmitButton>
          </Form>
        </Details>
      ) : null}
    </>
  );
}

function DemoCode({ code }: { code: string | null }) {
  const { t } = useWords();
  return <Alert kind="info">{code === null ? t("factors.demoCodeSpent") : t("factors.demoCode", { code })}</Alert>;
}

/** Recovery codes, the one time that they are shown. */
export function RecoveryCodes(props: { codes: readonly string[]; to: string }) {
  const { t } = useWords();
  return (
    <>
      <Alert kind="warning" live>
        {t("factors.codesText")}
      </Alert>
      <ol className="wl-codes" aria-label={t("factors.codesList")}>
        {props.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="wl-buttons">
        <ButtonLink to={props.to}>{t("factors.codesKept")}</ButtonLink>
      </div>
    </>
  );
}

/** What is left to somebody who has none of the ways. */
export function LostEverything() {
  const { t } = useWords();
  return (
    <Details summary={t("factors.lostTitle")}>
      <p>{t("factors.lostText")}</p>
    </Details>
  );
}

/** The ways to sign in beside the mailed code. */
export function OtherWays({ to }: { to: string }) {
  const { t } = useWords();
  const query = to ? `?to=${encodeURIComponent(to)}` : "";
  return (
    <Section id="ways" title={t("factors.waysTitle")}>
      <ul className="usa-list">
        <li>
          <Link className="usa-link" to={`/sign-in/passkey${query}`}>
            {t("factors.wayPasskey")}
          </Link>
        </li>
        <li>
          <Link className="usa-link" to={`/sign-in/agency${query}`}>
            {t("factors.wayAgency")}
          </Link>
        </li>
      </ul>
    </Section>
  );
}
