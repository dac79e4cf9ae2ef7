import { redactLine } from '../../../adapters/relay/redacted-log.ts';
import type { AgentAsk, LogLevel } from '../../../schemas/index.ts';
import type { Queryable } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { agentPolicy } from '../boards/agent-policy.ts';

/*
 * The one owner of `agent_logs`: what agencies' agents are asked of their logs, and what came. One row an agency, so that
 * asking twice doubles nothing. Rows are pruned after a day.
 */

/** What is asked of an agent's log. */
export interface LogWish {
  level: LogLevel;
  most: number;
}

/** A line of an agent's log, taken apart. `fields`: what else stands in it. */
interface LogLine {
  /** By the agent's clock. Null: the line is no JSON, or was cut. */
  at: Date | null;
  level: LogLevel | null;
  message: string;
  fields: string;
}

export interface AgentLogs {
  /**
   * - `impossible`: the agent is of a version that sends no logs
   * - `asked`: the question waits for the agent, which may be away; lines of an earlier question are there meanwhile
   * - `sent`: the lines are what the newest question brought
   */
  state: 'none' | 'impossible' | 'asked' | 'sent';
  asked: (LogWish & { by: string; at: Date }) | null;
  sentAt: Date | null;
  lines: LogLine[];
}

/** Why an agent cannot be asked now. */
export type LogsRefused = 'old' | 'unheard';

const isKept = "greatest(l.asked_at, l.sent_at) > now() - interval '24 hours'";

interface Row {
  waits: boolean | null;
  level: LogLevel | null;
  most: number;
  asked_by: string;
  asked_at: Date;
  sent_at: Date | null;
  lines: string[] | null;
  version: string | null;
  sends: boolean | null;
}

/** How it stands, and the newest lines that came, oldest first. */
export async function readLogs(client: Queryable, agency: string): Promise<AgentLogs> {
  const { rows } = await client.query<Row>(
    `select l.ask_id is not null as waits, l.level, l.most, l.asked_by, l.asked_at, l.sent_at, l.lines,
       a.heartbeat ->> 'agent' as version, (a.heartbeat ->> 'sendsLogs')::boolean as sends
     from (select 1) one left join agents a on a.agency = $1 left join agent_logs l on l.agency = $1 and ${isKept}`,
    [agency],
  );
  const [row] = rows;
  const isThere = row !== undefined && row.level !== null;
  return {
    state: toState(row),
    asked:
      isThere && row.level ? { level: row.level, most: row.most, by: row.asked_by, at: row.asked_at } : null,
    sentAt: row?.sent_at ?? null,
    lines: (row?.lines ?? []).map(toLogLine),
  };
}

function toState(row: Row | undefined): AgentLogs['state'] {
  if (row?.version && !row.sends) return 'impossible';
  if (!row?.level) return 'none';
  return row.waits ? 'asked' : 'sent';
}

/**
 * Asks, or leaves the same question that waits as it is. Another one takes its place. Call `wake` of the agent afterwards.
 * Returns why it cannot be asked.
 */
export async function askForLogs(
  client: Queryable,
  { agency, level, most, by }: LogWish & { agency: string; by: string },
): Promise<LogsRefused | undefined> {
  const { rows } = await client.query<{ heard: boolean; sends: boolean | null }>(
    `select heartbeat is not null as heard, (heartbeat ->> 'sendsLogs')::boolean as sends from agents where agency = $1`,
    [agency],
  );
  if (!rows[0]?.heard) return 'unheard';
  if (!rows[0].sends) return 'old';
  await client.query(
    `insert into agent_logs as l (agency, ask_id, level, most, asked_by) values ($1, $2, $3, $4, $5)
     on conflict (agency) do update set ask_id = excluded.ask_id, level = excluded.level, most = excluded.most,
       asked_by = excluded.asked_by, asked_at = now(), given_at = null
     where l.ask_id is null or l.asked_at < now() - interval '24 hours'
       or (l.level, l.most) is distinct from (excluded.level, excluded.most)`,
    [agency, newId(), level, most, by],
  );
  return undefined;
}

/** The question for this agent, if it was never given out, or so long ago that the reply may be lost. */
export async function takeLogAsk(client: Queryable, agency: string): Promise<AgentAsk[]> {
  const { rows } = await client.query<LogWish & { id: string }>({
    name: 'take-log-ask',
    text: `update agent_logs l set given_at = now() where agency = $1 and ask_id is not null and ${isKept}
             and (given_at is null or given_at < now() - make_interval(secs => $2))
             and exists (select from agents a where a.agency = $1 and (a.heartbeat ->> 'sendsLogs')::boolean)
           returning ask_id as id, level, most`,
    values: [agency, agentPolicy.askAgain],
  });
  return rows.map(({ id, level, most }) => ({ id, what: 'logs', logs: { level, most } }));
}

/**
 * Keeps what the agent sent. False: it answers no question that waits (any more). Lines are redacted here once more: another
 * program could stand in the agent's place.
 */
export async function keepLogs(
  client: Queryable,
  agency: string,
  ask: string,
  lines: readonly string[],
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update agent_logs set ask_id = null, sent_level = level, sent_at = now(), lines = $3 where agency = $1 and ask_id = $2`,
    [agency, ask, JSON.stringify(lines.map(redactLine))],
  );
  return rowCount === 1;
}

/** Pino's numbers. */
const levels: Record<number, LogLevel> = { 60: 'error', 50: 'error', 40: 'warn', 30: 'info', 20: 'debug' };
/** They say nothing to whoever looks at one agent's log. */
const leftOut = new Set(['level', 'time', 'msg', 'pid', 'hostname']);

/** A line as the agent wrote it, or as much of it as can be read. */
function toLogLine(line: string): LogLine {
  const said = parse(line);
  if (!said) return { at: null, level: null, message: line, fields: '' };
  const { time, level, msg } = said;
  const others = Object.entries(said).filter(([name]) => !leftOut.has(name));
  return {
    at: typeof time === 'number' && Math.abs(time) < 8.64e15 ? new Date(time) : null,
    level: levels[Number(level)] ?? null,
    message: typeof msg === 'string' ? msg : '',
    fields: others.map(([name, value]) => `${name}=${toWord(value)}`).join(' '),
  };
}

const toWord = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
