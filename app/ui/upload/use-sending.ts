import { useNavigate } from "@remix-run/react";
import { type FormEvent, useRef, useState } from "react";
import { useWords } from "../words/use-words.tsx";
import { fetchLine } from "./fetch-line.ts";
import { SendingRefused, sendFile } from "./send-file.ts";

/** How an upload stands, as the page shows it. */
export type SendingState =
  | { readonly kind: "idle" }
  | { readonly kind: "sending"; readonly arrived: number; readonly size: number; readonly isConnected: boolean }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Takes a form's file from the browser's own sending, and sends it in pieces. Where a browser cannot (no script, no
 * https), or when no file was chosen, the form goes its ordinary way.
 */
export function useSending(): { state: SendingState; onSubmit(event: FormEvent<HTMLFormElement>): void } {
  const { t } = useWords();
  const navigate = useNavigate();
  const [state, setState] = useState<SendingState>({ kind: "idle" });
  const isBusy = useRef(false);

  async function send(log: string, file: File): Promise<void> {
    const { size } = file;
    const line = fetchLine(log, { signedOut: t("upload.signedOut"), gone: t("upload.gone") });
    setState({ kind: "sending", arrived: 0, size, isConnected: true });
    try {
      const id = await sendFile(file, line, {
        onProgress: (arrived, isConnected) => setState({ kind: "sending", arrived, size, isConnected }),
        wait: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
      });
      navigate(`/desk/feeds/uploads/${id}`);
    } catch (error) {
      // What reading a file throws is the browser's word for it; the page has its own.
      setState({ kind: "refused", reason: error instanceof SendingRefused ? error.reason : t("upload.changed") });
    } finally {
      isBusy.current = false;
    }
  }

  return {
    state,
    onSubmit(event) {
      const data = new FormData(event.currentTarget);
      const file = data.get("file");
      const log = data.get("log");
      if (globalThis.crypto?.subtle === undefined || typeof log !== "string" || log === "") return;
      if (!(file instanceof File) || file.name === "") return;
      event.preventDefault();
      if (isBusy.current) return;
      isBusy.current = true;
      void send(log, file);
    },
  };
}
