import { replyMark } from '../../../adapters/mail/mime/strip-quote.ts';
import { type OddMail, plain } from './odd-mail.ts';

const quoted = [`> ${replyMark}`, '> 제목 Title: 주차장 문의'];

/** What is a quote and what is not. */
export const oddQuotes: OddMail[] = [
  {
    what: 'lines that end as official Korean does',
    mail: plain('1. 2026년도 사업계획서 작성.', '2. 누리집에서 신청.', '', '감사합니다.'),
    right: { answer: '1. 2026년도 사업계획서 작성.\n2. 누리집에서 신청.\n\n감사합니다.' },
  },
  {
    what: 'an official letter with its numbered paragraphs',
    mail: plain(
      '가. 근거: 2026. 11. 20. 민원조사팀에서 현장을 확인하고 보고서를 작성.',
      '나. 결과: 12월 5일까지 보수합니다.',
      '다. 문의: 051-123-4567',
    ),
    right: {
      answer:
        '가. 근거: 2026. 11. 20. 민원조사팀에서 현장을 확인하고 보고서를 작성.\n나. 결과: 12월 5일까지 보수합니다.\n다. 문의: 051-123-4567',
    },
  },
  {
    what: 'a sentence that announces a list',
    mail: plain('2026. 12. 1. 오후 3:04까지 신청서를 작성:', '', '1. 이름', '2. 주소'),
    right: { answer: '2026. 12. 1. 오후 3:04까지 신청서를 작성:\n\n1. 이름\n2. 주소' },
  },
  {
    what: 'the quote of Samsung Email',
    mail: plain(
      '처리하였습니다.',
      '',
      '',
      '-------- 원본 이메일 --------',
      '발신: 민원 허브 <hub1@mail.example>',
      '날짜: 26/11/22 오후 3:04 (GMT+09:00)',
      '받은 사람: officer1@mail.example',
      '제목: [민원] 주차장',
      '',
      replyMark,
    ),
    right: { answer: '처리하였습니다.', cut: '받은 사람: officer1@mail.example' },
  },
  {
    what: 'the footer of an iPhone',
    mail: plain(
      '처리하였습니다.',
      '',
      'iPhone에서 보냄',
      '',
      '2026. 11. 22. 오후 3:04, 민원 허브 <hub1@mail.example> 작성:',
      '',
      ...quoted,
    ),
    right: { answer: '처리하였습니다.', cut: 'iPhone에서 보냄' },
  },
  {
    what: 'a law that the officer quotes above the quote of the program',
    mail: plain(
      '법 조문은 다음과 같습니다.',
      '',
      '> 제8조 처리기간을 공표한다',
      '',
      'On Sun, Nov 22, 2026 at 3:04 PM Hub <hub1@mail.example> wrote:',
      '',
      ...quoted,
    ),
    right: {
      answer: '법 조문은 다음과 같습니다.\n\n> 제8조 처리기간을 공표한다',
      cut: 'On Sun, Nov 22, 2026 at 3:04 PM Hub <hub1@mail.example> wrote:',
    },
  },
  {
    what: 'a law quoted above a quote that nothing announces',
    mail: plain('답변입니다.', '> 제8조', '', '민원 허브께서 쓰신 글', '', ...quoted),
    right: { answer: '답변입니다.\n> 제8조\n\n민원 허브께서 쓰신 글', cut: '제목 Title: 주차장 문의' },
  },
  {
    what: 'a quote in HTML that its program marks',
    mail: [
      'Content-Type: text/html; charset=utf-8',
      '',
      '<div>처리하였습니다.</div><div class="gmail_quote">11월 22일 민원 허브님이 작성:<blockquote>주차장 문의</blockquote></div>',
    ],
    right: { answer: '처리하였습니다.', cut: '주차장 문의' },
  },
  {
    what: 'an official letter that begins with fields, as a quoted mail does',
    mail: plain(
      '발신: 마을기업지원단장',
      '수신: 홍길동 귀하',
      '날짜: 2026. 11. 22.',
      '제목: 시제품 제작 지원 문의 회신',
      '',
      '신청은 12월 31일까지입니다.',
    ),
    right: {
      answer:
        '발신: 마을기업지원단장\n수신: 홍길동 귀하\n날짜: 2026. 11. 22.\n제목: 시제품 제작 지원 문의 회신\n\n신청은 12월 31일까지입니다.',
    },
  },
  {
    what: 'such fields in the midst of an answer',
    mail: plain(
      '교육을 안내드립니다.',
      '발신자: 02-123-4567',
      '날짜: 12월 3일',
      '제목: 창업 교육',
      '수신: 신청자 모두',
      '오십시오.',
    ),
    right: {
      answer:
        '교육을 안내드립니다.\n발신자: 02-123-4567\n날짜: 12월 3일\n제목: 창업 교육\n수신: 신청자 모두\n오십시오.',
    },
  },
  {
    what: 'the block of a program that writes no address, above our mark',
    mail: plain(
      '처리하였습니다.',
      '',
      'From: 민원 허브',
      'Sent: 2026-11-22 14:20',
      'To: 박담당',
      'Subject: [민원]',
      replyMark,
    ),
    right: { answer: '처리하였습니다.', cut: 'Sent: 2026-11-22 14:20' },
  },
];
