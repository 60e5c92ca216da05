import { createContext, type ReactNode, useContext } from "react";

const NonceContext = createContext<string | undefined>(undefined);

/** Hands the response's nonce to the scripts of its page. It never enters the page's data, and a browser hides it. */
export function NonceProvider(props: { nonce: string; children: ReactNode }) {
  return <NonceContext.Provider value={props.nonce}>{props.children}</NonceContext.Provider>;
}

/** The nonce while the server draws; undefined in a browser. */
export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
