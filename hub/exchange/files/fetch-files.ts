import { BoardError } from '../../../adapters/contract.ts';
import { createIdleLimit } from '../../../adapters/relay/bring-file.ts';
import { pauseAfter, policy } from '../../../adapters/relay/policy.ts';
import type { AttachmentReference } from '../../../schemas/index.ts';
import { reasonOf, toReason } from '../../../schemas/reason.ts';
import { AttachmentError, isOurFault, isOutage, isRefusal } from '../../attachments/attachment-error.ts';
import { hold } from '../../attachments/hold.ts';
import { toLawful } from '../../attachments/lawful.ts';
import { type Limits, limitsOf } from '../../attachments/limits.ts';
import type { Content } from '../../attachments/measure.ts';
import { ownerOf } from '../../configuration/owner-of.ts';
import type { Look } from '../../queue/looks.ts';
import { agentPolicy } from '../boards/agent-policy.ts';
import { type Board, toPatience } from '../boards/boards.ts';
import { createFileLook, type FileDependencies, type FileItem } from './file-work.ts';

/** A file that a board's post named and that the hub does not hold yet. */
interface WantedFile extends FileItem {
  complaintId: string;
  reference: AttachmentReference;
  externalId: string;
  partId: string | null;
  tries: number;
}

const findText = `
select a.id, a.complaint_id as "complaintId", a.declared as reference, l.external_id as "externalId",
  l.parts ->> a.seq::text as "partId", a.tries
from attachments a join links l on l.complaint_id = a.complaint_id and l.agency = a.agency
  and (l.id = a.link_id or a.link_id is null and l.contribution is null)
where a.agency = $1 and a.state = 'wanted' and a.via = 'board' and a.next_at <= now() and not a.id = any($2::uuid[])
order by a.next_at, a.id limit $3`;

/** Fetches the contents of files that an agency's board named. A failed file delays only itself. */
export function createFetchFiles(dependencies: FileDependencies): Look {
  const { store, directory, contents, log, look, changed } = dependencies;

  async function fetchFile(
    board: Board,
    file: WantedFile,
    limits: Limits,
    stop: AbortSignal,
  ): Promise<Content> {
    const { adapter } = board;
    if (!adapter.fetchAttachment) throw new BoardError('malformed', toReason('gives_no_files'));
    const { reference, externalId, partId } = file;
    const limit = createIdleLimit(board.beside ? agentPolicy.patience.file : toPatience(board), stop);
    try {
      const ref = { externalId, ...(partId && { partId }) };
      const { content } = await adapter.fetchAttachment({ reference, ref }, limit.signal);
      return await contents.take(limit.watch(content), { ...reference, ...limits });
    } finally {
      limit.end();
    }
  }

  async function work(board: Board, file: WantedFile, stop: AbortSignal): Promise<void> {
    const limits = limitsOf(directory.findAgency(board.agency.code));
    try {
      const content = await fetchFile(board, file, limits, stop);
      const held = await hold(store, file.id, content, {
        maxTotalBytes: limits.maxTotalBytes,
        lawful: toLawful(directory.listAgencies()),
      });
      for (const agency of held.state === 'held' ? held.boards : []) look(`bring-files:${agency}`);
    } catch (error) {
      if (stop.aborted) return;
      const end = afterFailure(file, error, board);
      await store.pool.query(
        `update attachments set state = $2, tries = $3, next_at = $4, last_error = $5, owner = $6 where id = $1`,
        [file.id, end.state, end.tries, end.nextAt, JSON.stringify(end.reason), end.owner],
      );
      const { id, complaintId } = file;
      const { state, tries } = end;
      const isTold = error instanceof AttachmentError && isOutage(error);
      log[isTold ? 'debug' : 'warn'](
        { agency: board.agency.code, complaint: complaintId, file: id, state, tries },
        'a file was not fetched',
      );
    }
    changed();
  }

  return createFileLook<WantedFile>(dependencies, {
    topic: 'fetch-files',
    find: async ({ agency }, underWay, limit) =>
      (await store.pool.query<WantedFile>(findText, [agency.code, underWay, limit])).rows,
    work,
  });
}

/** What follows a failed fetch: the file is refused, tried again later, or parked for a person. */
function afterFailure(file: WantedFile, error: unknown, { agency }: Board) {
  const reason = reasonOf(error);
  const later = (pause: number) => new Date(Date.now() + pause);
  const known = error instanceof AttachmentError ? error : undefined;
  if (known && isRefusal(known))
    return { state: 'refused', tries: file.tries + 1, nextAt: new Date(), reason, owner: null };
  if (known && isOurFault(known)) {
    const nextAt = later(pauseAfter(1, policy.storage));
    return { state: 'wanted', tries: file.tries, nextAt, reason, owner: null };
  }
  const tries = file.tries + 1;
  const after = error instanceof BoardError ? error.after : undefined;
  const nextAt = new Date(Math.max(later(pauseAfter(tries, policy.file)).getTime(), after?.getTime() ?? 0));
  if (tries < policy.file.mostTries) return { state: 'wanted', tries, nextAt, reason, owner: null };
  return { state: 'failed', tries, nextAt, reason, owner: ownerOf(agency) };
}
