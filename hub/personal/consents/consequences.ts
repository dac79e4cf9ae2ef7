import type { Agency, ComplaintContent, DisclosedItem, PartRole } from '../../../schemas/index.ts';
import { findReply } from '../../complaints/disclosure/disclose.ts';
import { disclosureOf } from '../../complaints/disclosure/disclosure.ts';
import type { Store } from '../../store/database.ts';
import { withUnseen } from '../with-personal.ts';
import type { ConsentEntry } from './list-consents.ts';

/** What follows when a consent is taken back, as the person is told before. */
export interface Consequences {
  /** Items that go to the agency no more. */
  stops: ConsentEntry['items'];
  /** Items of the consent that the agency gets all the same: by its role, for the law allows it for handling, or by another consent. */
  stays: ConsentEntry['items'];
  /** What left by it already, from the log of provisions: the newest first. The agency has to destroy it. */
  given: { at: Date; way: string; items: string[] }[];
}

/** The most copies that are shown. */
const mostGiven = 20;

const partText = `
select c.content, l.role from complaints c
left join links l on l.complaint_id = c.id and l.agency = $2 and l.contribution is null where c.id = $1`;

const givenText = `
select p.at, p.way, array(select item from unnest(p.items) item where item = any($3)) as items from provisions p
where p.complaint_id = $1 and p.agency = $2 and p.items && $3::text[] order by p.id desc limit ${mostGiven}`;

/** `standing`: all consents of the complaint that are in force. `configured`: the agency that the consent is for. */
export async function findConsequences(
  store: Store,
  complaintId: string,
  consent: ConsentEntry,
  { standing, configured }: { standing: readonly ConsentEntry[]; configured: Agency | undefined },
): Promise<Consequences> {
  const byLaw = await listByRole(store, complaintId, consent.agency, configured);
  const others = standing.filter((one) => one !== consent && one.agency === consent.agency);
  const isKept = (item: string) =>
    byLaw.has(item) || others.some(({ items }) => items.some((one) => one === item));
  const stops = consent.items.filter((item) => !isKept(item));
  const { rows } = await store.pool.query<Consequences['given'][number]>(givenText, [
    ...[complaintId, consent.agency, stops],
  ]);
  return { stops, stays: consent.items.filter(isKept), given: rows };
}

/** What the agency gets by its role alone. Which address is that for replies depends on what the person chose. */
async function listByRole(
  store: Store,
  complaintId: string,
  agency: string,
  configured: Agency | undefined,
): Promise<ReadonlySet<string>> {
  // Nobody is shown anything of the person.
  const row = await withUnseen(store, async ({ pool }) => {
    const { rows } = await pool.query<{ content: ComplaintContent; role: PartRole | null }>(partText, [
      ...[complaintId, agency],
    ]);
    return rows[0];
  });
  if (!row?.role) return new Set();
  const items: ReadonlySet<DisclosedItem> = disclosureOf(configured).items[row.role];
  const reply = items.has('reply') ? findReply(row.content.complainant) : undefined;
  return new Set([...items, ...(reply ? [reply] : [])]);
}
