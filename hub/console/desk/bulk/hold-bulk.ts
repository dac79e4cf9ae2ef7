import type { Transaction } from 'kysely';
import type { Problem } from '../../../../schemas/index.ts';
import { toReason } from '../../../../schemas/reason.ts';
import type { User } from '../../../access/people/users.ts';
import { holdIn } from '../../../complaints/held/hold-act.ts';
import { type BulkAct, claimIn, refuseIn } from '../../../desk/bulk-runs.ts';
import type { Tables } from '../../../store/tables/tables.ts';
import type { Typed } from '../../../web/forms.ts';
import { toExternalId } from '../../../web/submit.ts';
import { complaintForms } from '../../complaints/complaint-forms.ts';
import { toWaiting } from '../../complaints/held/hold-form.ts';
import { maskAct } from '../../complaints/held/mask-act.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { bulkForms } from './bulk-acts.ts';
import { type BulkCase, judgeCase } from './judge-bulk.ts';

export interface BulkOrder {
  /** The key of the form: the same order sent again is the same run. */
  id: string;
  act: BulkAct;
  receiptNumbers: string[];
  typed: Typed;
}

/** A complaint that the person may not know of. */
export const unknownProblem: Problem = { pointer: '', reason: toReason('complaint_unknown') };

interface Judged {
  position: number;
  receiptNumber: string;
  found: BulkCase | undefined;
}

/**
 * Holds an act on several complaints, so that one undo takes back the whole: all begin to wait in one transaction, and
 * at one moment. The same order sent again finds them claimed.
 */
export async function holdBulk(deps: ConsoleDeps, user: User, order: BulkOrder): Promise<void> {
  const { act, receiptNumbers, typed } = order;
  const judged: Judged[] = [];
  for (const [position, receiptNumber] of receiptNumbers.entries())
    judged.push({
      position,
      receiptNumber,
      found: await judgeCase(deps, user, act, { receiptNumber, typed }),
    });
  // Complaints are locked in one order everywhere, so that no two runs wait for each other.
  const idOf = ({ found }: Judged) => found?.file.id ?? '';
  judged.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  await deps.store.db.transaction().execute(async (trx) => {
    for (const one of judged) await holdOne(trx, deps, user, order, one);
  });
}

async function holdOne(
  trx: Transaction<Tables>,
  { settings }: ConsoleDeps,
  user: User,
  { id, act }: BulkOrder,
  { position, receiptNumber, found }: Judged,
): Promise<void> {
  const place = { runId: id, position, receiptNumber };
  const problems = found ? found.problems : [unknownProblem];
  if (!found || problems.length > 0) return void (await claimIn(trx, place, 'refused', problems));
  if (!(await claimIn(trx, place, 'held', []))) return;
  const holding = await holdIn(trx, toAct(user, id, act, found), settings.UNDO_SECONDS);
  if (!holding.ok) await refuseIn(trx, place, [toWaiting(holding.by)]);
}

function toAct(user: User, runId: string, bulkAct: BulkAct, { file, agency, typed, post }: BulkCase) {
  const { form } = bulkForms[bulkAct];
  return maskAct({
    ...{ complaintId: file.id, receiptNumber: file.receiptNumber, userId: user.id, login: user.login },
    ...{ agency, form, action: complaintForms[form].action, fields: typed, files: [], post, runId },
    // The number makes each complaint of the run a call of its own.
    externalId: toExternalId({ key: runId, receiptNumber: file.receiptNumber, ...typed }),
    seq: file.events.at(-1)?.seq ?? 0,
  });
}
