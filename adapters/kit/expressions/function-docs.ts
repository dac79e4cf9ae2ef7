/** A function of expressions, explained to the people who write them, in Korean and in English. */
export interface DocumentedFunction {
  /** With its parameters: `$code(table, value)`. */
  call: string;
  ko: string;
  en: string;
}

/** Every function of functions.ts. JSONata's own are explained at https://docs.jsonata.org. */
export const expressionFunctions: Record<string, DocumentedFunction> = {
  phone: {
    call: '$phone(text)',
    ko: '전화번호를 국제 표기(+8210…)로 바꿉니다.',
    en: 'Converts a phone number to the international form (+8210…).',
  },
  koreanPhone: {
    call: '$koreanPhone(text)',
    ko: '전화번호를 국내 표기(010-…)로 바꿉니다.',
    en: 'Converts a phone number to the Korean form (010-…).',
  },
  email: { call: '$email(text)', ko: '전자우편 주소를 정리합니다.', en: 'Cleans an e-mail address.' },
  instant: {
    call: '$instant(text, pattern?)',
    ko: '게시판의 시각을 표준 시각(RFC 3339)으로 바꿉니다. 시간대는 기관의 것입니다.',
    en: "Converts a board's time to an instant (RFC 3339), in the agency's time zone.",
  },
  boardTime: {
    call: '$boardTime(instant, pattern?)',
    ko: '표준 시각을 게시판의 시각(yyyy-MM-dd HH:mm:ss)으로 바꿉니다.',
    en: "Converts an instant to the board's time (yyyy-MM-dd HH:mm:ss).",
  },
  utc: {
    call: '$utc(instant, pattern?)',
    ko: '표준 시각을 협정 세계시로 적습니다.',
    en: 'Writes an instant in UTC.',
  },
  epoch: {
    call: '$epoch(instant)',
    ko: '표준 시각을 1970년부터의 초로 바꿉니다.',
    en: 'Converts an instant to seconds since 1970.',
  },
  text: { call: '$text(html)', ko: 'HTML을 글로 바꿉니다.', en: 'Converts HTML to plain text.' },
  html: { call: '$html(text)', ko: '글을 HTML로 바꿉니다.', en: 'Converts plain text to HTML.' },
  base64Text: {
    call: '$base64Text(base64, charset?)',
    ko: 'base64로 적힌 글을 읽습니다.',
    en: 'Reads a text that is written in base64.',
  },
  code: {
    call: '$code(table, code)',
    ko: '게시판의 코드를 대응표로 허브의 말로 바꿉니다. 대응표에 없으면 보류됩니다.',
    en: "Converts a board's code to the hub's word by a code table. A code that it lacks parks the post.",
  },
  boardCode: {
    call: '$boardCode(table, word)',
    ko: '허브의 말을 대응표로 게시판의 코드로 바꿉니다.',
    en: "Converts the hub's word to the board's code by a code table.",
  },
  secret: {
    call: '$secret(name)',
    ko: '설정의 secrets에 있는 비밀을 보낼 것에 넣습니다.',
    en: 'Puts a secret of the settings into what is sent.',
  },
  refuse: {
    call: '$refuse(code, params?)',
    ko: '허브의 사유로 멈춥니다.',
    en: 'Stops with a reason of the hub.',
  },
  pad: {
    call: '$pad(text, width, sign?)',
    ko: '글을 정한 너비까지 채웁니다. 음수이면 앞을 채웁니다.',
    en: 'Fills a text up to a width; before it where the width is negative.',
  },
};
