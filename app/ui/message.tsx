import { useWords } from "./words/use-words.tsx";
import type { Message } from "./words/words.ts";

/** Says a message of a form or a rule in the reader's language. */
export function Say(props: { message: Message }) {
  const { say } = useWords();
  return <>{say(props.message)}</>;
}
