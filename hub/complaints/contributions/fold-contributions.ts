import type { Contribution, Step } from '../../../schemas/index.ts';
import type { NumberedEvent } from '../state.ts';

/** What was asked of an agency, as the history tells it. Whether it is overdue depends on when one looks. */
export interface Asked extends Omit<Contribution, 'overdue'> {
  /** The events about it since it was asked of this agency. */
  seqs: number[];
  /** The event of the newest reply, to which its files belong. */
  replySeq?: number;
  /** The agency that was asked before, and is no longer. */
  before?: string;
}

/** What agencies were asked for, in the order of the numbers. `told`: the history of a complaint, oldest first. */
export function foldContributions(told: readonly NumberedEvent[]): Asked[] {
  const asked: Asked[] = [];
  for (const event of told) if (event.type === 'contributed') take(asked, event.data.step, event);
  return asked;
}

type When = Pick<NumberedEvent, 'seq' | 'at' | 'actor'>;

function take(asked: Asked[], step: Step, { seq, at, actor }: When): void {
  if (step.kind === 'part_asked' || step.kind === 'cooperation_asked') {
    asked.push({
      number: asked.length + 1,
      kind: step.kind === 'part_asked' ? 'part' : 'cooperation',
      by: actor.agency,
      to: step.to,
      text: step.text,
      askedAt: at,
      dueAt: step.until,
      state: 'asked',
      extended: false,
      shared: false,
      seqs: [seq],
    });
    return;
  }
  const one = 'contribution' in step ? asked[step.contribution - 1] : undefined;
  if (!one) return;
  one.seqs.push(seq);
  change(one, step, { seq, at });
}

function change(one: Asked, step: Step, { seq, at }: Pick<When, 'seq' | 'at'>): void {
  switch (step.kind) {
    case 'contribution_answered':
      delete one.officer;
      delete one.attachments;
      Object.assign(one, { state: 'answered', reply: step.text, replySeq: seq, endedAt: at });
      if (step.by) one.officer = step.by;
      if (step.attachments) one.attachments = step.attachments;
      break;
    case 'contribution_refused':
    case 'contribution_taken_back':
      one.state = step.kind === 'contribution_refused' ? 'refused' : 'taken_back';
      Object.assign(one, { reason: step.reason, endedAt: at });
      break;
    case 'contribution_extended':
      Object.assign(one, { dueAt: step.until, extended: true });
      break;
    case 'contribution_moved':
      // The agency that has it now learns nothing of what the one before said.
      Object.assign(one, {
        before: one.to,
        to: step.to,
        askedAt: at,
        dueAt: step.until ?? one.dueAt,
        seqs: [seq],
      });
      Object.assign(one, { state: 'asked', extended: false });
      delete one.reason;
      delete one.endedAt;
      break;
    case 'contribution_shared':
      one.shared = true;
      break;
    default:
      break;
  }
}

/** It is still awaited, and its date has passed. */
export const isContributionOverdue = ({ state, dueAt }: Pick<Asked, 'state' | 'dueAt'>, now: Date): boolean =>
  state === 'asked' && Date.parse(dueAt) < now.getTime();
