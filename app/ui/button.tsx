import { Link, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { useWords } from "./words/use-words.tsx";

type Look = "primary" | "outline" | "danger" | "quiet";

const LOOKS: Readonly<Record<Look, string>> = {
  primary: "usa-button",
  outline: "usa-button usa-button--outline",
  danger: "usa-button usa-button--secondary",
  quiet: "usa-button usa-button--unstyled",
};

/** Sends the form it stands in, or the one whose id is `form`; says so while it is on its way and takes no second press. */
export function SubmitButton(props: {
  children: ReactNode;
  look?: Look;
  name?: string;
  value?: string;
  form?: string;
}) {
  const { t } = useWords();
  const sending = useNavigation().state === "submitting";
  return (
    <button
      className={LOOKS[props.look ?? "primary"]}
      type="submit"
      name={props.name}
      value={props.value}
      form={props.form}
      aria-disabled={sending || undefined}
      onClick={(event) => {
        if (sending) event.preventDefault();
      }}
    >
      {props.children}
      {sending ? <span className="usa-sr-only"> {t("common.sending")}</span> : null}
    </button>
  );
}

/** A link that looks like a button, because it begins something. `document` loads the page anew (files, language). */
export function ButtonLink(props: { to: string; children: ReactNode; look?: Look; big?: boolean; document?: boolean }) {
  const big = props.big ? " usa-button--big" : "";
  return (
    <Link className={`${LOOKS[props.look ?? "primary"]}${big}`} to={props.to} reloadDocument={props.document ?? false}>
      {props.children}
    </Link>
  );
}

/** Buttons in a row; below each other on a phone. */
export function Buttons(props: { children: ReactNode }) {
  return <div className="wl-buttons">{props.children}</div>;
}
