/**
 * The longest line that mail programs write around a quote. Longer lines are not examined, so that no expression takes
 * long.
 */
const longestMark = 200;
const longestAttribution = 500;

/** `-----원본 메시지-----` and similar lines of Outlook, Naver, Hanmail, Nate, Samsung, Thunderbird and Apple Mail. */
const separator =
  /^\s*[-_=*]{2,}\s*\[?\s*(원본\s*(메시지|이?메일|내용)|원문|(받은|보낸)\s*이?메일\s*(내용)?|전달된\s*(메시지|이?메일)|original (message|e?-?mail)|forwarded message|reply message)\s*\]?\s*[-_=*]{2,}\s*$/i;
const begin = /^\s*(begin forwarded message|전달된 메시지의 시작|전달한 메시지의 시작)\s*:?\s*$/i;

export const isSeparator = (line: string): boolean =>
  line.length <= longestMark && (separator.test(line) || begin.test(line));

export const isFrame = (line: string): boolean =>
  line.length <= longestMark && /^\s*[-_=*]{3,}\s*$/.test(line);

/**
 * An attribution such as `2026년 11월 22일 (일) 오후 3:04, 홍길동님이 작성:`, in up to three lines. It ends in a verb of writing and
 * a colon. Before them stands an address or a time of day. The caller checks whether a quote follows.
 */
export function isAttribution(lines: string[]): boolean {
  if (lines.reduce((sum, line) => sum + line.length, 0) > longestAttribution) return false;
  const text = lines.join(' ').trim();
  return (
    /(작성|쓴 글|보낸 글|쓴 메시지|썼습니다|썼다|wrote|schrieb)\s?[:：]$/i.test(text) &&
    /@|\d{1,2}:\d\d|오[전후] ?\d/.test(text)
  );
}

/** Lines of a header block as Outlook and the Korean web mailers write it, with or without bold marks. */
const fieldOf = (names: string) => new RegExp(`^[\\s*]{0,20}(?:${names})[\\s*]{0,20}[:：]`, 'i');
const senderField = fieldOf('보낸\\s?사람|보낸\\s?이|발신인?|발신자|from|sender');
const otherField = fieldOf(
  '받는\\s?사람|받는\\s?이|받은\\s?사람|수신인?|수신자|참조|보낸\\s?날짜|보낸\\s?시간|받은\\s?날짜|날짜|제목|to|cc|sent|date|subject|reply-to',
);
const dateField = fieldOf('보낸\\s?날짜|보낸\\s?시간|받은\\s?날짜|날짜|sent|date');

/** The field that a line of such a block shows. Undefined: it is no line of a block. */
export function readFields(
  line: string,
): { isSender: boolean; isOther: boolean; isDate: boolean } | undefined {
  // A quick check for most lines: every line of a block has a colon near its beginning.
  if (!/[:：]/.test(line.slice(0, 60))) return undefined;
  const start = line.slice(0, 100);
  const [isSender, isOther] = [senderField.test(start), otherField.test(start)];
  return isSender || isOther ? { isSender, isOther, isDate: dateField.test(start) } : undefined;
}

/** Lines that telephones and programs add by themselves. */
const footer =
  /^\s*((나의\s|내\s)?(iPhone|iPad|iPod|Galaxy|갤럭시|휴대전화|스마트폰)[^.]{0,40}(에서|으로|로) (보냄|보냈습니다|발송)\.?|(삼성|내|나의) (Galaxy|갤럭시|휴대)[^.]{0,60}(보냄|보냈습니다|전송)\.?|[^.]{0,60}(iOS|Android)용 Outlook.{0,60}(다운로드|보냄|받기).{0,60}|네이버 메일 앱에서 보냈습니다\.?|Sent from (my |Outlook|Mail for |Samsung).{0,100}|Get Outlook for .{0,100}|Sent via .{0,100})\s*$/i;

export const isFooter = (line: string): boolean => line.length <= longestMark && footer.test(line);
