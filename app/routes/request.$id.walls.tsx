import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { namedPerson } from "#app/people/named-person.ts";
import { getOwnWalls, liftWall, nameWall } from "#app/requests/name-wall.server.ts";
import { Alert, EmptyState } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, readForm } from "#app/ui/form.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "walls.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { id = "" } = args.params;
  const walls = await answering(() => getOwnWalls(args.context.portal, actor, id));
  const done = new URL(args.request.url).searchParams.get("done");
  return { ...walls, done: done === "added" || done === "taken-back" ? done : null };
}

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { id: requestId = "" } = args.params;
  const form = await args.request.formData();
  if (form.get("intent") === "take-back") {
    const namedId = String(form.get("named") ?? "");
    await answering(() => liftWall(portal, actor, { requestId, namedId }));
    return redirect(`/request/${requestId}/walls?done=taken-back`);
  }
  const read = readForm(namedPerson, form);
  // Whose request it is comes first: a stranger gets no sentence about the form.
  if (!read.ok) {
    await answering(() => getOwnWalls(portal, actor, requestId));
    return { issues: read.issues, typed: read.typed };
  }
  const { refused } = await answering(() => attempt(() => nameWall(portal, actor, { requestId, person: read.value })));
  if (!refused) return redirect(`/request/${requestId}/walls?done=added`);
  const typed = Object.fromEntries(Object.entries(read.value).map(([name, value]) => [name, value ?? ""]));
  return { issues: { form: refusalMessage(refused) }, typed };
}

/** Whom a resident keeps from a request, before it is sent and after. */
export default function Walls() {
  const { t } = useWords();
  const { requestId, named, done } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const field = fieldsOf(rejected);
  return (
    <Page
      title={t("walls.title")}
      lead={t("walls.lead")}
      back={{ to: `/request/${requestId}`, label: t("walls.back") }}
    >
      <ErrorSummary issues={rejected?.issues} />
      {done === null || rejected ? null : (
        <Alert kind="success" live>
          {t(done === "added" ? "walls.added" : "walls.takenBack")}
        </Alert>
      )}
      <p>{t("walls.promise")}</p>
      <Section id="named" title={t("walls.named")}>
        {named.length === 0 ? (
          <EmptyState title={t("walls.nobody")} level={3}>
            {t("walls.nobodyText")}
          </EmptyState>
        ) : (
          <ul className="usa-list">
            {named.map(({ id, person }) => (
              <NamedItem key={id} id={id} facts={Object.values(person).filter((value) => value !== null)} />
            ))}
          </ul>
        )}
        <p>{t("walls.unknown")}</p>
      </Section>
      <Section id="add" title={t("walls.add")}>
        <p>{t("walls.how")}</p>
        <Form method="post" noValidate key={named.length}>
          <TextInput
            label={t("walls.name")}
            hint={t("walls.nameHint")}
            width="full"
            autoComplete="off"
            optional
            {...field("name")}
          />
          <TextInput label={t("walls.badge")} autoComplete="off" optional {...field("badge")} />
          <TextInput
            label={t("walls.userId")}
            hint={t("walls.userIdHint")}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            optional
            {...field("userId")}
          />
          <TextInput
            label={t("walls.email")}
            type="email"
            inputMode="email"
            autoComplete="off"
            width="full"
            optional
            {...field("email")}
          />
          <Buttons>
            <SubmitButton name="intent" value="add">
              {t("walls.add")}
            </SubmitButton>
          </Buttons>
        </Form>
      </Section>
    </Page>
  );
}

function NamedItem({ id, facts }: { id: string; facts: readonly string[] }) {
  const { t } = useWords();
  const who = facts.join(", ");
  return (
    <li>
      <bdi>{who}</bdi>{" "}
      <Form method="post" className="wl-inline">
        <input type="hidden" name="named" value={id} />
        <SubmitButton name="intent" value="take-back" look="quiet">
          <span aria-hidden="true">{t("walls.takeBack")}</span>
          <span className="usa-sr-only">{t("walls.takeBackOf", { who })}</span>
        </SubmitButton>
      </Form>
    </li>
  );
}
