import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Actor } from "./people/actor.ts";
import { hasDemo } from "./routes/demo.server.ts";
import { ErrorPage } from "./ui/error-page.tsx";
import { useNonce } from "./ui/nonce.tsx";
import { pageTitle } from "./ui/page-title.ts";
import { type Reader, Shell } from "./ui/shell.tsx";
import stylesheet from "./ui/styles.scss?url";
import { useWords } from "./ui/words/use-words.tsx";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

/** Of a page without a title of its own, and of every error. */
export const meta = pageTitle({ key: "home.documentTitle" });

/** What the frame of every page shows. */
export async function loader({ context }: LoaderFunctionArgs) {
  return {
    locale: context.locale,
    reader: readerOf(context.actor),
    demo: await hasDemo(context.portal),
    requestId: context.requestId,
  };
}

/** Of an error only when to try again; a route's own headers are for its data. */
export const headers: HeadersFunction = ({ errorHeaders }) => {
  const after = errorHeaders?.get("Retry-After");
  return after ? { "Retry-After": after } : {};
};

export function Layout(props: { children: ReactNode }) {
  const { locale } = useWords();
  const nonce = useNonce();
  const root = useRouteLoaderData<typeof loader>("root");
  return (
    <html lang={locale} dir="ltr">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="same-origin" />
        <Meta />
        <Links />
      </head>
      <body>
        <Shell reader={root?.reader ?? null} demo={root?.demo ?? false}>
          {props.children}
        </Shell>
        <ScrollRestoration {...(nonce ? { nonce } : {})} />
        <Scripts {...(nonce ? { nonce } : {})} />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const root = useRouteLoaderData<typeof loader>("root");
  return <ErrorPage error={useRouteError()} requestId={root?.requestId} />;
}

function readerOf(actor: Actor | null): Reader | null {
  if (actor?.kind !== "account") return null;
  return { name: actor.name, roles: [...new Set(actor.memberships.map((held) => held.role))] };
}
