import { createWriteStream, openSync } from "node:fs";

/** JSON lines, one of each request, added to the end of a file. */
export interface AuditLog {
  write(record: object): void;
  /** Once all that was written is in the file. */
  close(): Promise<void>;
}

/** Only its owner may read a file that is made. Throws where it cannot be opened; what cannot be written later is told. */
export function openAuditLog(path: string, onFailure: (error: Error) => void): AuditLog {
  const stream = createWriteStream(path, { fd: openSync(path, "a", 0o600) });
  stream.on("error", onFailure);
  return {
    write(record) {
      stream.write(`${JSON.stringify(record)}\n`);
    },
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}
