import { toReason } from '../../../schemas/index.ts';
import type { GivenAttachment } from '../../contract.ts';
import { isOver, type Step, sinceAfter } from '../../relay/bring-event.ts';
import { afterFileOutcome, bringFile, type SendingFile, settleUnknownFile } from '../../relay/bring-file.ts';
import { createLane } from '../../relay/lane.ts';
import { pauseAfter, policy } from '../../relay/policy.ts';
import { HubError } from '../hub/hub-error.ts';
import type { AgentParts } from '../parts.ts';
import {
  isUnknown,
  listDueChanges,
  markAttempt,
  putOff,
  type SpooledChange,
  sinceOf,
} from '../spool/changes.ts';
import { type Board, isMaintained } from './board.ts';
import { keep, untilNext } from './bring-changes.ts';

/** The result of the work on one file. Undefined: nothing was sent, because the hub is away. */
type Ended = { step: Step; attempt?: { startedAt: Date; isOver: boolean } } | undefined;

/** Only a few at once, because files are large and the board's other calls continue beside them. */
const atOnce = 2;
const pageSize = 20;

/** Delivers files to the board, each on its own. A file that fails delays no other file and no event. */
export async function bringFiles(parts: AgentParts, cut: AbortSignal): Promise<void> {
  const { board: installed, bells, stop } = parts;
  while (!stop.aborted) {
    const board = installed.current();
    if (board) await drain(parts, board, cut);
    await bells.files.wait(board ? untilNext(parts, board) : 60_000, stop);
  }
}

async function drain(parts: AgentParts, board: Board, cut: AbortSignal): Promise<void> {
  const { spool, board: installed, bells, stop } = parts;
  const lane = createLane({
    concurrency: () => atOnce,
    pageSize,
    find: async (underWay) => {
      const due = listDueChanges(spool.db, 'files', pageSize, ({ file }) => underWay.includes(file));
      return due.map((file) => ({ id: file.place.file, file }));
    },
    async work({ file }) {
      const startedAt = new Date();
      const ended = await bring(parts, board, file, cut);
      if (ended)
        await keep(parts, file, ended.step, { startedAt, since: sinceAfter(ended, file.attemptingSince) });
    },
    paused: () =>
      stop.aborted || board.breaker.closedUntil() > 0 || isMaintained(board) || installed.current() !== board,
  });
  bells.files.listen(lane.nudge);
  await lane.drain(stop).finally(() => bells.files.listen(undefined));
}

async function bring(
  { spool, hub }: AgentParts,
  board: Board,
  spooled: SpooledChange,
  cut: AbortSignal,
): Promise<Ended> {
  const { place, tries } = spooled;
  const given = toGiven(spooled);
  if (!given) return { step: { kind: 'parked', reason: toReason('file_belongs_nowhere'), asking: false } };
  const sending: SendingFile = { given, key: spooled.change.key, tries, since: sinceOf(spooled) };
  const target = { ...board, stop: cut };
  if (isUnknown(spooled)) {
    const step = await settleUnknownFile(target, sending);
    if (step) return { step };
  }
  try {
    // The content is opened before anything is sent. So an unreachable hub is not counted against the file.
    const content = await hub.fetchFile(place.file, cut);
    const mark = () => spool.write((tx) => markAttempt(tx, place));
    await mark();
    const { outcome, startedAt } = await bringFile(target, sending, content, mark);
    return { step: afterFileOutcome(outcome, tries), attempt: { startedAt, isOver: isOver(outcome) } };
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    if (error.status === 404)
      return { step: { kind: 'parked', reason: toReason('file_gone_from_hub'), asking: false } };
    const nextAt = new Date(Date.now() + pauseAfter(1, policy.storage));
    await spool.write((tx) => putOff(tx, place, { attempting: false, attemptingSince: null, tries, nextAt }));
    return undefined;
  }
}

function toGiven({ change }: SpooledChange): SendingFile['given'] | undefined {
  const { event, complaint, role, ref, part, file } = change;
  if (!file || !ref) return undefined;
  const attachment: GivenAttachment['attachment'] = file;
  return { event, complaint, role, ref, ...(part && { part }), attachment };
}
