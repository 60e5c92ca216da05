import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { agenciesOf } from "#app/people/actor.ts";
import { type SignKind, staffSign } from "#app/people/staff-sign.ts";
import { declareSign, listOwnSigns, removeSign } from "#app/people/staff-signs.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { RadioGroup } from "#app/ui/choices.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Select, TextInput } from "#app/ui/field.tsx";
import { fieldsOf, readForm } from "#app/ui/form.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "walls.signsTitle" });

const OFFICES = ["clerk", "supervisor", "intake"] as const;
const form = staffSign.and(z.object({ agency: z.string({ error: "errors.chooseOne" }) }));

export async function loader(args: LoaderFunctionArgs) {
  const { actor, own } = ownOffices(args);
  const { portal } = args.context;
  const agencies = (await listAgencies(portal)).filter(({ id }) => own.includes(id));
  const signs = await answering(() => listOwnSigns(portal, actor));
  return {
    agencies: agencies.map(({ id, name }) => ({ id, name })),
    signs: signs.map((sign) => ({ ...sign, agency: agencies.find(({ id }) => id === sign.agencyId)?.name ?? "" })),
    added: new URL(args.request.url).searchParams.has("added"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { actor } = ownOffices(args);
  const { portal } = args.context;
  const { accountId } = actor;
  const sent = await args.request.formData();
  if (sent.get("intent") === "remove") {
    await answering(() => removeSign(portal, actor, { accountId, signId: String(sent.get("sign") ?? "") }));
    return redirect("/desk/signs");
  }
  const read = readForm(form, sent);
  if (!read.ok) return { issues: read.issues, typed: read.typed };
  const { agency: agencyId, kind, value } = read.value;
  const declaring = { accountId, agencyId, kind, value };
  const { refused } = await answering(() => attempt(() => declareSign(portal, actor, declaring)));
  if (!refused) return redirect("/desk/signs?added");
  return { issues: { form: refusalMessage(refused) }, typed: { agency: agencyId, kind, value } };
}

/** @throws a 404 for whoever holds no office: there is nothing here for anybody else */
function ownOffices(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const actor = requireActor(args);
  const own = agenciesOf(actor, OFFICES);
  if (own.length === 0) throw Response.json(null, { status: 404 });
  return { actor, own };
}

const KIND_WORDS = { badge: "walls.signBadge", "user-id": "walls.signUserId", address: "walls.signAddress" } as const;

/** A member of staff notes his badge and user ids, so that walls which name them hold. */
export default function Signs() {
  const { t } = useWords();
  const { agencies, signs, added } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const [only] = agencies;
  const field = fieldsOf(rejected, { kind: "badge", agency: only?.id ?? "" });
  return (
    <Page title={t("walls.signsTitle")} lead={t("walls.signsLead")} back={{ to: "/desk", label: t("desk.title") }}>
      <ErrorSummary issues={rejected?.issues} />
      {added && !rejected ? (
        <Alert kind="success" live>
          {t("walls.signAdded")}
        </Alert>
      ) : null}
      <p>{t("walls.signsWho")}</p>
      {signs.length === 0 ? (
        <EmptyState title={t("walls.signsNone")}>{t("walls.signsNoneText")}</EmptyState>
      ) : (
        <ul className="usa-list">
          {signs.map((sign) => (
            <SignItem key={sign.id} sign={sign} />
          ))}
        </ul>
      )}
      <Section id="add" title={t("walls.signAdd")}>
        <Form method="post" noValidate key={signs.length}>
          <RadioGroup
            label={t("walls.signKind")}
            options={Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label: t(label) }))}
            {...field("kind")}
          />
          <TextInput
            label={t("walls.signValue")}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            width="full"
            {...field("value")}
          />
          <Select
            label={t("walls.signAgency")}
            options={agencies.map(({ id, name }) => ({ value: id, label: name }))}
            {...field("agency")}
          />
          <Buttons>
            <SubmitButton>{t("walls.signAdd")}</SubmitButton>
          </Buttons>
        </Form>
      </Section>
    </Page>
  );
}

function SignItem({ sign }: { sign: { id: string; kind: SignKind; value: string; agency: string } }) {
  const { t } = useWords();
  return (
    <li>
      {t(KIND_WORDS[sign.kind])}: <bdi>{sign.value}</bdi> ({sign.agency}){" "}
      <Form method="post" className="wl-inline">
        <input type="hidden" name="sign" value={sign.id} />
        <SubmitButton name="intent" value="remove" look="quiet">
          <span aria-hidden="true">{t("walls.signRemove")}</span>
          <span className="usa-sr-only">{t("walls.signRemoveOf", { value: sign.value })}</span>
        </SubmitButton>
      </Form>
    </li>
  );
}
