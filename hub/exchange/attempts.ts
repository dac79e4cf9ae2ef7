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
  attempt?: { id: string; outcome: Outcome['kind']; reason: string | null };
}

/** The delivery's book: each call is written before it is made and completed afterwards. */
export interface Attempts {
  /** Durable once it resolves: only then may the call be made. Returns the id of the attempt. */
  start(linkId: string, seq: number): Promise<string>;
  record(progress: Progress): Promise<void>;
}

const startText = `
with started as (
  insert into attempts (id, link_id, seq, started_at)
  select x.id, x.link_id, x.seq, now() from jsonb_to_recordset($1::jsonb) as x(id uuid, link_id uuid, seq int)
)
update links l set attempting = x.seq
from jsonb_to_recordset($1::jsonb) as x(link_id uuid, seq int) where l.id = x.link_id`;

const recordText = `
with finished as (
  update attempts a set finished_at = now(), outcome = x.outcome, reason = x.reason
  from jsonb_to_recordset($1::jsonb) as x(attempt_id uuid, outcome text, reason text) where a.id = x.attempt_id
)
update links l set held = greatest(l.held, x.held), external_id = coalesce(l.external_id, x.external_id), attempting = x.attempting,
  tries = x.tries, next_at = x.next_at, state = x.state, last_error = x.last_error, owner = x.owner, parts = l.parts || x.parts
from jsonb_to_recordset($1::jsonb) as x(link_id uuid, held int, external_id text, attempting int, tries int, next_at timestamptz,
  state text, last_error text, owner text, parts jsonb)
where l.id = x.link_id`;

const groupSize = 128;

export function createAttempts({ pool }: Store): Attempts {
  const start = createGroupCommit<{ id: string; link_id: string; seq: number }, string>(
    async (group) => {
      await pool.query({ name: 'start-attempts', text: startText, values: [JSON.stringify(group)] });
      return group.map(({ id }) => id);
    },
    { most: groupSize },
  );
  const record = createGroupCommit<Progress, undefined>(
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
        attempt_id: progress.attempt?.id ?? null,
        outcome: progress.attempt?.outcome ?? null,
        reason: progress.attempt?.reason ?? null,
      }));
      await pool.query({ name: 'record-progress', text: recordText, values: [JSON.stringify(rows)] });
      return group.map(() => undefined);
    },
    { most: groupSize },
  );
  return {
    start: (linkId, seq) => start({ id: uuid(), link_id: linkId, seq }),
    record,
  };
}
