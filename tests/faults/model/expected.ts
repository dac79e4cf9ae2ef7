/**
 * What must be found outside at the end, from the plan alone. It is a small independent model of who holds a copy and
 * who is notified. It knows nothing of the hub.
 */
import { createHash } from 'node:crypto';
import {
  answerText,
  bodyOf,
  desk,
  emailOf,
  fileOf,
  followUpText,
  interimText,
  type Matter,
  nameOf,
  phoneOf,
  titleOf,
} from './matter.ts';

/** One kind of effect at one place. It must exist exactly once for each complaint. */
export interface Effect {
  /** The code of the agency whose board shows it, or `mail`, or `sms`. */
  place: string;
  what: string;
}

/** Effects are counted, because two messages of one kind to one person look the same. */
export type Effects = Map<string, { effect: Effect; times: number }>;

export const keyOf = ({ place, what }: Effect): string => `${place}: ${what}`;

export function addEffect(effects: Effects, effect: Effect): void {
  const known = effects.get(keyOf(effect));
  effects.set(keyOf(effect), { effect, times: (known?.times ?? 0) + 1 });
}

/** A copy with other words is a different effect. The right one then counts as lost. */
export const holds = (place: string, { title, body, name, email, phone }: Content): Effect => ({
  place,
  what: `copy ${[title, body, name, email, phone].join(' / ')}`,
});
export const shows = (place: string, part: string): Effect => ({ place, what: part });

export interface Content {
  title: string;
  body: string;
  name: string;
  email: string;
  phone: string;
}

export type MessageKind = 'new complaint' | 'follow-up' | 'registered' | 'interim answer' | 'answered';
export const told = (place: 'mail' | 'sms', to: string, kind: MessageKind): Effect => ({
  place,
  what: `to ${to}: ${kind}`,
});

export const officerOf = (agency: string): string => `officer@${agency}.example`;

/** A file as a board holds it. Its content is compared. */
const filePart = ({ name, bytes }: { name: string; bytes: Buffer }): string =>
  `file: ${name} ${createHash('sha256').update(bytes).digest('hex')}`;

/** The parts as a board shows them, in the order of writing: answers, and questions. */
export function partsOf(matter: Matter): { answers: string[]; questions: string[] } {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  return {
    answers: [
      ...numbers(matter.interims).map((number) => `interim: ${interimText(matter, number)}`),
      `answer: ${answerText(matter)}`,
    ],
    questions: numbers(matter.followUps).map((number) => `followUp: ${followUpText(matter, number)}`),
  };
}

/** `refused`: mail addresses that the mail server does not know. Those people get a text message. */
export function expectedOf(matter: Matter, refused: ReadonlySet<string> = new Set()): Effects {
  const effects: Effects = new Map();
  const add = (effect: Effect) => addEffect(effects, effect);
  const parts = partsOf(matter);
  const content = {
    title: titleOf(matter),
    body: bodyOf(matter),
    name: nameOf(matter),
    email: emailOf(matter),
    phone: phoneOf(matter),
  };
  // The agency that answers gets the one address that was chosen (docs/disclosure.md).
  const lean = matter.by === 'sms' ? { ...content, email: '' } : { ...content, phone: '' };
  for (const place of [matter.from, matter.to].filter((one) => one !== desk)) {
    add(holds(place, place === matter.from ? content : lean));
    if (!matter.answersAtDoor) for (const part of parts.answers) add(shows(place, part));
    for (const part of parts.questions) add(shows(place, part));
    if (matter.hasFile) add(shows(place, filePart(fileOf(matter))));
  }
  const bySms = matter.by === 'sms' || refused.has(emailOf(matter));
  const tell = (kind: MessageKind) =>
    add(bySms ? told('sms', phoneOf(matter), kind) : told('mail', emailOf(matter), kind));
  tell('registered');
  add(told('mail', officerOf(matter.to), 'new complaint'));
  for (let number = 1; number <= matter.followUps; number++)
    add(told('mail', officerOf(matter.to), 'follow-up'));
  for (let number = 1; number <= matter.interims; number++) tell('interim answer');
  tell('answered');
  return effects;
}
