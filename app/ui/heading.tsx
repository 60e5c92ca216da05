import type { ReactNode } from "react";

export type HeadingLevel = 1 | 2 | 3 | 4;

/** A heading of the level that the page's outline needs. */
export function Heading(props: { level: HeadingLevel; id?: string; className?: string; children: ReactNode }) {
  const Tag = `h${props.level}` as const;
  return (
    <Tag id={props.id} className={props.className}>
      {props.children}
    </Tag>
  );
}
