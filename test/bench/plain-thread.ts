// A sealing thread that leaves payloads readable: what is left when sealing costs nothing. Of the bench alone.
import { runSealingThread } from "#app/feeds/store/run-sealing-thread.server.ts";

await runSealingThread((_place, content, column) => column.bytea(content));
