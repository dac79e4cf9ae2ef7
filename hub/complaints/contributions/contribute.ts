import { filesOf, type Step } from '../../../schemas/index.ts';
import { type Desk, name, ownLink } from '../deciding-desk.ts';
import { linkOf } from '../links.ts';
import type { Statement } from '../state.ts';
import { foldContributions } from './fold-contributions.ts';
import { linkPart } from './part-links.ts';

/**
 * An agency that is asked sees the complaint from then on, at the console and the doors. Its board is told of the part, as
 * a post of its own, where it takes parts.
 */
export function contribute(desk: Desk, statement: Statement, step: Step, id: string | undefined): void {
  const { matter, rules } = desk;
  const seq = matter.complaint.lastSeq + 1;
  if ('to' in step) linkOf(matter, step.to, { rules, role: 'part', joined: seq });
  const event = desk.add({ type: 'contributed', data: { step } });
  name(desk, event, filesOf(step));
  const link = ownLink(matter, statement, statement.actor.agency);
  if (link && id && event.linkId === link.id) link.parts[seq] = id;
  if (!('to' in step)) return;
  const number = 'contribution' in step ? step.contribution : foldContributions(matter.told).length;
  linkPart(matter, { agency: step.to, number }, { rules, seq });
}
