import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';

/** A copy that left the hub, as people see it: whose it was is said by the receipt number alone. */
export interface Provision {
  id: string;
  at: Date;
  receiptNumber: string;
  /** Null: the complainant. */
  agency: string | null;
  way: string;
  /** The name of an endpoint; empty otherwise. */
  recipient: string;
  seq: number;
  items: string[];
  /** What of the person the complaint held beside, and this copy did not. */
  withheld: string[];
  purpose: string;
  basis: string;
  /** False: it was sent, and no reply came. */
  certain: boolean;
}

/** Of one complaint, or to one agency between two times. */
export type ProvisionsAsked = { complaintId: string } | { agency: string; from: Date; to: Date };

/** For a file: more than anybody reads, and what memory holds. */
const mostProvisions = 50_000;

const columns = `p.id::text, p.at, p.agency, p.way, p.recipient, p.seq, p.items, p.withheld, p.purpose, p.basis, p.certain,
  (select c.receipt_number from complaints c where c.id = p.complaint_id) as "receiptNumber"`;

/** The statement of each question: by the index of the complaint, or of the agency and time. */
export function toProvisionsText(
  asked: ProvisionsAsked,
  place: Place,
  most: number,
): { text: string; values: unknown[] } {
  const backwards = place.before !== undefined;
  const [, at, id] = (place.before ?? place.after ?? '').split('_');
  const isPlace = /^\d{1,15}$/.test(at ?? '') && /^\d{1,18}$/.test(id ?? '');
  const beyond = isPlace ? [new Date(Number(at)), id] : [new Date(8_640_000_000_000), '0'];
  const compare = backwards ? '>' : '<';
  const direction = backwards ? 'asc' : 'desc';
  if ('complaintId' in asked)
    return {
      text: `select ${columns} from provisions p where p.complaint_id = $1 and ($2::bigint = 0 or p.id ${compare} $2)
        order by p.id ${direction} limit ${most}`,
      values: [asked.complaintId, isPlace ? id : '0'],
    };
  return {
    text: `select ${columns} from provisions p where p.agency = $1 and p.at >= $2 and p.at < $3 and (p.at, p.id) ${compare} ($4, $5)
      order by p.at ${direction}, p.id ${direction} limit ${most}`,
    values: [asked.agency, asked.from, asked.to, ...beyond],
  };
}

const toCursor = ({ at, id }: Provision) => `provided_${at.getTime()}_${id}`;

/** A page of it, the newest first. */
export async function listProvisions(
  { pool }: Pick<Store, 'pool'>,
  asked: ProvisionsAsked,
  place: Place,
): Promise<Page<Provision>> {
  const { text, values } = toProvisionsText(asked, place, pageSize + 1);
  return toPage((await pool.query<Provision>(text, values)).rows, place, toCursor);
}

/** All of it, at most {@link mostProvisions}, the newest first. */
export async function listAllProvisions(
  { pool }: Pick<Store, 'pool'>,
  asked: ProvisionsAsked,
): Promise<Provision[]> {
  const { text, values } = toProvisionsText(asked, {}, mostProvisions);
  return (await pool.query<Provision>(text, values)).rows;
}
