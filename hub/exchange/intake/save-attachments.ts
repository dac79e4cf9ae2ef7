import { filesOf, type HistoryType } from '../../../schemas/index.ts';
import { type Reason, toReason } from '../../../schemas/reason.ts';
import { findNameProblem } from '../../attachments/file-types.ts';
import { openTo, toLawful } from '../../attachments/lawful.ts';
import { type Limits, limitsOf, toSizeText } from '../../attachments/limits.ts';
import type { Decision, NamedAttachment } from '../../complaints/state.ts';
import type { Directory } from '../../configuration/directory.ts';
import type { Queryable } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { Keyed } from '../../store/sealing/keyed.ts';
import type { Keys } from '../../store/sealing/keys.ts';
import { clearMembers, sealReason } from '../../store/sealing/sealed-columns.ts';
import { sealLeaves } from '../../store/sealing/sealed-leaves.ts';
import type { Incoming } from './incoming.ts';

const saveText = `
with given as (
  select x.id, x.complaint_id, x.seq, x.position, x.agency, x.via, x.link_id, x.reference, x.known_as, x.declared, x.last_error,
    u.id as upload_id, u.sha256, (select ${openTo('c.inside', '$2')} from attachment_contents c where c.sha256 = u.sha256) as open_to
  from jsonb_to_recordset($1::jsonb) as x(id uuid, complaint_id uuid, seq int, position int, agency text, via text, link_id uuid,
    reference text, known_as text, declared jsonb, last_error jsonb)
  left join uploads u on x.via = 'upload' and u.agency = x.agency and u.id::text = x.declared ->> 'id' and u.sha256 is not null
), now_named as (
  update uploads set named = true where id in (select upload_id from given) and not named
)
insert into attachments (id, complaint_id, seq, position, agency, via, link_id, reference, declared, state, last_error, sha256, open_to)
select id, complaint_id, seq, position, agency, via, link_id, reference, declared,
  case when last_error is not null then 'refused' when upload_id is null then 'wanted' when open_to is null then 'held' else 'withheld' end, last_error,
  case when last_error is null then sha256 end, open_to
from given g where known_as is null or not exists (
  select from attachments a where a.complaint_id = g.complaint_id and a.agency = g.agency and a.reference = g.known_as)
on conflict do nothing`;

/**
 * Every board with a copy gets the file, except the board that it came from. The post of a part gets the complaint's own
 * files, and those of its own replies, which nobody else gets.
 */
const planText = `
insert into attachment_deliveries (attachment_id, link_id, agency, seq, next_at)
select a.id, l.id, l.agency, a.seq, case when a.state = 'held' or a.state = 'withheld' and l.agency = any(a.open_to) then now() else 'infinity' end
from attachments a join links l on l.complaint_id = a.complaint_id
  join events e on e.complaint_id = a.complaint_id and e.seq = a.seq
where a.complaint_id = any($1::uuid[]) and a.state <> 'refused' and l.state <> 'screen' and l.id is distinct from a.link_id
  and case when e.type = 'contributed' then (e.data -> 'step' ->> 'contribution')::int = l.contribution
    else l.contribution is null or e.type in ('registered', 'revised') end
on conflict do nothing`;

/** Whether it may name a file. Then saving it takes more than one statement. */
export function namesFiles({ normalised }: Incoming): boolean {
  if (!normalised.ok) return false;
  const { content, answers = [], followUps = [], steps = [] } = normalised.post;
  const parts = [content, ...answers, ...followUps];
  return parts.some((part) => part?.attachments?.length) || steps.some((step) => filesOf(step).length > 0);
}

/**
 * Records which files were named, and to which boards each must go. A new board of a complaint also gets the files that
 * were there before. Runs in the transaction that saves the decisions.
 */
export async function saveAttachments(
  client: Queryable,
  directory: Directory,
  decisions: Decision[],
): Promise<void> {
  const named = decisions.flatMap((decision) => decision.named);
  if (named.length > 0) {
    const rows = named.map((one) => toRow(one, limitsOf(directory.findAgency(one.agency))));
    await client.query(saveText, [
      new Keyed((keys) => JSON.stringify(rows.map((row) => sealRow(keys, row)))),
      toLawful(directory.listAgencies()),
    ]);
  }
  const joins: HistoryType[] = ['transferred', 'contributed'];
  const moved = decisions.filter(({ events }) => events.some(({ type }) => joins.includes(type)));
  const ids = new Set([...named, ...moved.map(({ matter }) => ({ complaintId: matter.complaint.id }))]);
  if (ids.size > 0) await client.query(planText, [[...ids].map(({ complaintId }) => complaintId)]);
}

function toRow({ complaintId, linkId, reference, ...one }: NamedAttachment, limits: Limits) {
  const { agency, via, seq, position } = one;
  const wrong = findProblem(position, reference, limits);
  return {
    id: newId(),
    agency,
    via,
    seq,
    position,
    declared: reference,
    complaint_id: complaintId,
    link_id: linkId,
    reference: via === 'board' ? toBoardReference(reference) : (reference.id ?? `${seq}/${position}`),
    last_error: wrong ?? null,
  };
}

/** A file that its board gives no id is known by a mark of its address or name, for these can tell whose it is. */
function sealRow(keys: Keys, row: ReturnType<typeof toRow>) {
  if (!keys.on) return row;
  const known = row.declared.id === row.reference;
  return {
    ...row,
    reference: known ? row.reference : keys.mark('file', row.reference),
    // As it is called in a row from before it was sealed.
    ...(!known && { known_as: row.reference }),
    declared: sealLeaves(keys, row.declared, clearMembers.declared),
    last_error: sealReason(keys, row.last_error),
  };
}

const toBoardReference = ({ id, url, name }: NamedAttachment['reference']) => id ?? url ?? name;

/** Why a file is refused before its content is looked at. */
function findProblem(
  position: number,
  { name, size = 0 }: NamedAttachment['reference'],
  { maxCount, maxBytes, types }: Limits,
): Reason | undefined {
  if (position > maxCount) return toReason('too_many_files', { n: maxCount });
  if (size > maxBytes) return toReason('file_too_large', { size: toSizeText(maxBytes) });
  return findNameProblem(name, types);
}
