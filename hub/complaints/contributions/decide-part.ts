import { type Problem, type Step, toReason } from '../../../schemas/index.ts';
import { createDesk, type Desk, name } from '../deciding-desk.ts';
import { settleLinks } from '../links.ts';
import { remember } from '../remember.ts';
import type { Decided, Matter, PartLink, Rules, Statement } from '../state.ts';
import { findStepProblems } from '../steps/find-step-problems.ts';
import { mayTake } from '../steps/known-steps.ts';
import { tellClock } from '../steps/tell-clock.ts';
import { contribute } from './contribute.ts';
import { type HeardPart, hearPart } from './hear-part.ts';
import { findPartLink } from './part-links.ts';

/** Decides what the post of a part changes: what an officer says there is said to the agency that asked. */
export function decidePart(known: Matter, statement: Statement, rules: Rules): Decided {
  const desk = createDesk(known, statement, rules);
  const { agency } = statement.actor;
  const link = findPartLink(desk.matter, { agency, number: statement.contribution ?? 0 });
  if (!link) return { ok: false, problems: [{ pointer: '/receiptNumber', reason: toReason('no_part') }] };
  const heard = hearPart(desk.matter, statement, link);
  const untaken = hearReply(desk, heard, link, statement);
  if (untaken.length > 0) return { ok: false, problems: untaken };
  remember(link, statement);
  if (desk.events.length > 0) tellClock(desk.matter, rules.now, rules.clock(desk.matter.complaint.assignee));
  settleLinks(desk.matter, desk.events, rules);
  return {
    ok: true,
    decision: { matter: desk.matter, events: desk.events, named: desk.named, isNew: false },
  };
}

function hearReply(desk: Desk, { post, before }: HeardPart, link: PartLink, statement: Statement): Problem[] {
  for (const step of post.steps ?? []) {
    const { clock, now, arbiter, isAgency } = desk.rules;
    const rules = clock(desk.matter.complaint.assignee);
    const place = { now, rules, arbiter, isAgency, isDone: statement.actor.via === 'board' };
    const problems = mayTake(desk.matter, link.agency, step)
      ? findStepProblems(desk.matter, step, place)
      : [{ pointer: '', reason: toReason('contribution_not_yours', { agency: link.agency, numbers: '-' }) }];
    if (problems.length > 0)
      return problems.map((problem) => ({ ...problem, pointer: `/answers${problem.pointer}` }));
    const { id, ...taken } = step;
    contribute(desk, statement, taken as Step, id);
  }
  if (before) name(desk, before.event, before.files);
  return [];
}
