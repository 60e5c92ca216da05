import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useWords } from "./words/use-words.tsx";

/** One page's content: its only h1, a lead sentence, a way back. `wide` for tables and the clerk's desk. */
export function Page(props: {
  title: string;
  kicker?: string;
  lead?: ReactNode;
  back?: { to: string; label?: string };
  wide?: boolean;
  children?: ReactNode;
}) {
  const { t } = useWords();
  return (
    <div className={props.wide ? "wl-page wl-page--wide" : "wl-page"}>
      {props.back ? (
        <Link to={props.back.to} className="usa-link wl-back">
          {props.back.label ?? t("common.back")}
        </Link>
      ) : null}
      {props.kicker ? <p className="wl-kicker">{props.kicker}</p> : null}
      <h1 className="wl-title">{props.title}</h1>
      {props.lead ? <p className="wl-lead">{props.lead}</p> : null}
      {props.children}
    </div>
  );
}

/** A part of a page under its own h2. */
export function Section(props: { title: string; id?: string; children: ReactNode }) {
  return (
    <section className="wl-section" aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** Folded-away explanation that opens without scripts. */
export function Details(props: { summary: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details className="wl-details" open={props.open}>
      <summary>{props.summary}</summary>
      <div className="wl-details__body">{props.children}</div>
    </details>
  );
}
