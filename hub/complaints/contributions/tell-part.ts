import {
  type Answer,
  type ComplaintContent,
  type ContributionKind,
  type NewEvent,
  owingStatuses,
  type Status,
  type Step,
  sayStep,
  stepNames,
} from '../../../schemas/index.ts';
import { discloseContent } from '../disclosure/disclose.ts';
import { type Disclosure, disclosureOf } from '../disclosure/disclosure.ts';
import type { NumberedEvent } from '../state.ts';
import { toPartNumber } from './part-number.ts';

/** The post of a part on the board of one agency. */
export interface PartPlace {
  agency: string;
  /** The number of what is asked, within the complaint. */
  number: number;
}

/** What that post is told, and how it stands after all of it. */
export interface ToldPart {
  /** What the board is told, by the number of the event that it comes from. Of other events it hears nothing. */
  events: Map<number, NewEvent>;
  kind: ContributionKind;
  /** The agency that asked. */
  by: string;
  askedAt: string;
  dueAt: string;
  status: Status;
  content: ComplaintContent;
}

/** How far it is. `over`: a word has ended it. */
type Standing = 'none' | 'asked' | 'answered' | 'over';

interface Telling {
  place: PartPlace;
  disclosure: Disclosure;
  receiptNumber: string;
  /** What the complainant wrote, as of now. */
  matter: ComplaintContent;
  /** How many parts were asked for so far. */
  count: number;
  /** The agency that this part is asked of now. */
  holder?: string;
  standing: Standing;
  isThere: boolean;
  words: string;
  told: Omit<ToldPart, 'content' | 'status'>;
}

/**
 * The history of a complaint as the post of a part is told it, in the events that every board knows: what is asked
 * registers it, the reply answers it, and what ends it withdraws it. Pure; by it the words that were written there are
 * known again. `history`: the events about the text, the steps between agencies and the status, oldest first.
 */
export function tellPart(
  history: readonly NumberedEvent[],
  place: PartPlace,
  { receiptNumber, content }: { receiptNumber: string; content: ComplaintContent },
  disclosure: Disclosure = disclosureOf(undefined),
): ToldPart {
  const telling: Telling = {
    ...{
      place,
      disclosure,
      receiptNumber,
      matter: content,
      count: 0,
      standing: 'none',
      isThere: false,
      words: '',
    },
    told: { events: new Map(), kind: 'part', by: '', askedAt: '', dueAt: '' },
  };
  for (const event of history) {
    const said = hear(telling, event);
    if (said) telling.told.events.set(event.seq, said);
  }
  return { ...telling.told, status: statusOf(telling.standing), content: toContent(telling) };
}

const statusOf = (standing: Standing): Status =>
  standing === 'answered' ? 'answered' : standing === 'over' ? 'withdrawn' : 'assigned';

function hear(telling: Telling, event: NumberedEvent): NewEvent | undefined {
  if (event.type === 'contributed') return hearStep(telling, event.data.step, event);
  if (event.type === 'registered' || event.type === 'revised') {
    telling.matter = event.data.content;
    return event.type === 'revised' && telling.standing === 'asked'
      ? { type: 'revised', data: { content: toContent(telling) } }
      : undefined;
  }
  const reason = telling.standing === 'asked' ? endOf(event, telling.place) : undefined;
  return reason === undefined ? undefined : end(telling, reason);
}

const end = (telling: Telling, reason: string): NewEvent => {
  telling.standing = 'over';
  return { type: 'withdrawn', data: { reason } };
};

/** Why nobody owes the reply any more after an event of the complaint. */
function endOf(event: NumberedEvent, { agency }: PartPlace): string | undefined {
  if (event.type === 'transferred' && event.data.to === agency)
    return '민원을 이송받아 직접 처리하게 되었으므로 이 요청은 끝났습니다.';
  const isOver =
    event.type === 'answered' ||
    event.type === 'withdrawn' ||
    (event.type === 'status_changed' && !owingStatuses.includes(event.data.to));
  return isOver ? '민원의 처리가 끝나 회신이 더 필요하지 않습니다.' : undefined;
}

type When = Pick<NumberedEvent, 'at' | 'actor'>;

function hearStep(telling: Telling, step: Step, when: When): NewEvent | undefined {
  const { place, told } = telling;
  if (step.kind === 'part_asked' || step.kind === 'cooperation_asked') {
    telling.count += 1;
    if (telling.count !== place.number) return undefined;
    telling.words = step.text;
    told.kind = step.kind === 'part_asked' ? 'part' : 'cooperation';
    told.by = when.actor.agency;
    return give(telling, step, when);
  }
  if (!('contribution' in step) || step.contribution !== place.number) return undefined;
  if (step.kind === 'contribution_moved') return give(telling, step, when);
  return telling.holder === place.agency ? hearReply(telling, step) : undefined;
}

/** It is asked of an agency from now on: of this one, or no longer. */
function give(
  telling: Telling,
  step: Extract<Step, { to: string; kind: 'part_asked' | 'cooperation_asked' | 'contribution_moved' }>,
  { at }: When,
): NewEvent | undefined {
  const { place, told } = telling;
  const isHere = telling.holder === place.agency;
  telling.holder = step.to;
  told.dueAt = step.until ?? told.dueAt;
  if (step.to !== place.agency) {
    const isGone = isHere && telling.standing === 'asked' && step.kind === 'contribution_moved';
    return isGone ? end(telling, sayStep(step) ?? step.kind) : undefined;
  }
  const isAgain = telling.isThere;
  Object.assign(telling, { standing: 'asked', isThere: true });
  // It was here before, so its post is there, under this number.
  if (isAgain) return { type: 'followed_up', data: { followUp: { text: sayAgain(step, told.dueAt) } } };
  told.askedAt = at;
  return { type: 'registered', data: { content: toContent(telling) } };
}

const sayAgain = (step: Step, dueAt: string): string =>
  `[다시 요청]\n회신 기한: ${toDay(dueAt)}\n${sayStep(step) ?? ''}`;

function hearReply(telling: Telling, step: Step): NewEvent | undefined {
  switch (step.kind) {
    case 'contribution_answered':
      telling.standing = 'answered';
      return { type: 'answered', data: { answer: toAnswer(step.text, step) } };
    case 'contribution_refused':
      // Its own officers said so, at the hub: on the board it is the last word of the agency.
      telling.standing = 'over';
      return { type: 'answered', data: { answer: toAnswer(sayStep(step) ?? step.reason, step) } };
    case 'contribution_extended': {
      telling.told.dueAt = step.until;
      const answer = { ...toAnswer(sayStep(step) ?? step.reason, step), interim: true };
      return { type: 'interim_answered', data: { answer } };
    }
    case 'contribution_taken_back':
      return telling.standing === 'asked' ? end(telling, sayStep(step) ?? step.reason) : undefined;
    default:
      return undefined;
  }
}

const toAnswer = (text: string, step: Step): Answer => ({
  text,
  ...(step.by && { officer: step.by }),
  ...('attachments' in step && step.attachments && { attachments: step.attachments }),
});

/** Korea has kept UTC+9 without summer time since 1988. */
const toDay = (instant: string): string =>
  instant && new Date(Date.parse(instant) + 9 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '. ');

const mostTitle = 300;
const mostBody = 100_000;

/**
 * What is asked before what the complainant wrote, of whom the agency learns no more than at the console: it must know
 * the matter, and not the person.
 */
function toContent({ place, disclosure, receiptNumber, matter, words, told }: Telling): ComplaintContent {
  const { title, body, ...rest } = discloseContent(matter, 'part', disclosure);
  const [name] = stepNames[told.kind === 'part' ? 'part_asked' : 'cooperation_asked'];
  const head = [
    `[${name} ${toPartNumber(receiptNumber, place.number)}]`,
    `요청 기관: ${told.by} · 회신 기한: ${toDay(told.dueAt)}.`,
    '',
    words,
    '',
    `── 민원 ${receiptNumber} ──`,
  ];
  return {
    ...rest,
    title: cut(`[${name}] ${title}`, mostTitle),
    body: cut([...head, body].join('\n'), mostBody),
    filedAt: told.askedAt || matter.filedAt,
  };
}

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
