import { Link } from "@remix-run/react";
import { Buttons } from "./button.tsx";

/** The offices whose page this is, one of them open; nothing where there is no choice. */
export function OfficeLinks(props: {
  label: string;
  /** Of the page; the office's slug follows. */
  path: string;
  offices: readonly { slug: string; name: string }[];
  current: string;
}) {
  const { label, path, offices, current } = props;
  if (offices.length < 2) return null;
  return (
    <nav aria-label={label}>
      <Buttons>
        {offices.map(({ slug, name }) => (
          <Link
            key={slug}
            className={slug === current ? "usa-button" : "usa-button usa-button--outline"}
            to={`${path}?office=${slug}`}
            aria-current={slug === current ? "page" : undefined}
          >
            {name}
          </Link>
        ))}
      </Buttons>
    </nav>
  );
}
