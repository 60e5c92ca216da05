import type { ReactNode } from "react";
import { Heading, type HeadingLevel } from "./heading.tsx";

/** A boxed sentence: info, good news, a warning, an error. `live` when it appears after the page has loaded. */
export function Alert(props: {
  kind?: "info" | "success" | "warning" | "error";
  title?: string;
  level?: HeadingLevel;
  live?: boolean;
  children?: ReactNode;
}) {
  const role = props.live ? (props.kind === "error" ? "alert" : "status") : undefined;
  return (
    <div className={`usa-alert usa-alert--${props.kind ?? "info"}${props.title ? "" : " usa-alert--slim"}`} role={role}>
      <div className="usa-alert__body">
        {props.title ? (
          <Heading level={props.level ?? 2} className="usa-alert__heading">
            {props.title}
          </Heading>
        ) : null}
        <div className="usa-alert__text">{props.children}</div>
      </div>
    </div>
  );
}

/** What stands where a list would be, and what to do now. */
export function EmptyState(props: { title: string; children?: ReactNode; action?: ReactNode; level?: HeadingLevel }) {
  return (
    <div className="wl-empty">
      <Heading level={props.level ?? 2} className="wl-empty__title">
        {props.title}
      </Heading>
      {props.children ? <div>{props.children}</div> : null}
      {props.action ? <p>{props.action}</p> : null}
    </div>
  );
}
