import { type Line, SendingRefused } from "./send-file.ts";

/** Sentences that only the page knows how to say. */
export interface LineWords {
  readonly signedOut: string;
  readonly gone: string;
}

const BEGIN = "/desk/feeds/uploads";

/** The portal as the browser reaches it. `log` is which log the file is of, as the form names it. */
export function fetchLine(log: string, words: LineWords): Line {
  async function ask(path: string, init: RequestInit): Promise<Record<string, unknown>> {
    // A redirection leads to the sign-in: its page must not pass for an answer.
    const response = await fetch(path, { ...init, redirect: "manual" });
    if (response.type === "opaqueredirect") throw new SendingRefused(words.signedOut);
    if (response.status === 404) throw new SendingRefused(words.gone);
    // 409 is an answer: another offset would be right, and here it is.
    if (!response.ok && ![409, 413, 422].includes(response.status)) throw new Error("no answer");
    const answer: unknown = await response.json();
    const { reason } = answer as { reason?: unknown };
    if (typeof reason === "string") throw new SendingRefused(reason);
    return answer as Record<string, unknown>;
  }
  const offsetIn = (answer: Record<string, unknown>) => Number(answer["offset"]);

  return {
    async begin({ size, fingerprint }) {
      const body = new URLSearchParams({ log, size: String(size), fingerprint });
      const answer = await ask(BEGIN, { method: "POST", body });
      return { id: String(answer["id"]), offset: offsetIn(answer) };
    },
    async send(id, offset, bytes) {
      const headers = { "content-type": "application/octet-stream", "upload-offset": String(offset) };
      return offsetIn(await ask(`${BEGIN}/${id}/part`, { method: "POST", headers, body: bytes }));
    },
    offsetOf: async (id) => offsetIn(await ask(`${BEGIN}/${id}/part`, {})),
  };
}
