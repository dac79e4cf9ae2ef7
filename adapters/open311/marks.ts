/**
 * The last line of every text that the hub writes to an Open311 board. GeoReport gives back no field in which a client
 * could leave a number of its own, so the text carries it. People see where it came from, `find` knows it again, and
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
const begin = '[민원허브 ';
const pattern = new RegExp(`^\\[민원허브 (${[...kinds.keys()].join('|')}) (\\S+), (\\S+)\\]$`);
const signature = '담당: ';

export function toMarked(text: string, { kind, receiptNumber, key }: Mark, officer?: Officer): string {
  const names = [officer?.department, officer?.name, officer?.contact];
  const signed = names.some(Boolean) ? `\n\n담당: ${names.map((name) => name || '-').join(' · ')}` : '';
  return `${text.trimEnd()}${signed}\n\n[민원허브 ${words[kind]} ${receiptNumber}, ${key}]`;
}

/** A text of the hub's own taken apart again; undefined: somebody else wrote it. */
export function readMarked(given: string): Marked | undefined {
  const text = given.replace(/\r\n?/g, '\n').trimEnd();
  // Found from its beginning: an expression that looks for it everywhere takes long on a text made for that.
  const mark = text.slice(Math.max(0, text.lastIndexOf(begin)));
  const [found, word = '', receiptNumber = '', key = ''] = pattern.exec(mark) ?? [];
  const kind = kinds.get(word);
  if (!found || !kind) return undefined;
  const rest = text.slice(0, -mark.length).trimEnd();
  const lastLine = rest.slice(rest.lastIndexOf('\n') + 1);
  const at = lastLine.indexOf(signature);
  const signed = at < 0 ? [] : lastLine.slice(at + signature.length).split(' · ');
  if (signed.length < 3) return { kind, receiptNumber, key, text: rest };
  const parts = [signed.slice(0, -2).join(' · '), ...signed.slice(-2)];
  const [department, name, contact] = parts.map((part) => (part === '-' ? undefined : part));
  const officer = { ...(department && { department }), ...(name && { name }), ...(contact && { contact }) };
  return { kind, receiptNumber, key, text: rest.slice(0, at - lastLine.length).trimEnd(), officer };
}
