/**
 * The last line of every text that the hub writes to an Open311 board. GeoReport gives back no field in which a client
 * could leave a number of its own, so the text carries it: people see where it came from, `find` knows it again, and
 * what comes back is told from what the agency wrote.
 */
import type { Officer } from '../../schemas/index.ts';

const words = {
  registered: '접수',
  assigned: '배정',
  revised: '수정',
  answered: '답변',
  interim_answered: '중간 회신',
  followed_up: '추가 질의',
  status_changed: '처리상태',
  transferred: '이송',
  withdrawn: '취하',
  file: '첨부파일',
} as const;

type MarkKind = keyof typeof words;

export interface Mark {
  kind: MarkKind;
  receiptNumber: string;
  key: string;
}

export interface Marked extends Mark {
  text: string;
  officer?: Officer;
}

const kinds = new Map<string, MarkKind>(
  Object.entries(words).map(([kind, word]) => [word, kind as MarkKind]),
);
const pattern = new RegExp(`\\n*\\[민원허브 (${[...kinds.keys()].join('|')}) (\\S+), (\\S+)\\]$`);
const officerPattern = /\n*담당: (.+) · (.+) · (.+)$/;

export function toMarked(text: string, { kind, receiptNumber, key }: Mark, officer?: Officer): string {
  const names = [officer?.department, officer?.name, officer?.contact];
  const signed = names.some(Boolean) ? `\n\n담당: ${names.map((name) => name || '-').join(' · ')}` : '';
  return `${text.trimEnd()}${signed}\n\n[민원허브 ${words[kind]} ${receiptNumber}, ${key}]`;
}

/** A text of the hub's own taken apart again; undefined: somebody else wrote it. */
export function readMarked(given: string): Marked | undefined {
  const text = given.replace(/\r\n?/g, '\n').trimEnd();
  const found = pattern.exec(text);
  const [mark = '', word = '', receiptNumber = '', key = ''] = found ?? [];
  const kind = kinds.get(word);
  if (!found || !kind) return undefined;
  const rest = text.slice(0, -mark.length);
  const signed = officerPattern.exec(rest);
  if (!signed) return { kind, receiptNumber, key, text: rest };
  const [department, name, contact] = signed.slice(1).map((part) => (part === '-' ? undefined : part));
  const officer = { ...(department && { department }), ...(name && { name }), ...(contact && { contact }) };
  return { kind, receiptNumber, key, text: rest.slice(0, -signed[0].length), officer };
}
