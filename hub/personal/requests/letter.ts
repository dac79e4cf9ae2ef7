import { findAnswerPeriod } from './due.ts';
import { findGround } from './grounds.ts';
import { type Decision, lastOf, type RequestKind, type SubjectRequest } from './request.ts';

/** Korean: it goes to a person in Korea. */
export const kindWords: Record<RequestKind, string> = {
  access: '열람',
  correct: '정정',
  delete: '삭제',
  stop: '처리정지',
};
const articles: Record<RequestKind, string> = {
  access: '제35조',
  correct: '제36조',
  delete: '제36조',
  stop: '제37조',
};
const outcomeWords: Record<Decision['outcome'], string> = {
  granted: '요구하신 대로 합니다',
  partly: '요구하신 것 가운데 일부를 합니다',
  refused: '요구하신 대로 하지 못합니다',
};

const day = new Intl.DateTimeFormat('ko-KR', { dateStyle: 'long', timeZone: 'Asia/Seoul' });

/** A part of a letter, with its number in the heading. */
export interface LetterPart {
  heading: string;
  text: string;
}

/** Who the letter goes to: the representative, if there is one. */
export const toAddressee = ({ facts }: Pick<SubjectRequest, 'facts'>): string =>
  facts.representative?.name ?? facts.name;

/**
 * What the person is told: what was asked, what was decided, on which grounds, and how to object (개인정보 보호법, articles 35 to 37 and 38,
 * paragraph 5; 시행령, articles 42 to 44). Undefined: nothing is decided yet.
 */
export function draftLetter(request: SubjectRequest): LetterPart[] | undefined {
  const decision = lastOf(request, 'decided')?.decision;
  if (!decision) return undefined;
  const { kind, receivedAt, facts } = request;
  const grounds = decision.grounds.flatMap((code) => findGround(code) ?? []);
  const { representative } = facts;
  const parts: [string, string][] = [
    [
      '요구하신 내용',
      `${day.format(receivedAt)}에 받은 개인정보 ${kindWords[kind]} 요구(「개인정보 보호법」 ${articles[kind]})\n${facts.wants}${
        representative ? `\n정보주체: ${facts.name} (대리인 ${representative.name})` : ''
      }`,
    ],
    ['결정', `${outcomeWords[decision.outcome]}.${decision.reason === '' ? '' : `\n${decision.reason}`}`],
    ...(grounds.length > 0
      ? ([['근거', grounds.map(({ article, letter }) => `${letter} (${article})`).join('\n')]] as [
          string,
          string,
        ][])
      : []),
    [
      '이의제기 방법',
      `이 결정에 이의가 있으시면 아래로 이의를 제기하실 수 있습니다(「개인정보 보호법」 제38조 제5항).\n${decision.contact}`,
    ],
  ];
  return parts.map(([heading, text], at) => ({ heading: `${at + 1}. ${heading}`, text }));
}

/** That seeing is put off: why, and until when (article 35, paragraph 3; 시행령, article 42, paragraph 2). */
export function draftPostponement(request: SubjectRequest): LetterPart[] | undefined {
  const postponed = lastOf(request, 'postponed');
  if (!postponed || !request.postponedUntil) return undefined;
  return [
    {
      heading: '1. 열람 연기',
      text: `요구하신 개인정보의 열람을 ${day.format(request.postponedUntil)}까지 연기합니다. 사유가 없어지면 지체 없이 열람하실 수 있게 합니다.`,
    },
    { heading: '2. 사유', text: postponed.note ?? '' },
    {
      heading: '3. 근거',
      text: `개인정보 보호법 제35조 제3항. 답변 기한: ${findAnswerPeriod(request.receivedAt).source.access}`,
    },
  ];
}
