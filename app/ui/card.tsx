import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Heading, type HeadingLevel } from "./heading.tsx";

/** A thing among others: title (a link when `to` is given), content, a foot for buttons. */
export function Card(props: {
  title: string;
  to?: string;
  level?: HeadingLevel;
  status?: ReactNode;
  foot?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <article className="wl-card">
      <header className="wl-card__head">
        <Heading level={props.level ?? 2} className="wl-card__title">
          {props.to ? (
            <Link className="usa-link" to={props.to}>
              {props.title}
            </Link>
          ) : (
            props.title
          )}
        </Heading>
        {props.status}
      </header>
      {props.children ? <div className="wl-card__body">{props.children}</div> : null}
      {props.foot ? <footer className="wl-card__foot">{props.foot}</footer> : null}
    </article>
  );
}
