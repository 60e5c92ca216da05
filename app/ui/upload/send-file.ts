/**
 * Sends a file in pieces and goes on where it stopped, however often the line is lost. Runs in the browser; knows
 * nothing of pages, so that a test can be the line.
 */

/** What is left of one piece when the line is lost is sent again. */
const PART_BYTES = 4 << 20;
const MEGABYTE = 1 << 20;
/** How long to wait before the next try, in seconds; the last one for as long as it takes. */
const WAITS = [1, 2, 4, 8, 15, 30];

/** Of a browser's File what is needed; its name is not. */
export interface FileLike {
  readonly size: number;
  readonly lastModified: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export interface Line {
  /** Which upload it is, and its first byte that has not arrived. */
  begin(file: { size: number; fingerprint: string }): Promise<{ id: string; offset: number }>;
  /** @returns the first byte that has not arrived */
  send(id: string, offset: number, bytes: ArrayBuffer): Promise<number>;
  offsetOf(id: string): Promise<number>;
}

/** The other side has said no: trying again would not help. `reason` is what the page says then. */
export class SendingRefused extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.name = "SendingRefused";
    this.reason = reason;
  }
}

export interface Sending {
  /** Told how many bytes have arrived, and whether the line is there. */
  onProgress(arrived: number, isConnected: boolean): void;
  wait(seconds: number): Promise<void>;
}

/**
 * @returns the upload's id when every byte has arrived
 * @throws SendingRefused, and what reading the file throws: it may have been changed or taken away meanwhile.
 */
export async function sendFile(file: FileLike, line: Line, { onProgress, wait }: Sending): Promise<string> {
  let arrived = 0;

  /** Tries until it is answered; a refusal is an answer. */
  async function insist<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof SendingRefused) throw error;
        onProgress(arrived, false);
        await wait(WAITS[Math.min(tries, WAITS.length - 1)] ?? 1);
      }
    }
  }

  const fingerprint = await fingerprintOf(file);
  const { id, offset } = await insist(() => line.begin({ size: file.size, fingerprint }));
  arrived = offset;
  onProgress(arrived, true);
  let isFirst = true;
  // An empty piece at the end says the end again, if nobody has heard it.
  while (arrived < file.size || isFirst) {
    isFirst = false;
    const bytes = await file.slice(arrived, arrived + PART_BYTES).arrayBuffer();
    let isLost = false;
    arrived = await insist(async () => {
      // What became of a piece whose answer was lost, only the other side knows.
      if (isLost) {
        const there = await line.offsetOf(id);
        if (there !== arrived) return there;
      }
      isLost = true;
      return line.send(id, arrived, bytes);
    });
    onProgress(arrived, true);
  }
  return id;
}

/** Makes a file known again without its name. SHA-256 (hex) of size, time of change, first and last megabyte. */
export async function fingerprintOf(file: FileLike): Promise<string> {
  const facts = new TextEncoder().encode(`${file.size} ${file.lastModified} `);
  const head = new Uint8Array(await file.slice(0, MEGABYTE).arrayBuffer());
  const tail = new Uint8Array(await file.slice(Math.max(0, file.size - MEGABYTE), file.size).arrayBuffer());
  const all = new Uint8Array(facts.length + head.length + tail.length);
  all.set(facts);
  all.set(head, facts.length);
  all.set(tail, facts.length + head.length);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", all));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
