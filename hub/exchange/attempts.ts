import { v7 as uuid } from 'uuid';
import type { Outcome } from '../../adapters/contract.ts';
import type { Store } from '../store/database.ts';
import { createGroupCommit } from '../store/group-commit.ts';
import type { LinkState } from '../store/tables.ts';

/** Where a link stands after a step of delivery. */
export interface Progress {
  linkId: string;
  held: number;
  externalId: string | null;
  /** The event whose outcome is still unknown; null: none. */
  attempting: number | null;
  tries: number;
  nextAt: Date;
  state: LinkState;
  lastError: string | null;
  owner: string | null;
  /** Id that the board gave to what was brought, by event number. */
  parts: Record<string, string>;
  /** The call that was made, for the book. */
  attempt?: { seq: number; outcome: Outcome['kind']; reason: string | null };
}

/**
 * The delivery's book: the link is marked before a call is made, and the call entered with its outcome afterwards.
 * A mark that nobody works on is a call of a process that ended: its outcome is unknown.
 */
export interface Attempts {
  /** Durable once it resolves: only then may the call be made. */
  start(linkId: string, seq: number): Promise<void>;
  record(progress: Progress): Promise<void>;
}

const startText = `
update links l set attempting = x.seq, attempting_since = now()
from jsonb_to_recordset($1::jsonb) as x(link_id uuid, seq int) where l.id = x.link_id`;

const recordText = `
with steps as (
  select * from jsonb_to_recordset($1::jsonb) as x(link_id uuid, held int, external_id text, attempting int, tries int,
    next_at timestamptz, state text, last_error text, owner text, parts jsonb, attempt_id uuid, seq int, outcome text, reason text)
), finished as (
  insert into attempts (id, link_id, seq, started_at, finished_at, outcome, reason)
  select x.attempt_id, x.link_id, x.seq, coalesce(l.attempting_since, now()), now(), x.outcome, x.reason
  from steps x join links l on l.id = x.link_id where x.outcome is not null
)
update links l set held = greatest(l.held, x.held), external_id = coalesce(l.external_id, x.external_id), attempting = x.attempting,
  tries = x.tries, next_at = x.next_at, state = x.state, last_error = x.last_error, owner = x.owner, parts = l.parts || x.parts
from steps x where l.id = x.link_id`;

const groupSize = 128;

export function createAttempts({ pool }: Store): Attempts {
  const start = createGroupCommit<{ link_id: string; seq: number }, void>(
    async (group) => {
      await pool.query({ name: 'start-attempts', text: startText, values: [JSON.stringify(group)] });
      return group.map(() => undefined);
    },
    { most: groupSize },
  );
  const record = createGroupCommit<Progress, void>(
    async (group) => {
      const rows = group.map((progress) => ({
        link_id: progress.linkId,
        held: progress.held,
        external_id: progress.externalId,
        attempting: progress.attempting,
        tries: progress.tries,
        next_at: progress.nextAt,
        state: progress.state,
        last_error: progress.lastError,
        owner: progress.owner,
        parts: progress.parts,
        attempt_id: progress.attempt ? uuid() : null,
        seq: progress.attempt?.seq ?? null,
        outcome: progress.attempt?.outcome ?? null,
        reason: progress.attempt?.reason ?? null,
      }));
      await pool.query({ name: 'record-progress', text: recordText, values: [JSON.stringify(rows)] });
      return group.map(() => undefined);
    },
    { most: groupSize },
  );
  return {
    start: (linkId, seq) => start({ link_id: linkId, seq }),
    record,
  };
}
