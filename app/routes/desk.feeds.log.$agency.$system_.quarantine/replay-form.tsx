import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { SubmitButton } from "#app/ui/button.tsx";

/** A button that reads rows again: one, all of a reason, all of a delivery. */
export function ReplayForm(props: { fields: Readonly<Record<string, string>>; children: ReactNode; quiet?: boolean }) {
  return (
    <Form method="post" preventScrollReset={props.quiet ?? false}>
      {Object.entries(props.fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton look={props.quiet ? "quiet" : "outline"} name="intent" value="replay">
        {props.children}
      </SubmitButton>
    </Form>
  );
}
