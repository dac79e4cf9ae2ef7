import type pg from 'pg';
import { fromGiven, toReason } from '../../../schemas/reason.ts';
import { ownerOf } from '../../configuration/owner-of.ts';
import {
  enterAttempts,
  forgetExternalIds,
  type ReportedAttempt,
  type ReportedMove,
  recordReported,
} from '../../store/states/link-state.ts';
import type { Provided } from '../../store/tables/column-types.ts';
import type { Board } from '../boards/boards.ts';
import { namedLinks } from '../parts/named-links.ts';
import { saveFileOutcomes } from './file-outcomes.ts';
import type { AgentOutcome, Reported } from './reported.ts';

/**
 * Enters the delivery outcomes that an agent reports. Done moves a link forward, up to the first event that is
 * still out. Refused or unknown parks the link, as a board's own refusal does. An event that is not out (any more)
 * was reported before: it is skipped, so an agent may send a report again. `clock` converts the agent's times to
 * the hub's.
 */
export async function saveOutcomes(
  client: pg.PoolClient,
  { agency }: Board,
  outcomes: AgentOutcome[],
  clock: (time: string) => Date,
): Promise<{ reported: Reported[]; cursor: string }> {
  const owner = ownerOf(agency);
  await lockLinks(client, agency.code, outcomes);
  const reported = await takeOut(client, agency.code, outcomes);
  const ofEvents = reported.filter(({ outcome }) => outcome.file === undefined);
  await enterAttempts(
    client,
    ofEvents.map((one) => toAttempt(one, clock)),
  );
  await moveLinks(client, ofEvents, owner);
  await saveFileOutcomes(client, reported, owner);
  const { rows } = await client.query<{ position: string }>('select position from feeds where agency = $1', [
    agency.code,
  ]);
  return { reported, cursor: rows[0]?.position ?? '0' };
}

const named = `jsonb_to_recordset($2::jsonb) as x(n int, "receiptNumber" text, seq int, file uuid)
  ${namedLinks}`;

const toNamed = (agency: string, outcomes: AgentOutcome[]) => [
  agency,
  JSON.stringify(outcomes.map(({ receiptNumber, seq, file }, n) => ({ n, receiptNumber, seq, file }))),
];

/** Locks in the order of the ids, so that two reports at once cannot deadlock. */
async function lockLinks(client: pg.PoolClient, agency: string, outcomes: AgentOutcome[]): Promise<void> {
  await client.query(
    `select from links where id in (select l.id from ${named}) order by id for update`,
    toNamed(agency, outcomes),
  );
}

async function takeOut(client: pg.PoolClient, agency: string, outcomes: AgentOutcome[]): Promise<Reported[]> {
  const { rows } = await client.query<{
    n: number;
    link_id: string;
    complaint_id: string;
    provided: Provided | null;
  }>(
    `with named as (
       select distinct on (l.id, x.seq, x.file) x.n, l.id, x.seq, x.file from ${named} order by l.id, x.seq, x.file, x.n
     )
     delete from feed_changes f using named x
     where f.link_id = x.id and f.seq = x.seq and f.attachment_id is not distinct from x.file
     returning x.n, f.link_id, f.complaint_id, f.provided`,
    toNamed(agency, outcomes),
  );
  return rows
    .sort((a, b) => a.n - b.n)
    .map(({ n, link_id: linkId, complaint_id: complaintId, provided }) => ({
      ...{ linkId, complaintId, outcome: outcomes[n] as AgentOutcome },
      ...(provided && { provided }),
    }));
}

function toAttempt({ linkId, outcome, provided }: Reported, clock: (time: string) => Date): ReportedAttempt {
  const { seq, kind, reason, startedAt, finishedAt } = outcome;
  return {
    link_id: linkId,
    seq,
    outcome: kind,
    reason: reason === undefined ? undefined : fromGiven(reason),
    started_at: clock(startedAt),
    finished_at: clock(finishedAt),
    provided,
  };
}

/** What one report says of each link. */
function toMoves(reported: Reported[]): Map<string, ReportedMove> {
  const moves = new Map<string, ReportedMove>();
  for (const { linkId, outcome } of reported) {
    const move: ReportedMove = moves.get(linkId) ?? { id: linkId, parts: {} };
    moves.set(linkId, move);
    const { kind, seq, externalId, partId } = outcome;
    const reason = outcome.reason === undefined ? toReason('no_reason_given') : fromGiven(outcome.reason);
    if (kind !== 'done') move.parked ??= { seq, reason, is_unknown: kind === 'unknown' };
    if (externalId !== undefined) move.external_id = externalId;
    if (partId !== undefined) move.parts[seq] = partId;
  }
  return moves;
}

async function moveLinks(client: pg.PoolClient, reported: Reported[], owner: string): Promise<void> {
  const moves = [...toMoves(reported).values()];
  if (moves.length === 0) return;
  // If a report gives one number to two links, the last one counts.
  const owners = new Map(moves.flatMap(({ id, external_id }) => (external_id ? [[external_id, id]] : [])));
  for (const move of moves)
    if (move.external_id && owners.get(move.external_id) !== move.id) delete move.external_id;
  await forgetExternalIds(
    client,
    [...owners].map(([externalId, linkId]) => ({ linkId, externalId })),
  );
  await recordReported(client, moves, owner);
}
