import type { Change } from '../../../adapters/contract.ts';
import type { LinkRole, PartPost, PartRole } from '../../../schemas/index.ts';
import { type ComplaintRow, toComplaint } from '../../complaints/complaint-row.ts';
import { discloseComplaint, discloseEvent, listProvided } from '../../complaints/disclosure/disclose.ts';
import { type Disclosure, withConsents } from '../../complaints/disclosure/disclosure.ts';
import { type EventRow, toEvent } from '../../complaints/load-matters.ts';
import type { NumberedEvent } from '../../complaints/state.ts';
import { type Substitutes, withSubstitutes } from '../../complaints/substitutes.ts';
import { agoOf, toTime } from '../../store/clocks.ts';
import { type Store, toHotStatement } from '../../store/database.ts';
import type { Provided } from '../../store/tables/column-types.ts';
import { findPart, type GivenColumns, givenColumns } from '../parts/part-rows.ts';
import { toLinkRole } from '../parts/to-part-change.ts';

/** A link whose board is behind, with the events that the board lacks. */
export interface BehindLink {
  id: string;
  agency: string;
  role: LinkRole;
  externalId: string | null;
  joined: number;
  held: number;
  attempting: number | null;
  attemptingSince: Date | null;
  tries: number;
  /** Events that the board had reached and gets again; see passOver in complaints/links.ts. */
  again: number[];
  reached: number;
  rounds: Record<string, number>;
  nextAt: Date;
  /** With the items of the complainant that the agency gets. */
  complaint: Change['complaint'];
  provided: Provided;
  /** Present: the link is about a part. Complaint and events are then those of its post. */
  part?: PartPost | undefined;
  /** Events after `held`, in order; at most {@link eventsAtOnce}. */
  events: NumberedEvent[];
}

const eventsAtOnce = 20;

const statement = toHotStatement({
  name: 'find-behind-links',
  text: `
select l.id as link_id, l.agency, l.role, l.external_id, l.joined, l.held, l.attempting, l.tries,
  ${agoOf('l.attempting_since')} as attempting_since_ago, ${agoOf('l.next_at')} as next_at_ago,
  l.again, l.reached, l.rounds, l.substitutes, ${givenColumns}, c.*,
  (select jsonb_agg(to_jsonb(e) order by e.seq) from events e
    where e.complaint_id = l.complaint_id and e.seq > l.held and e.seq <= l.held + ${eventsAtOnce}) as events
from links l join complaints c on c.id = l.complaint_id
where l.agency = $1 and l.state = 'open' and l.held < l.due and l.next_at <= now() and l.given is null and not l.id = any($2::uuid[])
order by l.next_at, l.id limit $3`,
});

type Row = ComplaintRow &
  GivenColumns & {
    link_id: string;
    agency: string;
    role: PartRole;
    external_id: string | null;
    joined: number;
    held: number;
    attempting: number | null;
    attempting_since_ago: number | null;
    tries: number;
    again: number[];
    reached: number;
    rounds: Record<string, number>;
    next_at_ago: number;
    substitutes: Substitutes;
    events: EventRow[] | null;
  };

/**
 * Links of one agency that are due now, longest waiting first. Links in `underWay`, and links that an agent still
 * has, are left out. `disclosure`: which items of the complainants the agency gets.
 */
export async function findBehindLinks(
  store: Store,
  { agency, disclosure }: { agency: string; disclosure: Disclosure },
  underWay: string[],
  limit: number,
): Promise<BehindLink[]> {
  const { rows } = await store.hot.query<Row>(statement([agency, underWay, limit]));
  return rows.map((row) => toBehindLink(row, disclosure));
}

function toBehindLink(row: Row, ofAgency: Disclosure): BehindLink {
  const disclosure = withConsents(ofAgency, row.consented);
  const whole = toComplaint(row);
  const part = findPart(row, whole, disclosure);
  const own = (row.events ?? []).map(toEvent);
  const complaint = part?.complaint ?? discloseComplaint(whole, row.role, disclosure);
  const events = own.map(part?.show ?? ((event) => discloseEvent(event, row.role, disclosure)));
  return {
    id: row.link_id,
    agency: row.agency,
    // On the board, the agency is the one that answers this post.
    role: part ? 'assignee' : toLinkRole(row.role),
    externalId: row.external_id,
    joined: row.joined,
    held: row.held,
    attempting: row.attempting,
    attemptingSince: toTime(row.attempting_since_ago),
    tries: row.tries,
    again: row.again,
    reached: row.reached,
    rounds: row.rounds,
    nextAt: new Date(Date.now() - row.next_at_ago),
    // What this board cannot write, a person replaced.
    complaint: withSubstitutes(complaint, row.substitutes),
    events: withSubstitutes(events, row.substitutes),
    provided: listProvided(whole.content, row.role, disclosure),
    part: part?.part,
  };
}
