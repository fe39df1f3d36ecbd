import { type Logger, pino } from "pino";

/** `text` is one readable line per entry, `json` is pino's JSON lines. */
export type LogFormat = "text" | "json";
export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

export interface Log {
  /** False spares callers the cost of building what would not be written. */
  readonly isDebug: boolean;
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Entries go to standard error: standard output carries the ready line and what commands print. */
export function createLog(options: { format: LogFormat; level: LogLevel; write: (line: string) => void }): Log {
  const logger = pino(
    {
      level: options.level,
      base: null,
      messageKey: "message",
      errorKey: "error",
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.err },
    },
    { write: options.format === "json" ? options.write : (line) => options.write(readable(line)) },
  );
  return entries(logger);
}

export const silentLog: Log = { isDebug: false, debug() {}, info() {}, warn() {}, error() {} };

function entries(logger: Logger): Log {
  return {
    isDebug: logger.isLevelEnabled("debug"),
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  };
}

/** `21:04:05.123 info  message key=value`; an error's stack follows on lines of its own. */
function readable(line: string): string {
  const { level, time, message, error, ...fields } = JSON.parse(line) as Record<string, unknown>; // pino wrote this line
  let text = `${String(time).slice(11, 23)} ${String(level).padEnd(5)} ${String(message)}`;
  for (const [name, value] of Object.entries(fields)) {
    text += ` ${name}=${typeof value === "string" ? value : JSON.stringify(value)}`;
  }
  if (error !== null && typeof error === "object" && "stack" in error) text += `\n${String(error.stack)}`;
  return `${text}\n`;
}
