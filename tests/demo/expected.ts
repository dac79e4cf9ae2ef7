/**
 * What must be found outside at the end. It is a small independent model of the demo's routing rules
 * (config/routing.yaml), of who holds a copy and of who is notified. It knows only the stories and nothing of the hub.
 */
import type { StepKind } from '../../schemas/index.ts';
import { isBetween, listToldAgencies } from './contributions.ts';
import { expectedFile } from './files.ts';
import {
  type AgencyCode,
  isInside,
  type Person,
  type ProcedureStep,
  type Step,
  type Story,
  type Taken,
  titleOf,
} from './story.ts';

/**
 * Facts that can be found about one complaint, with their number: `sbiz holds it`, `mail to …: answered`. Two such
 * lists are compared word for word.
 */
export type Facts = Map<string, number>;

export interface Expected {
  facts: Facts;
  /** The parts on each board, in order. */
  order: Map<string, string[]>;
}

const boards: readonly AgencyCode[] = ['sbiz', 'techno', 'textile'];
export const officers: Record<AgencyCode, string> = {
  sbiz: 'officer@sbiz.example',
  techno: 'officer@techno.example',
  market: 'officer@market.example',
  textile: 'officer@textile.example',
};
const origins = {
  sbiz: 'sbiz',
  techno: 'techno',
  textile: 'textile',
  door: 'market',
  phone: undefined,
} as const;

/** The agency that must answer first. This repeats config/routing.yaml independently. */
export function routeOf({ from, category, region, kind, title, body }: Story): AgencyCode {
  const says = (...words: string[]) =>
    words.some((word) => `${title} ${body}`.replaceAll(' ', '').includes(word));
  if (says('전통시장', '온누리상품권', '상점가')) return 'market';
  if (category === '섬유') return 'textile';
  if (category === '기술' && region === '제주') return 'sbiz';
  if (['기술', '특허', '시설', '사업화'].includes(category)) return 'techno';
  if (says('시제품', '인증시험')) return 'techno';
  if (from === 'techno' && kind === 'suggestion') return 'techno';
  if (category === '수출' && ['울산', '경남'].includes(region)) return 'market';
  return 'sbiz';
}

/** The agency that received the complaint. Undefined: the contact centre. */
export const originOf = ({ from }: Story): AgencyCode | undefined => origins[from];

/** The agency that has the complaint after the first `done` steps. */
export function assigneeAfter(story: Story, done: number): AgencyCode {
  const held = [routeOf(story)];
  for (const step of story.steps.slice(0, done)) {
    if (step.do === 'transfer') held.push(step.to);
    // Whoever transferred it has it again.
    else if (step.do === 'step' && step.kind === 'transfer_refused') held.push(held.at(-2) ?? routeOf(story));
  }
  return held.at(-1) ?? routeOf(story);
}

/**
 * The steps of the procedure, by the Act: what its notice calls them, who is told, and the status that boards show
 * afterwards. Absent: nobody is told, and the status stays.
 */
export const procedure: Record<
  StepKind,
  { name: string; tells?: 'complainant' | 'officer'; status?: string }
> = {
  officer_assigned: { name: '담당자 지정' },
  classified: { name: '민원 종류 변경' },
  extended: { name: '처리기간 연장', tells: 'complainant' },
  supplement_requested: { name: '보완 요구', tells: 'complainant', status: 'supplement_requested' },
  supplement_extended: { name: '보완 기간 연장', tells: 'complainant' },
  supplemented: { name: '보완', tells: 'officer', status: 'in_progress' },
  clock_stopped: { name: '처리기간 정지', tells: 'complainant' },
  clock_resumed: { name: '처리기간 재개', tells: 'complainant' },
  survey_extended: { name: '실지조사 연장', tells: 'complainant' },
  // Told as the transfer that it is.
  transfer_refused: { name: '이송 거부' },
  // The boards have no status of their own for a refusal.
  refused: { name: '거부', tells: 'complainant', status: 'closed' },
  returned: { name: '반려', tells: 'complainant', status: 'closed' },
  closed: { name: '종결', tells: 'complainant', status: 'closed' },
  reopened: { name: '재처리', tells: 'complainant', status: 'in_progress' },
  objected: { name: '이의신청', tells: 'officer', status: 'in_progress' },
  objection_decided: { name: '이의신청 결정', tells: 'complainant', status: 'answered' },
  planned: { name: '장기 반영 계획', tells: 'complainant' },
  plan_reviewed: { name: '장기 반영 점검', tells: 'complainant' },
  // These stay between agencies, whose officers are told (contributions.ts).
  part_asked: { name: '분담 요청' },
  cooperation_asked: { name: '협조 요청' },
  contribution_answered: { name: '요청에 회신' },
  contribution_refused: { name: '요청 거절' },
  contribution_extended: { name: '회신기간 연장' },
  contribution_moved: { name: '요청 기관 변경' },
  contribution_taken_back: { name: '요청 회수' },
  contribution_shared: { name: '회신 공유' },
  joined: { name: '병합' },
  parted: { name: '병합 해제' },
  represented: { name: '대표자 선정' },
  closed_as_repeat: { name: '반복민원 종결', tells: 'complainant', status: 'closed' },
};
/** These come from the complainant. */
export const isComplainants = (step: Step): boolean =>
  step.do === 'followUp' ||
  step.do === 'withdraw' ||
  (step.do === 'step' && procedure[step.kind].tells === 'officer');

/** The channel for the complainant, by choice and by usable contact data. Undefined: none. */
function wayTo({ email, phone, by }: Person): string | undefined {
  if (by === 'sms' && phone) return `text to ${phone}`;
  if (email) return `mail to ${email}`;
  return phone && `text to ${phone}`;
}

/** Words only. White space and bullets differ between boards. */
export const wordsOf = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s*•]+/g, ' ')
    .trim();

/** What the hub's copy must say. */
export const contentFact = (
  agency: string,
  content: { title: string; body: string; name: string; phone: string; email: string },
) =>
  `${agency} copy says: ${content.title} / ${wordsOf(content.body)} / ${content.name} / ${content.phone} / ${content.email}`;

/** Of a person's two addresses, the agency that answers gets the one that was chosen (docs/disclosure.md). */
function onlyReply<Content extends { phone: string; email: string }>(
  content: Content,
  { by }: Person,
): Content {
  const isText = content.phone !== '' && (by === 'sms' || content.email === '');
  return { ...content, ...(isText ? { email: '' } : { phone: '' }) };
}

/** The state of a complaint while its steps are counted. */
interface Tally {
  story: Story;
  add(fact: string): void;
  /** Counts a notice to the complainant, if there is a channel. */
  tell(kind: string): void;
  holders: Set<AgencyCode>;
  /** Answers and questions in order. `notOn`: a board that shows it as a step of its own. */
  parts: { part: string; notOn?: AgencyCode }[];
  files: string[];
  assignee: AgencyCode;
  /** Who had it before. */
  before?: AgencyCode;
  status: string;
}

/** What is outside after the first `done` steps. Without a number: at the end, including the status. */
export function expectedOf(story: Story, done?: number): Expected {
  const earlier = story.before && expectedOf(story.before);
  const facts: Facts = new Map(earlier?.facts);
  const add = (fact: string) => void facts.set(fact, (facts.get(fact) ?? 0) + 1);
  const origin = originOf(story);
  const told = wayTo(story.person);
  const tally: Tally = {
    story,
    add,
    tell: (kind) => told && add(`${told}: ${kind}`),
    holders: new Set(origin ? [origin] : []),
    parts: [],
    files: (story.files ?? []).map((name) => expectedFile(story.mark, 'post', name)),
    assignee: routeOf(story),
    status: 'received',
  };
  register(tally);
  const taken = story.steps.slice(0, done ?? story.steps.length);
  for (const [index, step] of taken.entries()) {
    follow(tally, step);
    tellAgencies(tally, index);
  }
  const { holders, parts, status } = tally;
  const partsOn = (agency: AgencyCode) =>
    parts.flatMap(({ part, notOn }) => (notOn === agency ? [] : [part]));
  const held = boards.filter((agency) => holders.has(agency));
  for (const agency of held) {
    add(`${agency} holds it`);
    if (agency !== origin) add(contentFact(agency, onlyReply(contentOf(story), story.person)));
    for (const part of [...partsOn(agency), ...tally.files]) add(`${agency} ${part}`);
    if (done === undefined || status === 'withdrawn') add(`${agency} status ${status}`);
  }
  const order = new Map(held.map((agency) => [agency, inBoardOrder(partsOn(agency))]));
  return { facts, order: new Map([...(earlier?.order ?? []), ...order]) };
}

/** Steps between agencies are told to officers alone. */
function tellAgencies({ story, assignee, add }: Tally, index: number): void {
  const step = story.steps[index];
  if (!step || !isBetween(step)) return;
  for (const agency of listToldAgencies(story.steps, index, assignee))
    add(`mail to ${officers[agency]}: between agencies ${procedure[step.kind].name}`);
}

function register(tally: Tally): void {
  const { obstacle } = tally.story;
  if (obstacle === 'code' || obstacle === 'channel') {
    tally.add('parked item in the console');
    return;
  }
  tally.tell('registered');
  arrive(tally, tally.assignee);
  if (obstacle === 'charset') tally.add('parked link in the console');
}

function arrive(tally: Tally, agency: AgencyCode): void {
  tally.before = tally.assignee;
  tally.assignee = agency;
  if (tally.story.obstacle !== 'charset') tally.holders.add(agency);
  tally.add(`mail to ${officers[agency]}: new complaint`);
}

function follow(tally: Tally, step: Step): void {
  if (isInside(step) || ('waits' in step && step.waits)) return;
  if ('files' in step) {
    const of = step.do === 'followUp' ? 'question' : 'reply';
    tally.files.push(...(step.files ?? []).map((name) => expectedFile(tally.story.mark, of, name)));
  }
  if (step.do === 'step') {
    takeStep(tally, step);
    return;
  }
  const tellOfficer = (kind: string) => tally.add(`mail to ${officers[tally.assignee]}: ${kind}`);
  if (step.do === 'transfer') {
    tally.tell('transferred');
    arrive(tally, step.to);
  } else if (step.do === 'withdraw') {
    tally.status = 'withdrawn';
    tellOfficer('withdrawn');
  } else if (step.do === 'followUp') {
    tally.parts.push({ part: partOf(step) });
    tellOfficer('follow-up');
  } else {
    tally.parts.push({ part: partOf(step) });
    tally.status = step.do === 'answer' ? 'answered' : 'in_progress';
    tally.tell(step.do === 'answer' ? 'answered' : 'interim answer');
  }
}

function takeStep(tally: Tally, step: ProcedureStep): void {
  const { name, tells, status } = procedure[step.kind];
  if (tells === 'complainant') tally.tell(`step ${name}`);
  if (tells === 'officer') tally.add(`mail to ${officers[tally.assignee]}: step ${name}`);
  if (step.shown)
    tally.parts.push({ part: partOf(step), ...('type' in step.fields && { notOn: 'sbiz' as const }) });
  if (status) tally.status = status;
  if (step.kind !== 'transfer_refused') return;
  tally.tell('transferred');
  arrive(tally, tally.before ?? tally.assignee);
}

/** An answer or a question as a board's list shows it. */
export const partOf = (step: Spoken | ProcedureStep): string =>
  step.do === 'step'
    ? `${isComplainants(step) ? 'followUp' : 'interim'}: ${wordsOf(step.shown ?? '')}`
    : `${step.do}: ${wordsOf('plain' in step && step.plain ? step.plain : step.text)}`;
type Spoken = Extract<Taken, { do: 'answer' | 'interim' | 'followUp' }>;

function contentOf(story: Story) {
  const { name, email = '', phone = '' } = story.person;
  return { title: titleOf(story), body: story.plain ?? story.body, name, email, phone };
}

/** Boards keep answers and questions in two separate lists. */
export const inBoardOrder = (order: string[]): string[] => [
  ...order.filter((part) => !part.startsWith('followUp')),
  ...order.filter((part) => part.startsWith('followUp')),
];
