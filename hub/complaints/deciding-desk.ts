import type { AttachmentReference, NewEvent, NewInternalEvent, Post } from '../../schemas/index.ts';
import { findPartLink } from './contributions/part-links.ts';
import { isTold } from './event-facts.ts';
import { linkOf } from './links.ts';
import { contactCentre, isAtHub } from './speakers.ts';
import type { Link, Matter, NamedAttachment, NumberedEvent, Rules, Statement } from './state.ts';

/** The place where one statement is worked on: the matter as it changes, and the events so far. */
export interface Desk {
  actor: Statement['actor'];
  matter: Matter;
  events: NumberedEvent[];
  named: NamedAttachment[];
  rules: Rules;
  add(event: NewEvent | NewInternalEvent, by?: 'hub'): NumberedEvent;
}

export function createDesk(known: Matter | undefined, statement: Statement, rules: Rules): Desk {
  const matter = known ? structuredClone(known) : createMatter(statement, rules);
  const events: NumberedEvent[] = [];
  return {
    actor: statement.actor,
    matter,
    events,
    named: [],
    rules,
    add(event, by) {
      const speaker = by ?? statement.actor.agency;
      const own = isAtHub(statement.actor) ? undefined : ownLink(matter, statement, speaker);
      matter.complaint.lastSeq += 1;
      const numbered: NumberedEvent = {
        ...event,
        complaintId: matter.complaint.id,
        seq: matter.complaint.lastSeq,
        at: rules.now.toISOString(),
        actor: by ? { agency: by, via: 'hub' } : statement.actor,
        linkId: own?.id ?? null,
      };
      events.push(numbered);
      if (isTold(numbered.type)) matter.told.push(numbered);
      return numbered;
    },
  };
}

/** The link by which a statement came: of a part, or of the complaint itself. */
export const ownLink = (
  matter: Matter,
  { contribution: number }: Statement,
  agency: string,
): Link | undefined =>
  number === undefined ? linkOf(matter, agency) : findPartLink(matter, { agency, number });

function createMatter({ actor, post, externalId }: Statement, rules: Rules): Matter {
  const { content } = post;
  if (!content) throw new TypeError('a new complaint without content passed the check');
  const answered = (post.answers ?? []).some((answer) => !answer.interim);
  const routed = answered
    ? { to: actor.agency, reason: { rule: 'origin', text: '접수기관이 이미 답변한 민원입니다.' } }
    : rules.route(content, actor.agency);
  const to = routed.to === 'origin' ? actor.agency : routed.to;
  const matter: Matter = {
    complaint: {
      id: rules.newId(),
      receiptNumber: rules.newReceiptNumber(),
      origin: actor.agency,
      ...(externalId !== undefined && actor.agency !== contactCentre && { originNumber: externalId }),
      assignee: to,
      status: 'received',
      content,
      registeredAt: rules.now.toISOString(),
      takenInAt: takenInAt(actor.agency, post, rules).toISOString(),
      lastSeq: 0,
    },
    routing: routed.reason,
    links: [],
    told: [],
  };
  if (actor.agency !== contactCentre) linkOf(matter, actor.agency, { rules, role: 'origin', externalId });
  return matter;
}

/**
 * When a complaint was taken in: as its origin's board tells, otherwise when it was filed. A post that was parked, a
 * board that was down or an agent that was away moves no deadline. Nothing is taken in later than the hub hears of it.
 */
function takenInAt(origin: string, { takenInAt, content }: Post, { now, startsAtIntake }: Rules): Date {
  const told = Date.parse(takenInAt ?? content?.filedAt ?? '');
  return startsAtIntake(origin) && told < now.getTime() ? new Date(told) : now;
}

/** Names the files of an event. They belong to the event's text; their contents travel separately. */
export function name(
  { named, actor }: Desk,
  event: NumberedEvent,
  references: AttachmentReference[] = [],
): void {
  const { complaintId, seq, linkId } = event;
  const via = actor.via === 'board' ? 'board' : 'upload';
  for (const [index, reference] of references.entries())
    named.push({ complaintId, seq, position: index + 1, reference, agency: actor.agency, via, linkId });
}
