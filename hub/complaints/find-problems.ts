import {
  hasEnded,
  mayBecome,
  type Post,
  type Problem,
  type Reason,
  type Step,
  stepFacts,
} from '../../schemas/index.ts';
import { toReason } from '../../schemas/reason.ts';
import { foldContributions } from './contributions/fold-contributions.ts';
import { contactCentre, isAssignee, speaksForComplainant } from './speakers.ts';
import type { Matter, Rules, Statement } from './state.ts';
import { mayTake } from './steps/known-steps.ts';

/** Clocks differ by minutes, and a missing offset makes hours. A date further ahead is a mistake. */
const clockTolerance = 24 * 3_600_000;

/**
 * Why a statement cannot be applied. Empty: it can. A board shows everything that it holds, so fields that its agency
 * does not own are ignored. A caller at a door or a form means what it says, so it is told.
 */
export function findProblems(
  known: Matter | undefined,
  { post, actor }: Pick<Statement, 'post' | 'actor'>,
  rules: Pick<Rules, 'now' | 'isAgency'>,
): Problem[] {
  const problems: Problem[] = [];
  if (!known && !post.content) problems.push({ pointer: '/content', reason: toReason('content_required') });
  if (!known && !rules.isAgency(actor.agency) && actor.agency !== contactCentre)
    problems.push({ pointer: '', reason: toReason('unknown_agency', { agency: actor.agency }) });
  if (post.content && Date.parse(post.content.filedAt) > rules.now.getTime() + clockTolerance)
    problems.push({
      pointer: '/content/filedAt',
      reason: toReason('in_the_future'),
    });
  const speaks = !known || isAssignee(known, actor.agency) || actor.agency === contactCentre;
  if (post.transfer && speaks && !rules.isAgency(post.transfer.to))
    problems.push({
      pointer: '/transfer/to',
      reason: toReason('unknown_agency', { agency: post.transfer.to }),
    });
  if (post.status === 'transferred' && !post.transfer && known && isAssignee(known, actor.agency))
    problems.push({
      pointer: '/transfer',
      reason: toReason('transfer_required'),
    });
  if (known && actor.via !== 'board') problems.push(...findTrespass(known, post, actor.agency));
  return problems;
}

function findTrespass(known: Matter, post: Post, agency: string): Problem[] {
  const { assignee, origin, status } = known.complaint;
  const answers = isAssignee(known, agency);
  const asks = speaksForComplainant(known, agency);
  const only = (owner: string) => toReason('not_yours', { owner, agency });
  return [
    post.content && !asks ? { pointer: '/content', reason: only(origin) } : [],
    post.answers?.length && !answers ? { pointer: '/answers', reason: only(assignee) } : [],
    post.followUps?.length && !asks ? { pointer: '/followUps', reason: only(origin) } : [],
    post.withdrawal && !asks ? { pointer: '/withdrawal', reason: only(origin) } : [],
    post.transfer && !answers && agency !== contactCentre
      ? { pointer: '/transfer', reason: only(assignee) }
      : [],
    (post.transfer || post.withdrawal) && hasEnded(status)
      ? { pointer: post.transfer ? '/transfer' : '/withdrawal', reason: toReason('too_late', { status }) }
      : [],
    post.transfer?.to === assignee
      ? { pointer: '/transfer/to', reason: toReason('assignee_already', { agency: assignee }) }
      : [],
    findStepTrespass(known, post, agency),
    post.status && !answers ? { pointer: '/status', reason: only(assignee) } : [],
    post.status && answers && post.status !== status && !mayBecome(status, post.status)
      ? { pointer: '/status', reason: toReason('status_order', { wanted: post.status, status }) }
      : [],
  ].flat();
}

function findStepTrespass(known: Matter, { steps = [] }: Post, agency: string): Problem[] {
  const { assignee, origin } = known.complaint;
  const toTrespass = ({ kind }: Step): Reason => {
    const { by } = stepFacts[kind];
    if (by !== 'asked')
      return toReason('not_yours', { owner: by === 'assignee' ? assignee : origin, agency });
    const own = foldContributions(known.told).filter(({ to }) => to === agency);
    const numbers = own.map(({ number }) => number).join(', ') || '-';
    return toReason('contribution_not_yours', { agency, numbers });
  };
  return steps.flatMap((step, index) =>
    mayTake(known, agency, step) ? [] : [{ pointer: `/steps/${index}`, reason: toTrespass(step) }],
  );
}
