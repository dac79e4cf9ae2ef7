/**
 * What an officer wrote, without what the mail program put below it. An answer is an official text, so nothing is cut on
 * a guess: only behind the line that our own mails begin with, a separator or a block of headers that programs write, or
 * an attribution. (The libraries of this field also cut at "=====" and at "Regards,", and know one Korean program.)
 */

/** The first line of every mail of ours; a program that quotes the mail quotes it too. */
export const replyMark = '##- 이 줄 위에 답변을 적어 주십시오 · Please reply above this line -##';
const markStart = /^[\s>|]*##-/;

/** `-----원본 메시지-----` and the like: Outlook, Naver, Hanmail, Nate, Thunderbird, Apple Mail. */
const separator =
  /^\s*[-_=*]{2,}\s*\[?\s*(원본\s*(메시지|메일|내용)|원문|(받은|보낸)\s*메일\s*내용|전달된\s*(메시지|메일)|original message|original mail|forwarded message|reply message)\s*\]?\s*[-_=*]{2,}\s*$/i;
const begin = /^\s*(begin forwarded message|전달된 메시지의 시작|전달한 메시지의 시작)\s*:?\s*$/i;
/** The lines of a block of headers as Outlook and the Korean web mailers write it, bold marks and all. */
const fieldOf = (names: string) => new RegExp(`^[\\s*]*(?:${names})[\\s*]*[:：]`, 'i');
const senderField = fieldOf('보낸\\s?사람|보낸\\s?이|발신인?|발신자|from|sender');
const otherField = fieldOf(
  '받는\\s?사람|받는\\s?이|받은\\s?사람|수신인?|수신자|참조|보낸\\s?날짜|보낸\\s?시간|받은\\s?날짜|날짜|제목|to|cc|sent|date|subject|reply-to',
);
const dateField = fieldOf('보낸\\s?날짜|보낸\\s?시간|받은\\s?날짜|날짜|sent|date');
/** Lines of which such a block has three at the least; sender and date among them, for letters too begin with the others. */
const blockLines = 5;

/** `2026년 11월 22일 (일) 오후 3:04, 홍길동님이 작성:` and its kin; a program may break it over three lines. */
const attributions = [
  /^on\s.{6,300}\bwrote\s*:$/is,
  /^.{0,200}(?:19|20)\d\d\s*[-./년].{4,250}(?:작성|쓴 글|보낸 글|쓴 메시지|썼습니다|썼다|wrote)\s*[:：.]$/is,
  /^.{1,200}(?:님이|이\(가\)|께서)\s.{0,120}(?:작성|쓴 글|보낸 글|쓴 메시지)\s*[:：.]$/is,
  // Thunderbird in Korean: 26. 11. 22. 오후 3:04에 홍길동 이(가) 쓴 글:
  /^\d\d\.\s*\d\d?\.\s*\d\d?\..{4,200}(?:쓴 글|작성)\s*[:：]$/is,
];

const isQuoted = (line: string) => /^\s{0,3}>/.test(line);
const isBlank = (line: string) => line.trim() === '';

/** The words of a reply; empty when nothing is left. */
export function stripQuote(text: string): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
    .split('\n');
  const { kept, hasQuote } = cutQuote(lines);
  const own = hasQuote ? withoutLead(kept.filter((line) => !isQuoted(line))) : kept;
  return withoutSignature(own)
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Up to where a quote begins that has no end; quoted lines between others stay, to be judged together. */
function cutQuote(lines: string[]): { kept: string[]; hasQuote: boolean } {
  const kept: string[] = [];
  let hasQuote = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (isSeparator(line) || isHeaderBlock(lines, at)) return { kept, hasQuote: true };
    if (markStart.test(line)) {
      hasQuote = true;
      if (!isQuoted(line)) break;
    }
    const attributed = isQuoted(line) ? 0 : attributionAt(lines, at);
    if (attributed === 0) {
      kept.push(line);
      continue;
    }
    const next = nextLine(lines, at + attributed);
    if (!isQuoted(lines[next] ?? '')) return { kept, hasQuote: true };
    hasQuote = true;
    at = next - 1;
  }
  return { kept, hasQuote };
}

/** Long lines are no separators, and would take these expressions long. */
const isSeparator = (line: string) => line.length <= 200 && (separator.test(line) || begin.test(line));

/** How many lines from here are an attribution: none, or up to three. */
function attributionAt(lines: string[], at: number): number {
  if (isBlank(lines[at] ?? '')) return 0;
  for (let count = 1; count <= 3; count++) {
    const part = lines.slice(at, at + count);
    if (part.slice(1).some((line) => isBlank(line) || isQuoted(line))) return 0;
    if (attributions.some((pattern) => pattern.test(part.join(' ').trim()))) return count;
  }
  return 0;
}

function nextLine(lines: string[], from: number): number {
  let at = from;
  while (at < lines.length && isBlank(lines[at] ?? '')) at++;
  return at;
}

function isHeaderBlock(lines: string[], at: number): boolean {
  const first = lines[at] ?? '';
  if (!senderField.test(first) && !otherField.test(first)) return false;
  const block = lines
    .slice(at, at + 2 * blockLines)
    .filter((line) => !isBlank(line))
    .slice(0, blockLines);
  const others = block.filter((line) => otherField.test(line));
  const has = (field: RegExp) => block.some((line) => field.test(line));
  return others.length >= 2 && has(senderField) && has(dateField);
}

/** What stands between the answer and the quote: lines of a frame, and an attribution of a program that is not known here. */
function withoutLead(lines: string[]): string[] {
  const kept = [...lines];
  const isLead = (line: string) =>
    isBlank(line) || /^\s*[-_=*]{3,}\s*$/.test(line) || /@[\w.-]+\b.*[:：]\s*$/.test(line);
  while (kept.length > 0 && isLead(kept.at(-1) ?? '')) kept.pop();
  return kept;
}

/** What telephones and programs add of their own accord. */
const footer =
  /^\s*(나의 (iPhone|iPad|Galaxy).*에서 보냄|(내|나의) Galaxy.*(보냄|보냈습니다)\.?|.*(iOS|Android)용 Outlook.*(다운로드|보냄|받기).*|네이버 메일 앱에서 보냈습니다\.?|Sent from (my |Outlook|Mail for ).*|Get Outlook for .*|Sent via .*)\s*$/i;

/** RFC 3676, 4.3: `-- ` alone on a line begins a signature. */
function withoutSignature(lines: string[]): string[] {
  const at = lines.indexOf('-- ');
  const kept = at < 0 ? [...lines] : lines.slice(0, at);
  while (kept.length > 0 && (isBlank(kept.at(-1) ?? '') || footer.test(kept.at(-1) ?? ''))) kept.pop();
  return kept;
}
