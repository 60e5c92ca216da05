import { Form } from "@remix-run/react";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { formatInstant } from "#app/ui/format.ts";
import { Details, Section } from "#app/ui/page.tsx";
import { Table } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { AdminData } from "./load-admin.server.ts";
import { ROLE_NAMES } from "./role-names.ts";

type Person = AdminData["members"][number];

/** Who works here, with what can be changed of each. */
export function MemberTable({ shown }: { shown: AdminData }) {
  const { t, locale } = useWords();
  const { zone } = shown.agency;
  return (
    <Section id="people" title={t("member.tableTitle")}>
      <Table
        caption={t("member.tableTitle")}
        hideCaption
        columns={[
          { id: "name", label: t("member.name"), rowHeader: true },
          { id: "roles", label: t("member.roles") },
          { id: "seen", label: t("member.seen") },
          { id: "state", label: t("member.state") },
          { id: "manage", label: t("member.manage") },
        ]}
        rows={shown.members.map((person) => ({
          id: person.accountId,
          cells: {
            name: <Named person={person} />,
            roles: <Roles person={person} zone={zone} />,
            seen:
              person.seenAt === null ? (
                t("member.never")
              ) : (
                <time dateTime={person.seenAt}>{formatInstant(person.seenAt, zone, locale)}</time>
              ),
            state: person.disabled ? <StatusTag tone="bad">{t("member.disabled")}</StatusTag> : t("member.active"),
            manage: <Manage shown={shown} person={person} />,
          },
        }))}
      />
    </Section>
  );
}

function Named({ person: { name, email } }: { person: Person }) {
  const { t } = useWords();
  return (
    <>
      {name === "" ? <i>{t("member.noName")}</i> : <bdi>{name}</bdi>}
      <br />
      <bdi>{email}</bdi>
    </>
  );
}

function Roles({ person, zone }: { person: Person; zone: string }) {
  const { t, locale } = useWords();
  return (
    <ul className="usa-list usa-list--unstyled">
      {person.roles.map(({ membershipId, role, since }) => (
        <li key={membershipId}>
          {t(ROLE_NAMES[role])} {t("member.since", { date: formatInstant(since, zone, locale) })}
        </li>
      ))}
    </ul>
  );
}

/** Folded away: what ends something is not pressed in passing. */
function Manage({ shown, person }: { shown: AdminData; person: Person }) {
  const { t } = useWords();
  const isSelf = person.accountId === shown.self;
  const action = `/admin?agency=${shown.agency.slug}`;
  return (
    <Details summary={t("member.manageOf", { name: person.name || person.email })}>
      <p>{isSelf ? `${t("member.ownRow")} ${t("member.ownEnd")}` : t("member.endHelp")}</p>
      {person.roles.map(({ membershipId, role }) => (
        <Form method="post" action={action} key={membershipId}>
          <input type="hidden" name="id" value={membershipId} />
          <Buttons>
            <SubmitButton look="outline" name="intent" value="end">
              {t("member.end", { role: t(ROLE_NAMES[role]) })}
            </SubmitButton>
          </Buttons>
        </Form>
      ))}
      {isSelf ? null : (
        <Form method="post" action={action}>
          <input type="hidden" name="id" value={person.accountId} />
          <p>{t(person.disabled ? "member.enableHelp" : "member.disableHelp")}</p>
          <Buttons>
            <SubmitButton
              look={person.disabled ? "outline" : "danger"}
              name="intent"
              value={person.disabled ? "enable" : "disable"}
            >
              {t(person.disabled ? "member.enable" : "member.disable")}
            </SubmitButton>
          </Buttons>
        </Form>
      )}
    </Details>
  );
}
