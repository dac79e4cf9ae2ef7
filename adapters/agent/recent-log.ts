import { type DestinationStream, type Logger, pino } from 'pino';
import { type AgentAsk, type LogLevel, longestLogLine, mostLogLines } from '../../schemas/index.ts';
import { createRedactedLog } from '../relay/redacted-log.ts';

/** The newest lines of the log, as they were written: redacted. They are in memory alone, and end with the process. */
export interface RecentLog {
  /** The newest lines from this level on, oldest first. */
  list(wish: NonNullable<AgentAsk['logs']>): string[];
}

export interface AgentLog {
  log: Logger;
  recentLog: RecentLog;
}

/** Bytes that the kept lines may take. */
const mostBytes = 256 * 1024;
/** Pino's numbers of the levels. */
const least: Record<LogLevel, number> = { error: 50, warn: 40, info: 30, debug: 20 };

/** The agent's log. It goes to the output, line by line, and the newest lines stay here for the hub. */
export function createAgentLog(level: string, output: DestinationStream = pino.destination(1)): AgentLog {
  const kept: { level: number; line: string; bytes: number }[] = [];
  let bytes = 0;

  function keep(written: string): void {
    const line = cut(written.trimEnd());
    const size = Buffer.byteLength(line);
    kept.push({ level: Number(/^\{"level":(\d+)/.exec(line)?.[1] ?? least.info), line, bytes: size });
    bytes += size;
    while (kept.length > mostLogLines || bytes > mostBytes) bytes -= kept.shift()?.bytes ?? 0;
  }

  const destination: DestinationStream = {
    write(line) {
      keep(line);
      output.write(line);
    },
  };
  return {
    log: createRedactedLog(level, destination),
    recentLog: {
      list: (wish) =>
        kept
          .filter((one) => one.level >= least[wish.level])
          .slice(-wish.most)
          .map(({ line }) => line),
    },
  };
}

/** A line was redacted before, so that nothing comes to light where it is cut. */
const cut = (line: string): string =>
  line.length > longestLogLine ? `${line.slice(0, longestLogLine - 1)}…`.toWellFormed() : line;
