import { createContext, type ReactNode, useContext } from "react";
import type { Locale } from "../locale.ts";
import { getWords, type Words } from "./words.ts";

const LocaleContext = createContext<Locale>("en");

/** Says in which language everything inside it speaks. */
export function LocaleProvider(props: { locale: Locale; children: ReactNode }) {
  return <LocaleContext.Provider value={props.locale}>{props.children}</LocaleContext.Provider>;
}

/** The reader's language: `t(key, params)`, `say(message)` and `locale`. */
export function useWords(): Words {
  return getWords(useContext(LocaleContext));
}
