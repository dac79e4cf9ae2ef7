import type { ComplaintKind } from '../../schemas/index.ts';
import type { Queryable } from '../store/database.ts';

/** What an agency has kept long enough. */
export interface Over {
  agency: string;
  kinds: ComplaintKind[];
  /** What was completed before. */
  cutoff: Date;
}

/** Complaints on which nothing more is expected, as the index complaints_over has them. */
const over = `c.assignee = $1 and c.kind = any($2) and c.updated_at < $3 and c.destroyed_at is null
  and c.status in ('answered', 'closed', 'withdrawn', 'rejected')`;
const held = 'exists (select from retention_holds h where h.complaint_id = c.id and h.ended_at is null)';
/** A board, a feed or a person is still to be told of it. */
const underWay = `(exists (select from links l where l.complaint_id = c.id and l.state <> 'screen'
    and (l.held < l.due or l.attempting is not null or l.given is not null))
  or exists (select from notices n where n.complaint_id = c.id and n.state = 'due')
  or exists (select from held_acts a where a.complaint_id = c.id and a.state = 'held'))`;

const toValues = ({ agency, kinds, cutoff }: Over): unknown[] => [agency, kinds, cutoff];

export interface OverCounts {
  /** All whose time is over. */
  all: number;
  /** Of these, those that a person holds, and those that are still to be brought to somebody. */
  held: number;
  underWay: number;
}

export async function countOver(client: Queryable, of: Over): Promise<OverCounts> {
  const { rows } = await client.query<OverCounts>(
    `select count(*)::int as "all", (count(*) filter (where ${held}))::int as held,
       (count(*) filter (where not ${held} and ${underWay}))::int as "underWay"
     from complaints c where ${over}`,
    toValues(of),
  );
  return rows[0] ?? { all: 0, held: 0, underWay: 0 };
}

export interface OverComplaint {
  id: string;
  receiptNumber: string;
  kind: ComplaintKind;
}

/** Locks the oldest ones that may be destroyed, so that no answer and no hold comes between. */
export async function lockOver(client: Queryable, of: Over, most: number): Promise<OverComplaint[]> {
  const { rows } = await client.query<OverComplaint>(
    `select c.id, c.receipt_number as "receiptNumber", c.kind from complaints c
     where ${over} and not ${held} and not ${underWay}
     order by c.updated_at, c.id limit $4 for update of c skip locked`,
    [...toValues(of), most],
  );
  return rows;
}

export interface ShownOver {
  receiptNumber: string;
  kind: ComplaintKind;
  completedAt: Date;
  held: boolean;
  underWay: boolean;
}

/** The oldest of them, for people who look before. */
export async function listOver(client: Queryable, of: Over, most: number): Promise<ShownOver[]> {
  const { rows } = await client.query<ShownOver>(
    `select c.receipt_number as "receiptNumber", c.kind, c.updated_at as "completedAt", ${held} as held, ${underWay} as "underWay"
     from complaints c where ${over} order by c.updated_at, c.id limit $4`,
    [...toValues(of), most],
  );
  return rows;
}
