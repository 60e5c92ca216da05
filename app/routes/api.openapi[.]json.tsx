import type { LoaderFunctionArgs } from "@remix-run/node";
import { PROFILES } from "#app/feeds/profiles.ts";
import { describeApi } from "#app/feeds/push/openapi.ts";

/** The description of the door for machines. Anyone may read it: it says nothing of who uses it. */
export function loader({ context }: LoaderFunctionArgs): Response {
  const { url, uploadLimitBytes } = context.portal.config;
  const profiles = PROFILES.map(({ id }) => id);
  return Response.json(describeApi(url, uploadLimitBytes, profiles));
}
