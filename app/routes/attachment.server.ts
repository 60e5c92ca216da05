interface FileBytes {
  readonly bytes: Buffer;
  /** Made by the portal: ASCII, without a quote. */
  readonly fileName: string;
}

/** A file to be kept: no browser shows it by itself, no cache keeps it, and nothing in it may run or reach out. */
export function attachment(mediaType: "application/pdf", { bytes, fileName }: FileBytes): Response {
  return new Response(new Uint8Array(bytes), {
    headers: { ...SHUT, "Content-Type": mediaType, "Content-Disposition": `attachment; filename="${fileName}"` },
  });
}

/** A picture, and nothing but a picture, whatever stands in its bytes. */
export function picture(mediaType: "image/jpeg" | "image/png", bytes: Buffer): Response {
  return new Response(new Uint8Array(bytes), {
    headers: { ...SHUT, "Content-Type": mediaType, "Content-Disposition": "inline" },
  });
}

const SHUT = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "Cross-Origin-Resource-Policy": "same-origin",
} as const;
