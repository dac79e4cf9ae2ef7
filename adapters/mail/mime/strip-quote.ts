import { isAttribution, isFooter, isFrame, isSeparator, readFields } from './quote-marks.ts';

/** The first line of all our mails. A program that quotes the mail quotes this line too. */
export const replyMark = '##- 이 줄 위에 답변을 적어 주십시오 · Please reply above this line -##';
const markStart = /^[\s>|]{0,200}##-/;

/** An officer's text, and what a program or a habit added below. */
export interface Stripped {
  text: string;
  /** Everything that was removed, in order. */
  cut: string;
  /** A quote has begun. Text in a later part of the mail may belong to it. */
  hasQuote: boolean;
}

/** The lines, and what each may begin. */
interface Lines {
  lines: string[];
  /** Whether a header block begins at each line. */
  blocks: boolean[];
}

/**
 * Returns an officer's text without what the mail program added. An answer is an official text, so nothing is removed
 * on a guess. A line counts as announcing a quote only if our own mark, `>` or a header block follows. (Existing
 * libraries also cut at "=====" and at "Regards,", and know one Korean program.)
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

/** Returns the whole text for an answer. It removes only our own mail and the lines that announce it. */
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

/** Outlook writes a soft line break as a vertical tab. */
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
  /** Lines that announced the quote, if nothing else of it was recognised. */
  lead: string[];
  cut: string[];
  hasQuote: boolean;
}

/**
 * Removes a quote. A quote without an end goes to the end of the text. In a quote with marked lines, the lines between
 * them are the officer's.
 */
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

/** The officer wrote nothing below this line. */
function endAt(found: Cut, rest: string[]): Cut {
  const { kept, lead, cut } = withoutLead({ ...found, hasQuote: true });
  return { kept, lead, cut: [...cut, ...rest], hasQuote: true };
}

/** Our mark is inside the quoted lines directly above. Only those belong to the quote, not lines further up. */
function takeBackQuoted(found: Cut): void {
  const { kept, cut } = found;
  let from = kept.length;
  while (isQuoted(kept[from - 1])) from--;
  cut.push(...kept.splice(from));
  found.hasQuote = true;
}

/** Removes the lines between answer and quote: lines of a frame, a separator, or an unknown program's attribution. */
function withoutLead(found: Cut): Cut {
  const kept = [...found.kept];
  const isLead = (line: string) =>
    isBlank(line) || isFrame(line) || isSeparator(line) || (line.length <= 500 && /@.*[:：]\s*$/.test(line));
  let from = kept.length;
  while (from > 0 && isLead(kept[from - 1] ?? '')) from--;
  return { ...found, kept: kept.slice(0, from), lead: kept.slice(from) };
}

/** The number of lines from here, up to three, that announce a following quote. */
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
 * A header block has at least three of these lines. Sender and date must be among them, because letters also begin with
 * the others. Official letters have all of them (발신, 수신, 날짜, 제목). A quote's block also names an address, or stands
 * below a separator, or above our own mail.
 */
const blockLines = 5;
/** The most lines between such a block and the first lines of our mail (write-mail.ts). */
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

/** RFC 3676, 4.3: a line with only `-- ` begins a signature. Lines that telephones add come after it, or without it. */
function withoutSignature(lines: string[]): string[] {
  const at = lines.indexOf('-- ');
  const kept = at < 0 ? [...lines] : lines.slice(0, at);
  while (kept.length > 0 && (isBlank(kept.at(-1)) || isFooter(kept.at(-1) ?? ''))) kept.pop();
  return kept;
}
