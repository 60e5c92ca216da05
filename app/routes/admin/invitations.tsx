import { Form } from "@remix-run/react";
import { AGENCY_ROLES } from "#app/people/member.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { Checkboxes } from "#app/ui/choices.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { formatInstant } from "#app/ui/format.ts";
import { Section } from "#app/ui/page.tsx";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { AdminData } from "./load-admin.server.ts";
import { ROLE_NAMES } from "./role-names.ts";

const HINTS = {
  clerk: "member.roleClerkHint",
  supervisor: "member.roleSupervisorHint",
  intake: "member.roleIntakeHint",
  admin: "member.roleAdminHint",
  auditor: "member.roleAuditorHint",
} as const;

/** Offers roles to a mail address. */
export function InvitationForm({ shown, rejected }: { shown: AdminData; rejected: RejectedForm | undefined }) {
  const { t } = useWords();
  const field = fieldsOf(rejected);
  return (
    <Section id="invite" title={t("member.inviteTitle")}>
      <p>{t("member.inviteLead", { days: shown.days })}</p>
      {/* Keyed by what waits: once a letter is out, the form is empty again. */}
      <Form
        method="post"
        noValidate
        action={`/admin?agency=${shown.agency.slug}`}
        key={shown.invitations.map(({ id }) => id).join()}
      >
        <TextInput
          label={t("member.email")}
          hint={t("member.emailHint")}
          type="email"
          autoComplete="off"
          {...field("email")}
        />
        <Checkboxes
          label={t("member.rolesField")}
          options={AGENCY_ROLES.map((role) => ({ value: role, label: t(ROLE_NAMES[role]), hint: t(HINTS[role]) }))}
          {...field("roles")}
        />
        <SubmitButton name="intent" value="invite">
          {t("member.send")}
        </SubmitButton>
      </Form>
    </Section>
  );
}

/** The letters that wait for an answer, or were not answered in time. */
export function OpenInvitations({ shown }: { shown: AdminData }) {
  const { t, locale } = useWords();
  const { zone } = shown.agency;
  if (shown.invitations.length === 0) {
    return (
      <Section id="open" title={t("member.openTitle")}>
        <EmptyState title={t("member.openNone")} level={3} />
      </Section>
    );
  }
  return (
    <Section id="open" title={t("member.openTitle")}>
      <Table
        caption={t("member.openTitle")}
        hideCaption
        columns={[
          { id: "email", label: t("member.email"), rowHeader: true },
          { id: "roles", label: t("member.roles") },
          { id: "sent", label: t("member.sentOn") },
          { id: "until", label: t("member.until") },
          { id: "manage", label: t("member.manage") },
        ]}
        rows={shown.invitations.map((invitation) => {
          const until = formatInstant(invitation.expiresAt, zone, locale);
          return {
            id: invitation.id,
            cells: {
              email: <bdi>{invitation.email}</bdi>,
              roles: invitation.roles.map((role) => t(ROLE_NAMES[role])).join(", "),
              sent: formatInstant(invitation.sentAt, zone, locale),
              until: invitation.state === "expired" ? t("member.expired", { date: until }) : until,
              manage: <Again shown={shown} id={invitation.id} email={invitation.email} />,
            },
          };
        })}
      />
    </Section>
  );
}

function Again({ shown, id, email }: { shown: AdminData; id: string; email: string }) {
  const { t } = useWords();
  return (
    <Form method="post" action={`/admin?agency=${shown.agency.slug}`}>
      <input type="hidden" name="id" value={id} />
      <Buttons>
        <SubmitButton look="outline" name="intent" value="resend">
          {t("member.resend")}
          <span className="usa-sr-only">: {t("member.resendOf", { email })}</span>
        </SubmitButton>
        <SubmitButton look="quiet" name="intent" value="withdraw">
          {t("member.withdraw")}
          <span className="usa-sr-only">: {t("member.withdrawOf", { email })}</span>
        </SubmitButton>
      </Buttons>
    </Form>
  );
}
