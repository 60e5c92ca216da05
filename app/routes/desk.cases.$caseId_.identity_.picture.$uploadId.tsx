import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/platform/failure.ts";
import { getIdentityDesk } from "#app/requests/identity/identity-desk.server.ts";
import { PURPOSE_WORDS } from "#app/ui/identity/identity-words.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "identity.uploadsDeskTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { caseId = "", uploadId = "" } = args.params;
  return answering(async () => {
    const desk = await getIdentityDesk(args.context.portal, actor, caseId);
    const upload = desk.uploads.find(({ id, mediaType }) => id === uploadId && mediaType !== "application/pdf");
    if (!upload || !desk.mayCheck) throw new NotFound("upload");
    const { id, purpose, turned } = upload;
    return { caseId: desk.caseId, id, purpose, turned };
  });
}

/** One uploaded picture, upright. */
export default function UploadedPicture() {
  const { t } = useWords();
  const { caseId, id, purpose, turned } = useLoaderData<typeof loader>();
  return (
    <Page
      title={t(PURPOSE_WORDS[purpose])}
      lead={t("identity.uploadOpenLogged")}
      back={{ to: `/desk/cases/${caseId}/identity`, label: t("identity.deskTitle") }}
      wide
    >
      <div className={`wl-upload wl-upload--${turned}`}>
        <img
          src={`/desk/cases/${caseId}/upload/${id}`}
          alt={t("identity.uploadAlt", { purpose: t(PURPOSE_WORDS[purpose]) })}
        />
      </div>
    </Page>
  );
}
