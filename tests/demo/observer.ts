/**
 * Observes the outside: the storage of the boards and of the mail and SMS servers. It never looks into the hub, with
 * one exception: only the hub's console shows parked items.
 */
import { DatabaseSync } from 'node:sqlite';
import PostalMime from 'postal-mime';
import type { Gnuboard } from '../boards/gnuboard/index.ts';
import type { RestBoard } from '../boards/rest-board/index.ts';
import type { SoapBoard } from '../boards/soap-board/index.ts';
import { type BoardCopy, readGnuboard, readRestBoard, readSoapBoard } from './board-copies.ts';
import { contentFact, type Facts, inBoardOrder, procedure } from './expected.ts';

export interface Outside {
  sbiz: RestBoard;
  techno: SoapBoard;
  textile: Gnuboard;
  /** Absent in the interactive demo, where messages stay in the hub's outbox. */
  mailFile?: string;
  texts?: () => { to: string; text: string }[];
}

/** A message about one complaint. */
interface SeenMessage {
  mark: string;
  fact: string;
  text: string;
}

/** Milliseconds between two looks. */
export const lookEvery = 40;
const markPattern = /\[(D-\d{3})\]/;

export type Observer = ReturnType<typeof createObserver>;

export function createObserver({ sbiz, techno, textile, mailFile, texts }: Outside) {
  const mails = mailFile ? openMails(mailFile) : undefined;
  const parked = new Map<string, string>();
  const firstSeen = new Map<string, number>();
  let copies = new Map<string, BoardCopy[]>();
  let messages: SeenMessage[] = [];
  let byMark = new Map<string, Facts>();

  async function look(): Promise<void> {
    const onTextile = await readGnuboard(textile);
    const all = [...readRestBoard(sbiz), ...readSoapBoard(techno), ...onTextile];
    copies = Map.groupBy(all, ({ title }) => markOf(title));
    await mails?.read();
    messages = [...(mails?.seen ?? []), ...(texts?.() ?? []).map(toText)];
    const now = performance.now();
    byMark = new Map();
    const add = (mark: string, fact: string) => {
      const facts = byMark.get(mark) ?? new Map<string, number>();
      byMark.set(mark, facts.set(fact, (facts.get(fact) ?? 0) + 1));
      const key = `${mark} ${fact}`;
      if (!firstSeen.has(key)) firstSeen.set(key, now);
    };
    for (const [mark, held] of copies)
      for (const copy of held) for (const fact of factsOf(copy)) add(mark, fact);
    for (const { mark, fact } of messages) add(mark, fact);
    for (const [mark, fact] of parked) add(mark, fact);
  }

  return {
    look,
    factsOf: (mark: string): Facts => byMark.get(mark) ?? new Map(),
    marks: () => [...byMark.keys()],
    copyOn: (mark: string, agency: string) => copies.get(mark)?.find((copy) => copy.agency === agency),
    orderOn: (mark: string, agency: string) =>
      (copies.get(mark) ?? [])
        .filter((copy) => copy.agency === agency)
        .map((copy) => inBoardOrder(copy.parts)),
    /** All mails and texts, whatever they are about. */
    allMessages: () => [
      ...(mails?.all ?? []),
      ...(texts?.() ?? []).map(({ to, text }) => ({ to: `text to ${to}`, text })),
    ],
    messagesOf: (mark: string) => messages.filter((message) => message.mark === mark),
    /** Mails that came again with the same Message-ID. */
    repeated: () => mails?.repeated ?? [],
    firstSeen: (mark: string, fact: string) => firstSeen.get(`${mark} ${fact}`),
    /** Notes that the console showed a parked item or link. */
    noteParked: (mark: string, what: 'item' | 'link') => parked.set(mark, `parked ${what} in the console`),
    close: () => mails?.close(),
  };
}

const markOf = (text: string): string => markPattern.exec(text)?.[1] ?? 'without a mark';

function factsOf(copy: BoardCopy): string[] {
  const { agency, parts, files, status, isOwn } = copy;
  return [
    `${agency} holds it`,
    ...(isOwn ? [] : [contentFact(agency, copy)]),
    ...[...parts, ...files].map((part) => `${agency} ${part}`),
    `${agency} status ${status}`,
  ];
}

/**
 * Kinds of mail by subject (config/templates/ko). Reminders of deadlines depend on the day, and alerts on how long a run
 * lasts, so they are not compared.
 */
const mailKinds: [RegExp, string][] = [
  [/^\[민원 접수\]/, 'new complaint'],
  [/^\[추가 질의\]/, 'follow-up'],
  [/^\[민원 취하\]/, 'withdrawn'],
  [/민원이 접수되었습니다/, 'registered'],
  [/민원이 이송되었습니다/, 'transferred'],
  [/진행 상황/, 'interim answer'],
  [/처리 결과/, 'answered'],
  [/처리기한|지연|^\[처리할 일\]|^\[민원 허브 경보\]/, 'reminder'],
];
const names = Object.values(procedure)
  .map(({ name }) => name)
  .join('|');
/** A notice of a step names it in the subject of the mail, and in the first line of the text. */
const stepNamed = new RegExp(
  `^\\[[^\\]]+\\] (?:민원 처리 안내: )?(${names})(?=: | \\(|\\n접수번호)|^\\[민원인 제출: (${names})\\]`,
);
function kindOf(text: string): string {
  const [, told, came] = stepNamed.exec(text) ?? [];
  const name = told ?? came;
  if (name && /^\[기관 간 협조\]/.test(text)) return `between agencies ${name}`;
  return name ? `step ${name}` : (mailKinds.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown');
}

/** Each complainant's phone number ends in the complaint's number. */
function toText({ to, text }: { to: string; text: string }): SeenMessage {
  return { mark: `D-${to.slice(-3)}`, fact: `text to ${to}: ${kindOf(text)}`, text };
}

/** Continues to read the mail server's file, each mail once. */
function openMails(file: string) {
  const database = new DatabaseSync(file, { readOnly: true });
  const newer = database.prepare('select id, recipients, raw from mails where id > ? order by id');
  const ids = new Set<string>();
  const seen: SeenMessage[] = [];
  const all: { to: string; text: string }[] = [];
  const repeated: string[] = [];
  let last = 0;
  return {
    seen,
    all,
    repeated,
    async read(): Promise<void> {
      for (const row of newer.all(last)) {
        last = Number(row.id);
        const mail = await PostalMime.parse(row.raw as Uint8Array);
        const { messageId = '', subject = '', text = '', html = '' } = mail;
        const receivers = JSON.parse(String(row.recipients)) as string[];
        all.push(...receivers.map((to) => ({ to: `mail to ${to}`, text: `${subject}\n${text}\n${html}` })));
        const kind = kindOf(subject);
        if (kind === 'reminder') continue;
        for (const to of receivers) {
          const message = { mark: markOf(text), fact: `mail to ${to}: ${kind}`, text };
          if (ids.has(`${messageId} ${to}`)) repeated.push(`${message.mark} ${message.fact}`);
          else seen.push(message);
          ids.add(`${messageId} ${to}`);
        }
      }
    },
    close: () => database.close(),
  };
}
