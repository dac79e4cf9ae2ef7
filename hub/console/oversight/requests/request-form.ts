import { endOfTyped } from '../../../personal/requests/due.ts';
import { listGrounds } from '../../../personal/requests/grounds.ts';
import {
  type Decision,
  mandates,
  outcomes,
  type RequestFacts,
  type RequestKind,
  type RequestWay,
  requestKinds,
  requestWays,
  type SubjectRequest,
} from '../../../personal/requests/request.ts';
import type { Typed } from '../../../web/forms.ts';
import { toInternational } from '../../../words/to-international.ts';

export type Problems = Record<string, string>;

export const requestFields = [
  ...['kind', 'way', 'receivedOn', 'name', 'phone', 'email', 'address', 'wants'],
  ...['agentName', 'agentContact', 'mandate', 'shown'],
  ...['newName', 'newCompany', 'newPhone', 'newEmail'],
] as const;

const longest: Record<string, number> = { wants: 5_000, address: 300, agentContact: 200, shown: 300 };
const usual = 100;
const isMail = (text: string) => text.length <= 254 && /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(text);

/** A request as it is typed. */
export interface ReadRequest {
  kind: RequestKind;
  way: RequestWay;
  receivedAt: Date;
  facts: RequestFacts;
}

/** What the form says, or what is wrong with it, by field. */
export function readRequest(typed: Typed, now = new Date()): ReadRequest | { problems: Problems } {
  const problems: Problems = {};
  const kind = requestKinds.find((one) => one === typed.kind);
  const way = requestWays.find((one) => one === typed.way && one !== 'rest');
  if (!kind) problems.kind = 'problem.required';
  if (!way) problems.way = 'problem.required';
  for (const name of ['name', 'wants'] as const) if (!typed[name]) problems[name] = 'problem.required';
  for (const name of requestFields)
    if ([...(typed[name] ?? '')].length > (longest[name] ?? usual)) problems[name] = 'request.too_long';
  const receivedAt = toReceived(typed.receivedOn, problems, now);
  const contact = toContact(typed, { phone: 'phone', email: 'email' }, problems);
  if (!typed.phone && !typed.email && !typed.address) problems.phone = 'request.no_contact';
  const representative = toRepresentative(typed, problems);
  const correction = kind === 'correct' ? toCorrection(typed, problems) : undefined;
  if (!kind || !way || !receivedAt || Object.keys(problems).length > 0) return { problems };
  const facts: RequestFacts = {
    ...{ name: typed.name ?? '', wants: typed.wants ?? '', ...contact },
    ...(typed.address && { address: typed.address }),
    ...(representative && { representative }),
    ...(correction && { correction }),
  };
  return { kind, way, receivedAt, facts };
}

/** Noon of the day on which it came: the clock counts days. Empty: now. */
function toReceived(typed = '', problems: Problems, now: Date): Date | undefined {
  if (typed === '') return now;
  const end = endOfTyped(typed);
  if (!end) problems.receivedOn = 'request.day_shape';
  else if (end.getTime() - dayLength > now.getTime()) problems.receivedOn = 'request.in_future';
  return end && new Date(Math.min(now.getTime(), end.getTime() - dayLength / 2));
}
const dayLength = 86_400_000;

function toContact(typed: Typed, of: { phone: string; email: string }, problems: Problems) {
  const [phone = '', email = ''] = [typed[of.phone], typed[of.email]];
  const number = phone === '' ? undefined : toInternational(phone);
  if (phone !== '' && !number) problems[of.phone] = 'request.phone_shape';
  if (email !== '' && !isMail(email)) problems[of.email] = 'request.email_shape';
  return { ...(number && { phone: number }), ...(email !== '' && { email }) };
}

/** All of it or nothing: whoever asks for another person shows a mandate (시행령, article 45). */
function toRepresentative(typed: Typed, problems: Problems): RequestFacts['representative'] {
  const { agentName = '', agentContact = '', mandate: asked = '', shown = '' } = typed;
  if ([agentName, agentContact, asked, shown].every((text) => text === '')) return undefined;
  const mandate = mandates.find((one) => one === asked);
  if (!mandate) problems.mandate = 'problem.required';
  for (const [name, text] of Object.entries({ agentName, agentContact, shown }))
    if (text === '') problems[name] = 'problem.required';
  return mandate && { name: agentName, contact: agentContact, mandate, shown };
}

function toCorrection(typed: Typed, problems: Problems): RequestFacts['correction'] {
  const { newName, newCompany } = typed;
  const contact = toContact(typed, { phone: 'newPhone', email: 'newEmail' }, problems);
  const correction = {
    ...(newName && { name: newName }),
    ...(newCompany && { company: newCompany }),
    ...contact,
  };
  if (Object.keys(correction).length === 0 && !problems.newPhone && !problems.newEmail)
    problems.newName = 'request.no_correction';
  return correction;
}

/** A decision as it is typed. What is refused needs a ground that holds for this kind of request now. */
export function readDecision(
  { kind }: Pick<SubjectRequest, 'kind'>,
  typed: Typed,
  chosen: readonly string[],
  now = new Date(),
): Decision | { problems: Problems } {
  const problems: Problems = {};
  const outcome = outcomes.find((one) => one === typed.outcome);
  const { reason = '', contact = '' } = typed;
  if (!outcome) problems.outcome = 'problem.required';
  const known = listGrounds(kind, now).map(({ code }) => code);
  const grounds = known.filter((code) => chosen.includes(code));
  if (outcome && outcome !== 'granted') {
    if (grounds.length === 0) problems.grounds = 'request.no_ground';
    if (reason === '') problems.reason = 'problem.required';
  }
  if (contact === '') problems.contact = 'problem.required';
  for (const [name, text] of Object.entries({ reason, contact }))
    if ([...text].length > 5_000) problems[name] = 'request.too_long';
  if (!outcome || Object.keys(problems).length > 0) return { problems };
  return { outcome, grounds: outcome === 'granted' ? [] : grounds, reason, contact };
}

/** A day that is still to come. */
export function readUntil(
  { dueAt }: Pick<SubjectRequest, 'dueAt'>,
  typed = '',
): { until: Date } | { problem: string } {
  if (typed === '') return { problem: 'problem.required' };
  const until = endOfTyped(typed);
  if (!until) return { problem: 'request.day_shape' };
  return until <= dueAt ? { problem: 'request.until_before' } : { until };
}
