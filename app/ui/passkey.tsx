import { Form, useSubmit } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { Alert } from "./alert.tsx";
import { useWords } from "./words/use-words.tsx";

/** What the browser is asked, as the server wrote it: JSON of a PublicKeyCredential...OptionsJSON. */
type Question = { readonly make: string } | { readonly show: string };

/**
 * A button that asks the browser for a passkey and sends what it answers as `answer`. Without scripts there is a
 * sentence in its place; the plain way stands beside it on the same page.
 */
export function PasskeyButton(props: {
  question: Question;
  children: string;
  hidden?: Readonly<Record<string, string>>;
}) {
  const { t } = useWords();
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  const [state, setState] = useState<"none" | "ready" | "unsupported" | "stopped">("none");
  useEffect(() => setState("PublicKeyCredential" in window ? "ready" : "unsupported"), []);
  async function ask() {
    const answer = await askBrowser(props.question);
    if (answer === null) return setState("stopped");
    const sent = new FormData(form.current ?? undefined);
    sent.set("answer", answer);
    submit(sent, { method: "post" });
  }
  return (
    <Form method="post" ref={form}>
      <input type="hidden" name="intent" value="passkey" />
      {Object.entries(props.hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state === "none" ? <p>{t("factors.passkeyNeedsScript")}</p> : null}
      {state === "unsupported" ? <p>{t("factors.passkeyUnsupported")}</p> : null}
      {state === "stopped" ? (
        <Alert kind="warning" live>
          {t("factors.passkeyStopped")}
        </Alert>
      ) : null}
      {state === "ready" || state === "stopped" ? (
        <button className="usa-button usa-button--outline" type="button" onClick={() => void ask()}>
          {props.children}
        </button>
      ) : null}
    </Form>
  );
}

/** Null when the person pressed Cancel, the device has no such passkey, or the time was over: the browser says it. */
async function askBrowser(question: Question): Promise<string | null> {
  const { startAuthentication, startRegistration } = await import("@simplewebauthn/browser");
  try {
    const answer =
      "make" in question
        ? await startRegistration({ optionsJSON: JSON.parse(question.make) })
        : await startAuthentication({ optionsJSON: JSON.parse(question.show) });
    return JSON.stringify(answer);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
