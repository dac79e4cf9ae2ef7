import type { Problem } from '../../../../schemas/index.ts';
import { toReason } from '../../../../schemas/reason.ts';
import type { User } from '../../../access/people/users.ts';
import {
  type BulkAct,
  type BulkResult,
  beginRun,
  claim,
  findStanding,
  writeOutcome,
} from '../../../desk/bulk-runs.ts';
import type { Typed } from '../../../web/forms.ts';
import { PageError } from '../../../web/page-error.ts';
import { submit } from '../../../web/submit.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { type BulkCase, judgeCase } from './judge-bulk.ts';

export interface BulkOrder {
  /** The key of the form: the same order sent again is the same run. */
  id: string;
  act: BulkAct;
  receiptNumbers: string[];
  typed: Typed;
}

/** A complaint that the person may not know of. */
const unknownProblem: Problem = { pointer: '', reason: toReason('complaint_unknown') };

/** Does an act to one complaint after the other. What was done before, by the same order, is not done again. */
export async function doBulk(deps: ConsoleDeps, user: User, order: BulkOrder): Promise<void> {
  const { id, act, receiptNumbers, typed } = order;
  if (!(await beginRun(deps.store, { id, userId: user.id, act }))) throw new PageError('not_understood');
  for (const [position, receiptNumber] of receiptNumbers.entries()) {
    const place = { runId: id, position, receiptNumber };
    const standing = await findStanding(deps.store, place);
    if (standing === 'taken') continue;
    const found = await judgeCase(deps, user, act, { receiptNumber, typed });
    // One that was broken off may be done already, and then it is refused as it stands now: the exchange knows its key.
    if (standing === 'new') {
      const problems = found ? found.problems : [unknownProblem];
      if (!(await claim(deps.store, place, problems)) || problems.length > 0) continue;
    }
    await writeOutcome(
      deps.store,
      place,
      found ? await send(deps, user, id, found) : { outcome: 'refused', problems: [unknownProblem] },
    );
  }
}

async function send(
  deps: ConsoleDeps,
  user: User,
  key: string,
  { file, agency, post, typed }: BulkCase,
): Promise<Pick<BulkResult, 'outcome' | 'problems'>> {
  const submitted = await submit(deps.accept, {
    agency,
    user: user.login,
    complaintId: file.id,
    post,
    // The number makes each complaint of the run a call of its own.
    typed: { key, receiptNumber: file.receiptNumber, ...typed },
  });
  if (!submitted.ok) return { outcome: 'refused', problems: submitted.problems };
  const { accepted } = submitted;
  const nothing = accepted.outcome === 'applied' && accepted.events === 0;
  return { outcome: nothing ? 'nothing' : 'done', problems: [] };
}
