import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { isLocale, LOCALE_COOKIE } from "#app/ui/locale.ts";
import { safeBack } from "./back.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers the reader's language and returns to the page they came from. */
export function loader({ request, params }: LoaderFunctionArgs) {
  if (!isLocale(params.locale)) throw new Response(null, { status: 404 });
  const url = new URL(request.url);
  const secure = url.protocol === "https:" ? "; Secure" : "";
  return redirect(safeBack(url.searchParams.get("back")), {
    headers: {
      "Set-Cookie": `${LOCALE_COOKIE}=${params.locale}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly${secure}`,
      "Cache-Control": "no-store",
    },
  });
}
