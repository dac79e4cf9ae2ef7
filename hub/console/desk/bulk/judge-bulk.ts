import type { Post, Problem, Step } from '../../../../schemas/index.ts';
import { toReason } from '../../../../schemas/reason.ts';
import { may } from '../../../access/people/rights.ts';
import type { User } from '../../../access/people/users.ts';
import { findProblems } from '../../../complaints/find-problems.ts';
import { type ComplaintFile, findComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { toMatter } from '../../../complaints/reading/to-matter.ts';
import { readMatterClock } from '../../../complaints/steps/tell-clock.ts';
import type { BulkAct } from '../../../desk/bulk-runs.ts';
import { withUnseen } from '../../../personal/with-personal.ts';
import type { Typed } from '../../../web/forms.ts';
import { toSubject } from '../../complaints/complaint-file.ts';
import type { ComplaintForm } from '../../complaints/complaint-form.ts';
import { complaintForms, toActingAgency } from '../../complaints/complaint-forms.ts';
import { toConfirmation } from '../../complaints/confirmation.ts';
import { findFormProblems } from '../../complaints/judge-form.ts';
import { clockRulesOf, readFileClock } from '../../complaints/steps/clock-account.ts';
import { toFormContext } from '../../complaints/steps/show-steps.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { bulkForms } from './bulk-acts.ts';

/** A complaint of a bulk act, as it would be sent. */
export interface BulkCase {
  file: ComplaintFile;
  agency: string;
  typed: Typed;
  post: Post;
  /** How many complaints are joined to it. */
  joined: number;
  /** Why it cannot be done, in the decision's own words. Empty: it can. */
  problems: Problem[];
}

/** Judges an act on one complaint as its own page and the exchange would. Undefined: the person may not read it. */
export async function judgeCase(
  deps: ConsoleDeps,
  user: User,
  act: BulkAct,
  { receiptNumber, typed: filled }: { receiptNumber: string; typed: Typed },
): Promise<BulkCase | undefined> {
  const file = await withUnseen(deps.store, (opened) => findComplaintFile(opened, receiptNumber));
  if (!file || !may(user, 'read', toSubject(file))) return undefined;
  const { form: name, toTyped } = bulkForms[act];
  const form: ComplaintForm = complaintForms[name];
  const clock = readFileClock(deps.directory, file);
  const context = await toFormContext(deps, file, clock);
  const typed = toTyped(filled, context.unit);
  const post = form.toPost(typed, [], context);
  const agency = toActingAgency(user, form, file);
  const problems = may(user, form.action, toSubject(file))
    ? await findCaseProblems(deps, user, { file, agency, post })
    : [{ pointer: '', reason: toReason('assignee_only', { owner: file.assignee }) }];
  return { file, agency, typed, post, joined: context.group.length, problems };
}

async function findCaseProblems(
  deps: ConsoleDeps,
  user: User,
  { file, agency, post }: Pick<BulkCase, 'file' | 'agency' | 'post'>,
): Promise<Problem[]> {
  const problems = await findFormProblems(deps, file, { post, isUsable: true });
  if (problems.length > 0) return problems;
  const isAgency = (code: string) => deps.directory.findAgency(code) !== undefined;
  const statement = { post, actor: { agency, via: 'console', user: user.login } } as const;
  return findProblems(toMatter(file), statement, { now: new Date(), isAgency });
}

/** What the act would do to one complaint, for the question before it. */
export function toVerdict(
  deps: ConsoleDeps,
  user: User,
  act: BulkAct,
  { file, typed, post, joined, problems }: BulkCase,
) {
  const [step] = post.steps ?? [];
  const given = { typed, files: [], problems: [] };
  const { receivers } = toConfirmation(deps, user, file, {
    name: bulkForms[act].form,
    given,
    post,
    isReviewed: false,
    joined,
  });
  return {
    receiptNumber: file.receiptNumber,
    title: file.content.title,
    problems,
    from: act === 'assign' ? (file.officer?.name ?? file.officer?.department ?? null) : file.assignee,
    to: act === 'transfer' ? (typed.to ?? '') : '',
    dueBefore: file.dueAt,
    dueAfter: act === 'extend' && step && problems.length === 0 ? toDueAfter(deps, file, step) : null,
    receivers: receivers.filter(({ isReachable }) => isReachable).length,
    unreachable: receivers.filter(({ isReachable }) => !isReachable).length,
  };
}

/** The deadline as the clock would have it after the step. */
function toDueAfter({ directory }: ConsoleDeps, file: ComplaintFile, step: Step): Date | null {
  const matter = toMatter(file);
  const now = new Date();
  matter.told.push({
    ...{ type: 'step_taken', data: { step }, complaintId: file.id, linkId: null },
    ...{ seq: matter.complaint.lastSeq + 1, at: now.toISOString() },
    actor: { agency: file.assignee, via: 'console' },
  });
  return readMatterClock(matter, now, clockRulesOf(directory, file.assignee)).due ?? null;
}
