import type { Locale } from "../locale.ts";

/** A letter, word for word, in the language in which it was written. */
export function LetterPaper(props: { subject: string; text: string; locale: Locale }) {
  return (
    <div className="wl-letter" lang={props.locale}>
      <p className="wl-letter__subject">{props.subject}</p>
      <p className="wl-letter__text">{props.text}</p>
    </div>
  );
}
