import type { Complainant, Complaint, ComplaintContent, PartRole, Step } from '../../../schemas/index.ts';
import type { Provided } from '../../store/tables/column-types.ts';
import { maskName } from '../../words/mask-name.ts';
import type { NumberedEvent } from '../state.ts';
import type { Disclosure } from './disclosure.ts';

/** Personal values of a complainant, and the name, which is never left out but masked. */
const values = ['company', 'phone', 'email'] as const;
type Value = (typeof values)[number];

/** The address by which the complainant wants to be told: the chosen one, else the e-mail address, else the number. */
export function findReply({ email, phone, notifyBy }: Complainant): 'email' | 'phone' | undefined {
  if (phone !== undefined && (notifyBy === 'sms' || email === undefined)) return 'phone';
  return email === undefined ? undefined : 'email';
}

function isGiven(person: Complainant, value: Value, role: PartRole, { items }: Disclosure): boolean {
  const chosen = items[role];
  return chosen.has(value) || (chosen.has('reply') && findReply(person) === value);
}

/** The complainant as a copy in this role holds it. */
function disclosePerson(person: Complainant, role: PartRole, disclosure: Disclosure): Complainant {
  const { name, language, notifyBy } = person;
  const shown: Complainant = { name: disclosure.items[role].has('name') ? name : maskName(name) };
  for (const value of values) {
    const own = person[value];
    if (own === undefined) continue;
    const said = isGiven(person, value, role, disclosure) ? own : disclosure.standIns[value];
    if (said !== undefined) shown[value] = said;
  }
  const isReachable = (['phone', 'email'] as const).some((value) => isGiven(person, value, role, disclosure));
  return { ...shown, ...(notifyBy && isReachable && { notifyBy }), ...(language && { language }) };
}

/** What the complainant wrote, as a copy in this role holds it. Pure. */
export function discloseContent(
  content: ComplaintContent,
  role: PartRole,
  disclosure: Disclosure,
): ComplaintContent {
  const { complainant, attachments, ...matter } = content;
  return {
    ...matter,
    complainant: disclosePerson(complainant, role, disclosure),
    ...(attachments && disclosure.items[role].has('files') && { attachments }),
  };
}

/** Whether the files of an event are the complainant's own, and not those of an answer. */
export const holdsOwnFiles = (event: { type: string; data?: unknown }): boolean =>
  ['registered', 'revised', 'followed_up'].includes(event.type) ||
  (event.type === 'step_taken' &&
    ['supplemented', 'objected'].includes((event.data as { step: Step }).step.kind));

/** An event as a copy in this role is told of it. What agencies say is for all of them. Pure. */
export function discloseEvent<Event extends NumberedEvent>(
  event: Event,
  role: PartRole,
  disclosure: Disclosure,
): Event {
  const items = disclosure.items[role];
  if (event.type === 'registered' || event.type === 'revised')
    return { ...event, data: { content: discloseContent(event.data.content, role, disclosure) } };
  const shown = items.has('files') || !holdsOwnFiles(event) ? event : withoutFiles(event);
  if (items.has('name') || shown.type !== 'step_taken' || shown.data.step.kind !== 'represented')
    return shown;
  const { step } = shown.data;
  return { ...shown, data: { step: { ...step, representatives: step.representatives.map(maskName) } } };
}

function withoutFiles<Event extends NumberedEvent>(event: Event): Event {
  if (event.type === 'followed_up') {
    const { attachments: _withheld, ...followUp } = event.data.followUp;
    return { ...event, data: { followUp } };
  }
  if (event.type !== 'step_taken') return event;
  const { attachments: _withheld, ...step } = event.data.step as Step & { attachments?: unknown };
  return { ...event, data: { step } };
}

/** A complaint as a copy in this role holds it. Pure. */
export const discloseComplaint = (
  complaint: Complaint,
  role: PartRole,
  disclosure: Disclosure,
): Complaint => ({
  ...complaint,
  content: discloseContent(complaint.content, role, disclosure),
});

/** For the log of provisions, by the names of its items. Files have rows of their own, as they are brought one by one. */
export function listProvided(content: ComplaintContent, role: PartRole, disclosure: Disclosure): Provided {
  const { complainant, attachments } = content;
  const chosen = disclosure.items[role];
  const isNamed = chosen.has('name');
  const own = values.filter((value) => complainant[value] !== undefined);
  const given = own.filter((value) => isGiven(complainant, value, role, disclosure));
  const isWithoutFiles = (attachments?.length ?? 0) > 0 && !chosen.has('files');
  return {
    items: [isNamed ? 'name' : 'masked_name', ...given, 'text'],
    withheld: [
      ...(isNamed ? [] : ['name']),
      ...own.filter((value) => !given.includes(value)),
      ...(isWithoutFiles ? ['files'] : []),
    ],
  };
}
