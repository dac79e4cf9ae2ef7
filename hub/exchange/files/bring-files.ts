import type { GivenAttachment } from '../../../adapters/contract.ts';
import { isOver, type Step, sinceAfter } from '../../../adapters/relay/bring-event.ts';
import {
  afterFileOutcome,
  bringFile,
  type SendingFile,
  settleUnknownFile,
} from '../../../adapters/relay/bring-file.ts';
import { pauseAfter, policy } from '../../../adapters/relay/policy.ts';
import { type Reason, toReason } from '../../../schemas/reason.ts';
import { AttachmentError, isOurFault, isOutage } from '../../attachments/attachment-error.ts';
import { toFileName } from '../../attachments/file-name.ts';
import { holdsOwnFiles } from '../../complaints/disclosure/disclose.ts';
import { type Disclosure, disclosureOf } from '../../complaints/disclosure/disclosure.ts';
import { ownerOf } from '../../configuration/owner-of.ts';
import type { Look } from '../../queue/looks.ts';
import { agoOf, timeOf, toAgo, toTime } from '../../store/clocks.ts';
import { providedFiles } from '../../store/states/provision-state.ts';
import type { Board } from '../boards/boards.ts';
import { givenColumns } from '../parts/part-rows.ts';
import { type LinkedEventRow, toLinkedChange } from '../parts/to-part-change.ts';
import { createFileLook, type FileDependencies, type FileItem } from './file-work.ts';

/** A file that a board should hold. The board holds its event already. */
interface OwedFile extends FileItem {
  linkId: string;
  attempting: boolean;
  attemptingSince: Date | null;
  tries: number;
  given: Omit<GivenAttachment, 'content'>;
  /** The agency gets no files of complainants in its role, and this is one. */
  isWithheld: boolean;
}

const findText = `
select d.attachment_id, d.link_id, d.attempting, ${agoOf('d.attempting_since')} as attempting_since_ago, d.tries, ${givenColumns}, l.role, l.external_id, l.parts ->> d.seq::text as part_id,
  a.declared ->> 'name' as name, a.sha256, k.media_type, k.size, c.*, to_jsonb(e) as event
from attachment_deliveries d
  join links l on l.id = d.link_id
  join attachments a on a.id = d.attachment_id
  join attachment_contents k on k.sha256 = a.sha256
  join complaints c on c.id = a.complaint_id
  join events e on e.complaint_id = a.complaint_id and e.seq = d.seq
where d.agency = $1 and d.state = 'waiting' and d.next_at <= now() and l.held >= d.seq and l.external_id is not null
  and not d.attachment_id || '/' || d.link_id = any($2::text[])
order by d.next_at, d.attachment_id limit $3`;

type Row = LinkedEventRow & {
  attachment_id: string;
  link_id: string;
  attempting: boolean;
  attempting_since_ago: number | null;
  tries: number;
  external_id: string;
  part_id: string | null;
  name: string;
  sha256: string;
  media_type: string;
  size: string;
};

/** The state of a file's delivery after a step. */
interface Standing {
  state: 'waiting' | 'held' | 'parked' | 'skipped';
  attempting: boolean;
  /** When the call began that the board may still be working on. */
  attemptingSince: Date | null;
  tries: number;
  nextAt: Date;
  reason: Reason | null;
  partId?: string | undefined;
  /** The watcher of the store has logged it already. */
  isTold?: boolean;
}

/**
 * Brings files to the boards that hold a copy, each after the event that names it. A failed file delays only
 * itself.
 */
export function createBringFiles(dependencies: FileDependencies): Look {
  const { store, log, changed } = dependencies;

  async function save(file: OwedFile, { agency }: Board, at: Standing): Promise<void> {
    const owner = at.state === 'parked' ? ownerOf(agency) : null;
    const values = [
      at.state,
      at.attempting,
      at.tries,
      toAgo(at.nextAt),
      at.reason && JSON.stringify(at.reason),
      at.partId ?? null,
      owner,
      toAgo(at.attemptingSince),
    ];
    await store.pool.query(
      `with saved as (
       update attachment_deliveries set state = $3, attempting = $4, tries = $5, next_at = ${timeOf('$6::float8')}, last_error = $7,
         part_id = coalesce($8, part_id), owner = $9, attempting_since = ${timeOf('$10::float8')} where attachment_id = $1 and link_id = $2
         returning link_id, seq, state)
       ${providedFiles("(select * from saved where state = 'held')", 'board')}`,
      [file.given.attachment.id, file.linkId, ...values],
    );
  }

  async function work(board: Board, file: OwedFile, stop: AbortSignal): Promise<void> {
    const unwanted = findUnwanted(file, board);
    if (unwanted) return save(file, board, { ...toStanding(file), state: 'skipped', reason: unwanted });
    const target = { ...board, stop };
    const asked = file.attempting ? await settleUnknownFile(target, toSending(file)) : undefined;
    const settled = asked && toStandingAfter(file, { step: asked });
    // The mark is durable before the call. If this process ends, the next one asks the board and does not send
    // again.
    const mark = () =>
      save(file, board, { ...toStanding(file), attempting: true, attemptingSince: new Date() });
    if (!settled) await mark();
    const at = settled ?? (await send(dependencies, board, file, { stop, mark }));
    if (stop.aborted && at.state !== 'held') return;
    await save(file, board, at);
    if (at.state !== 'held') {
      const ids = { complaint: file.given.complaint.id, file: file.given.attachment.id };
      log[at.isTold ? 'debug' : 'warn'](
        { agency: board.agency.code, ...ids, state: at.state, tries: at.tries },
        'a file was not brought',
      );
    }
    changed();
  }

  return createFileLook<OwedFile>(dependencies, {
    topic: 'bring-files',
    find: async ({ agency, beside }, underWay, limit) => {
      if (beside) return [];
      const { rows } = await store.pool.query<Row>(findText, [agency.code, underWay, limit]);
      return rows.map((row) => toOwedFile(row, disclosureOf(agency)));
    },
    work,
  });
}

/** Why the board does not get the file. Undefined: it does. */
function findUnwanted({ isWithheld, given }: OwedFile, { adapter }: Board): Reason | undefined {
  const { type } = given.event;
  if (isWithheld) return toReason('file_withheld');
  if (!adapter.pushAttachment) return toReason('no_files');
  return adapter.carries.has(type) ? undefined : toReason('holds_not', { event: type });
}

function toOwedFile(row: Row, disclosure: Disclosure): OwedFile {
  const { attachment_id: id, link_id: linkId, name, sha256, media_type: mediaType } = row;
  const { event: linked, complaint, role, part } = toLinkedChange(row, 'file', disclosure);
  const { linkId: _source, ...event } = linked;
  return {
    id: `${id}/${linkId}`,
    linkId,
    attempting: row.attempting,
    attemptingSince: toTime(row.attempting_since_ago),
    tries: row.tries,
    isWithheld: !disclosure.items[row.role].has('files') && holdsOwnFiles(row.event),
    given: {
      attachment: { id, name: toFileName(name), mediaType, sha256, size: Number(row.size) },
      event,
      complaint,
      role,
      ...(part && { part }),
      ref: { externalId: row.external_id, ...(row.part_id && { partId: row.part_id }) },
    },
  };
}

const toStanding = ({ attempting, attemptingSince, tries }: OwedFile): Standing => ({
  state: 'waiting',
  attempting,
  attemptingSince,
  tries,
  nextAt: new Date(),
  reason: null,
});

const keyOf = ({ given }: OwedFile) => keyOfFile(given, given.attachment.id);

/** The key starts with the receipt number, which a person recognises, like the key of the event. */
export const keyOfFile = (
  { complaint, event }: Pick<GivenAttachment, 'complaint' | 'event'>,
  id: string,
): string => `${complaint.receiptNumber}/${event.seq}/${id}`;

async function send(
  { contents }: FileDependencies,
  { adapter, connection }: Board,
  file: OwedFile,
  { stop, mark }: { stop: AbortSignal; mark(): Promise<void> },
): Promise<Standing> {
  const sending = toSending(file);
  try {
    // The content is opened before anything is sent: a store that is away is no fault of the board.
    const stored = await contents.open(file.given.attachment.sha256);
    const { outcome, startedAt } = await bringFile({ adapter, connection, stop }, sending, stored, mark);
    stored.destroy();
    const step = afterFileOutcome(outcome, file.tries);
    return toStandingAfter(file, { step, attempt: { startedAt, isOver: isOver(outcome) } });
  } catch (error) {
    if (!(error instanceof AttachmentError && isOurFault(error))) throw error;
    const nextAt = new Date(Date.now() + pauseAfter(1, policy.storage));
    return {
      ...toStanding(file),
      attempting: false,
      attemptingSince: null,
      nextAt,
      reason: error.reason,
      isTold: isOutage(error),
    };
  }
}

const toSending = (file: OwedFile): SendingFile => ({
  given: file.given,
  key: keyOf(file),
  tries: file.tries,
  since: file.attemptingSince ?? undefined,
});

function toStandingAfter(
  file: OwedFile,
  ended: { step: Step; attempt?: { startedAt: Date; isOver: boolean } },
): Standing {
  const { step } = ended;
  const attemptingSince = sinceAfter(ended, file.attemptingSince);
  const tries = step.kind === 'later' && step.settling ? file.tries : file.tries + 1;
  switch (step.kind) {
    case 'done':
      return {
        state: 'held',
        attempting: false,
        attemptingSince,
        tries: 0,
        nextAt: new Date(),
        reason: null,
        partId: step.ref.partId,
      };
    case 'later':
      return {
        state: 'waiting',
        attempting: step.asking,
        attemptingSince,
        tries,
        nextAt: step.nextAt,
        reason: step.reason,
      };
    case 'parked':
      return {
        state: 'parked',
        attempting: step.asking,
        attemptingSince,
        tries,
        nextAt: new Date(),
        reason: step.reason,
      };
  }
}
