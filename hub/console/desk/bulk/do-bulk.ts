import type { User } from '../../../access/people/users.ts';
import { type BulkResult, beginRun, claim, findStanding, writeOutcome } from '../../../desk/bulk-runs.ts';
import { PageError } from '../../../web/page-error.ts';
import { submit } from '../../../web/submit.ts';
import { isHeldBack } from '../../complaints/held/hold-form.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { bulkForms, pick } from './bulk-acts.ts';
import { type BulkOrder, holdBulk, unknownProblem } from './hold-bulk.ts';
import { type BulkCase, judgeCase } from './judge-bulk.ts';

/** Does an act to one complaint after the other. What was done before, by the same order, is not done again. */
export async function doBulk(deps: ConsoleDeps, user: User, order: BulkOrder): Promise<void> {
  const { id, act, receiptNumbers, typed } = order;
  const fields = pick(typed, ...bulkForms[act].fields);
  if (!(await beginRun(deps.store, { id, userId: user.id, act, fields })))
    throw new PageError('not_understood');
  if (isHeldBack(deps, bulkForms[act].form)) return holdBulk(deps, user, order);
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
