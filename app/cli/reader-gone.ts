/** Has the other end of the pipe been closed, by this write or by an earlier one? */
export function isReaderGone(error: Error): boolean {
  return ["EPIPE", "ERR_STREAM_DESTROYED"].includes((error as NodeJS.ErrnoException).code ?? "");
}
