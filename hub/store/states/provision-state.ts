/**
 * The one owner of table `provisions`: each copy of a complaint that left the hub. Rows are added and never changed. They
 * are written by parts of the statements that write the outcome of a call, so no copy counts as delivered without its row.
 *
 * What a copy held is what the change held that the hub gave to the connection; `withheld` is what the complaint held beside
 * it (hub/complaints/disclosure). Both come with the outcome, as the change was made, whatever the configuration says since.
 */

/** What the copy is for, and what allows it, by the role of its link (민원 처리에 관한 법률, article 16: transfer, 20: cooperation). */
const purposeOf = `case l.role when 'origin' then 'origin' when 'assignee' then 'handling' when 'part' then 'contribution' else 'sharing' end`;
const basisOf = `case l.role when 'origin' then 'own' when 'assignee' then 'act_16' when 'part' then 'act_20' else 'configured' end`;

const insert =
  'insert into provisions (complaint_id, agency, way, recipient, seq, items, purpose, basis, certain, source, withheld)';

/** From `x.provided`, which is a JSON object with both lists. Null: from before they were told; then all counts as sent. */
const itemsOf = (provided: string) =>
  `case when ${provided} is null then public.provided_items(l.complaint_id, l.role) else array(select jsonb_array_elements_text(${provided} -> 'items')) end`;
const withheldOf = (provided: string) =>
  `array(select jsonb_array_elements_text(coalesce(${provided} -> 'withheld', '[]')))`;

/** Outcomes after which the other side has the copy, or may have it. */
const gone = "('done', 'unknown')";

/**
 * Copies that went by links. `from`: a part of the statement with link_id, seq, outcome and provided. What was refused, or is to be tried
 * again, was not taken.
 */
export const providedByLinks = (from: string, way: 'board' | 'agent' | 'feed'): string => `
  ${insert}
  select l.complaint_id, l.agency, '${way}', '', s.seq, ${itemsOf('s.provided')}, ${purposeOf}, ${basisOf},
    s.outcome = 'done', l.id, ${withheldOf('s.provided')}
  from ${from} s join links l on l.id = s.link_id where s.outcome in ${gone}`;

/** Files that a board has taken. `from`: a part of the statement with link_id and seq. */
export const providedFiles = (from: string, way: 'board' | 'agent'): string => `
  ${insert}
  select l.complaint_id, l.agency, '${way}', '', s.seq, array['files'], ${purposeOf}, ${basisOf}, true, l.id, '{}'
  from ${from} s join links l on l.id = s.link_id`;

/** What an endpoint was told. `$1`: the delivery, `$2`: how the call ended, `$3`: what it held. */
export const providedToEndpoint = `
  ${insert}
  select d.complaint_id, d.agency, 'endpoint', d.endpoint, d.seq, ${itemsOf('$3::jsonb')}, ${purposeOf}, ${basisOf},
    $2 = 'done', d.id, ${withheldOf('$3::jsonb')}
  from endpoint_deliveries d join links l on l.complaint_id = d.complaint_id and l.agency = d.agency and l.contribution is null
  where d.id = $1 and $2 in ${gone}`;

/**
 * Messages that a provider took. `from`: rows of `notices`. To complainants goes what concerns them; officers are told of the
 * title. What the local outbox keeps has not left.
 */
export const providedByNotices = (from: string): string => `
  ${insert}
  select n.complaint_id, case n.audience when 'officer' then n.agency end, n.channel, '', n.seq,
    case n.audience when 'officer' then array['text'] else array['name', case n.channel when 'email' then 'email' else 'phone' end, 'text'] end,
    case n.audience when 'officer' then 'informing' else 'notice' end, 'duty', true, n.id, '{}'
  from ${from} n where n.state = 'sent' and n.provider <> 'outbox' and n.channel in ('email', 'sms')
    and not exists (select from provisions p where p.complaint_id = n.complaint_id and p.source = n.id)`;
