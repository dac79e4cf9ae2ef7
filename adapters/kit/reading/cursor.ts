import { toReason } from '../../../schemas/reason.ts';
import { BoardError, type Pulled, type PulledPost } from '../../contract.ts';
import { minusSeconds } from '../text/board-time.ts';
import type { PullPlan } from './pull-plan.ts';
import { readTimedPage, type TimedPlace, toWhole } from './timed-reading.ts';
import { openWhole, readWholePage, type WholePlace, writeWhole } from './whole-reading.ts';

/** Where a reader stands. README.md says how each kind of board is read. */
type Place = TimedPlace | WholePlace;

const isWhole = (place: Place): place is WholePlace => 'held' in place;

/** Pulls with the cursor that adapters share; see the laws of `pull` in adapters/contract.ts. */
export async function pullPosts(plan: PullPlan): Promise<Pulled> {
  let at = toFitting(readCursor(plan.cursor), plan);
  const posts: PulledPost[] = [];
  let calls = 0;
  const fetchPage = (since: string | undefined, page: number) => {
    calls += 1;
    return plan.fetchPage(since, page);
  };
  const counted = { ...plan, fetchPage };
  while (calls < plan.maxPages) {
    let step = isWhole(at)
      ? await readWholePage(counted, at, posts)
      : await readTimedPage(counted, at, posts);
    if ('whole' in step) {
      at = step.whole;
      step = await readWholePage(counted, at, posts, step.rows);
    }
    const { next, notice, failed } = step;
    if (next === 'end') return { posts, cursor: write(at), more: false, ...(notice && { notice }) };
    if (next === 'portion') return { posts, cursor: write(at), more: true, ...(failed && { failed }) };
  }
  return { posts, cursor: write(at), more: true };
}

/** A board that is not asked by time is read whole. One whose question has changed is asked by time again. */
function toFitting(at: Place, plan: PullPlan): Place {
  const { asks, overlapSeconds } = plan;
  if (!isWhole(at)) return asks?.since === false ? toWhole(plan, at) : at;
  if (asks?.since === false || asks?.mark === at.mark) return at;
  return { page: 1, seen: {}, ...(at.newest && { since: minusSeconds(at.newest, overlapSeconds) }) };
}

const write = (at: Place): string => (isWhole(at) ? writeWhole(at) : JSON.stringify(at));

function readCursor(cursor: string | undefined): Place {
  if (cursor === undefined) return { page: 1, seen: {} };
  try {
    const at = JSON.parse(cursor) as TimedPlace & { held?: unknown };
    if (Number.isInteger(at.page) && typeof at.held === 'string') return openWhole({ ...at, held: at.held });
    if (Number.isInteger(at.page) && typeof at.seen === 'object' && at.seen !== null) return at;
  } catch {
    // The throw below reports it.
  }
  throw new BoardError('malformed', toReason('foreign_cursor'));
}
