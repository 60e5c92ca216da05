import type { ContactMode } from "#app/requests/contact.ts";
import { useWords } from "./words/use-words.tsx";
import type { WordKey } from "./words/words.ts";

const MODE_WORDS = {
  mail: "reach.mail",
  neutral: "reach.neutral",
  post: "reach.post",
  counter: "reach.counter",
  representative: "reach.representative",
  none: "reach.none",
} as const satisfies Readonly<Record<ContactMode, WordKey>>;

/** The way that was chosen, with where it leads. */
export function ContactWords(props: {
  contact: { mode: ContactMode; address?: string | undefined; representative?: string | undefined };
  email: string;
}) {
  const { t } = useWords();
  const { mode, address, representative } = props.contact;
  const to =
    { mail: props.email, neutral: props.email, post: address, representative, counter: "", none: "" }[mode] ?? "";
  return (
    <>
      {t(MODE_WORDS[mode])}
      {to === "" ? null : (
        <>
          : <bdi>{to}</bdi>
        </>
      )}
    </>
  );
}
