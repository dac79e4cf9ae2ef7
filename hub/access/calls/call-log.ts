import type { Logger } from 'pino';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { Tables } from '../../store/tables/tables.ts';

export type Door = Tables['door_calls']['door'];

/** A call at a door, as an agency's engineer may see it: nothing of what was said in it. */
interface DoorCall {
  agency: string;
  door: Door;
  operation: string | null;
  status: number;
  /** The code of the refusal. */
  problem: string | null;
  ms: number;
  request: string;
  keyId: string | null;
}

/** Keeps calls for engineers. Noting one costs no query, and no call waits for it or fails by it. */
export interface CallLog {
  note(call: DoorCall): void;
  /** Writes what is noted so far. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Calls that wait to be written. While the database is away, newer ones are not kept. */
const mostWaiting = 20_000;
/** Calls in one statement. */
const batch = 1_000;

const text = `
with given as materialized (
  select * from jsonb_to_recordset($1::jsonb)
    as x(agency text, id uuid, door text, operation text, status int, problem text, ms int, request text, "keyId" uuid)
), written as (
  insert into door_calls (agency, id, door, operation, status, problem, ms, request, key_id)
  select agency, id, door, operation, status, problem, ms, request, "keyId" from given
), counted as (
  insert into door_logs (agency, uncut) select agency, count(*) from given group by agency order by agency
  on conflict (agency) do update set uncut = door_logs.uncut + excluded.uncut
)
insert into door_days (agency, day, door, calls, failed, limited)
select agency, (now() at time zone 'Asia/Seoul')::date, door, count(*),
  count(*) filter (where problem is not null or status >= 400), count(*) filter (where status = 429)
from given group by agency, door order by agency, door
on conflict (agency, day, door) do update set calls = door_days.calls + excluded.calls,
  failed = door_days.failed + excluded.failed, limited = door_days.limited + excluded.limited`;

/** `every`: milliseconds from a call to its writing. A crash loses so much of the log, and nothing else. */
export function createCallLog({ pool }: Pick<Store, 'pool'>, log: Logger, every = 1_000): CallLog {
  let waiting: (DoorCall & { id: string })[] = [];
  let lost = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const calls = waiting.slice(0, batch);
      await pool.query({ name: 'write-door-calls', text, values: [JSON.stringify(calls)] });
      waiting = waiting.slice(calls.length);
    }
    if (lost > 0)
      log.warn({ lost }, 'calls are missing in the log for engineers: the database took too long');
    lost = 0;
  }

  /** One writer at a time: what comes meanwhile is written by the same or by the next. */
  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing ??= write()
      .catch((err: unknown) => log.debug({ err }, 'calls were not written to the log for engineers'))
      .finally(() => {
        writing = undefined;
        if (waiting.length > 0) wait();
      });
    return writing;
  }

  function wait(): void {
    timer ??= setTimeout(() => void flush(), every);
    timer.unref();
  }

  return {
    note(call) {
      if (waiting.length >= mostWaiting) {
        lost += 1;
        return;
      }
      waiting.push({ ...call, id: newId() });
      wait();
    },
    flush,
    async stop() {
      await flush();
      clearTimeout(timer);
    },
  };
}
