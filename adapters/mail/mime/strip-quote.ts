import { isAttribution, isFooter, isFrame, isSeparator, readFields } from './quote-marks.ts';

/** The first line of every mail of ours; a program that quotes the mail quotes it too. */
export const replyMark = '##- 이 줄 위에 답변을 적어 주십시오 · Please reply above this line -##';
const markStart = /^[\s>|]{0,200}##-/;

/** What an officer wrote, and what a program or a habit put below it. */
export interface Stripped {
  text: string;
  /** All that was taken out, in its order. */
  cut: string;
  /** A quote has begun: what follows in another part of the mail may belong to it. */
  hasQuote: boolean;
}

/** A line, and what it may be the beginning of. */
interface Lines {
  lines: string[];
  /** Whether a block of headers begins at each. */
  blocks: boolean[];
}

/**
 * What an officer wrote, without what the mail program put below it. An answer is an official text, so nothing is cut on a
 * guess. A line only announces a quote where our own mark, `>` or a block of headers follows. (The libraries of
 * this field also cut at "=====" and at "Regards,", and know one Korean program.)
 */
export function stripQuote(text: string, hasQuote = false): Stripped {
  const lines = toLines(text);
  const quoted = cutQuote({ lines, blocks: findBlocks(lines) }, hasQuote);
  const kept = withoutSignature(quoted.kept);
  const after = quoted.kept.slice(kept.length);
  return {
    text: toText(kept),
    cut: toText([...after, ...quoted.lead, ...quoted.cut]),
    hasQuote: quoted.hasQuote,
  };
}

/** The whole of a text as an answer holds it: all but our own mail, which no officer wrote, and what announces that. */
export function tidy(text: string): string {
  const lines = toLines(text);
  const ours = lines.findIndex((line) => markStart.test(line));
  if (ours < 0) return toText(lines);
  const isHead = (line = '') =>
    isBlank(line) ||
    isFrame(line) ||
    isSeparator(line) ||
    readFields(line) !== undefined ||
    isAttribution([line]);
  let end = ours;
  while (end > 0 && isHead(lines[end - 1])) end--;
  return toText(lines.slice(0, end));
}

/** Outlook writes its soft line break as a vertical tab. */
const toLines = (text: string) =>
  text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/\u00a0/g, ' ')
    .split('\n');

function toText(lines: string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const isQuoted = (line = '') => /^\s{0,3}>/.test(line);
const isBlank = (line = '') => line.trim() === '';

interface Cut {
  kept: string[];
  /** What announced the quote where nothing else of it was known. */
  lead: string[];
  cut: string[];
  hasQuote: boolean;
}

/** Up to where a quote begins that has no end; within one that is marked line by line, lines between are the officer's. */
function cutQuote(given: Lines, hadQuote: boolean): Cut {
  const { lines, blocks } = given;
  const found: Cut = { kept: [], lead: [], cut: [], hasQuote: hadQuote };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (blocks[at] || (markStart.test(line) && !isQuoted(line))) return endAt(found, lines.slice(at));
    if (isQuoted(line)) {
      if (markStart.test(line) && !found.hasQuote) takeBackQuoted(found);
      (found.hasQuote ? found.cut : found.kept).push(line);
      continue;
    }
    const opening = openingAt(given, at);
    if (opening === 0) {
      found.kept.push(line);
      continue;
    }
    found.hasQuote = true;
    found.cut.push(...lines.slice(at, at + opening));
    at += opening - 1;
  }
  return found.hasQuote && !hadQuote ? withoutLead(found) : found;
}

/** Nothing below is the officer's. */
function endAt(found: Cut, rest: string[]): Cut {
  const { kept, lead, cut } = withoutLead({ ...found, hasQuote: true });
  return { kept, lead, cut: [...cut, ...rest], hasQuote: true };
}

/** Our mark stands in the quoted lines right above: those belong to the quote, others further up do not. */
function takeBackQuoted(found: Cut): void {
  const { kept, cut } = found;
  let from = kept.length;
  while (isQuoted(kept[from - 1])) from--;
  cut.push(...kept.splice(from));
  found.hasQuote = true;
}

/** What stands between the answer and the quote: lines of a frame, a separator, the attribution of a program not known here. */
function withoutLead(found: Cut): Cut {
  const kept = [...found.kept];
  const isLead = (line: string) =>
    isBlank(line) || isFrame(line) || isSeparator(line) || (line.length <= 500 && /@.*[:：]\s*$/.test(line));
  let from = kept.length;
  while (from > 0 && isLead(kept[from - 1] ?? '')) from--;
  return { ...found, kept: kept.slice(0, from), lead: kept.slice(from) };
}

/** How many lines from here announce a quote that follows: none, or up to three. */
function openingAt({ lines, blocks }: Lines, at: number): number {
  if (isBlank(lines[at])) return 0;
  for (let count = 1; count <= 3; count++) {
    const part = lines.slice(at, at + count);
    if (part.slice(1).some((line) => isBlank(line) || isQuoted(line))) return 0;
    const announces = (count === 1 && isSeparator(part[0] ?? '')) || isAttribution(part);
    if (!announces) continue;
    let next = at + count;
    while (next < lines.length && isBlank(lines[next])) next++;
    return isQuoted(lines[next]) || blocks[next] || markStart.test(lines[next] ?? '') ? count : 0;
  }
  return 0;
}

/**
 * Lines of which a block of headers has three at the least; sender and date among them, for letters too begin with the others.
 * Official letters have all of them (발신, 수신, 날짜, 제목). A quote's block names an address as well, or a separator stands
 * above it, or our own mail begins below it.
 */
const blockLines = 5;
/** Lines from such a block to the first ones of our mail (write-mail.ts). */
const toOurMail = 12;
const ourLine = /^[\s>|*]{0,200}(?:##-|접수번호 Receipt number)/;

function findBlocks(lines: string[]): boolean[] {
  const fields = lines.map(readFields);
  return lines.map((_line, at) => {
    if (!fields[at]) return false;
    const block: NonNullable<(typeof fields)[number]>[] = [];
    let isProved =
      isAnnounced(lines, at) || lines.slice(at, at + toOurMail).some((line) => ourLine.test(line));
    for (let next = at, seen = 0; next < at + 2 * blockLines && seen < blockLines; next++) {
      const text = lines[next] ?? '';
      if (isBlank(text)) continue;
      seen++;
      const field = fields[next];
      if (field) block.push(field);
      isProved ||= field !== undefined && text.includes('@');
    }
    return (
      isProved &&
      block.filter(({ isOther }) => isOther).length >= 2 &&
      block.some(({ isSender }) => isSender) &&
      block.some(({ isDate }) => isDate)
    );
  });
}

function isAnnounced(lines: string[], at: number): boolean {
  let above = at - 1;
  while (above >= 0 && isBlank(lines[above])) above--;
  return isSeparator(lines[above] ?? '') || isFrame(lines[above] ?? '');
}

/** RFC 3676, 4.3: `-- ` alone on a line begins a signature; behind it, or without it, what telephones add. */
function withoutSignature(lines: string[]): string[] {
  const at = lines.indexOf('-- ');
  const kept = at < 0 ? [...lines] : lines.slice(0, at);
  while (kept.length > 0 && (isBlank(kept.at(-1)) || isFooter(kept.at(-1) ?? ''))) kept.pop();
  return kept;
}
