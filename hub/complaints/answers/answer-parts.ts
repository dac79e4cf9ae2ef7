import { type ComplaintKind, type Problem, toReason } from '../../../schemas/index.ts';
import type { answersReasons } from '../../../schemas/reasons/answers.ts';

/**
 * The kinds that ask the agency for a decision. Whoever is refused one is told the reasons and the ways to object (Act,
 * article 27), so their answers have parts. A query asks for information, and its answer is one text.
 */
const partedKinds: ReadonlySet<ComplaintKind> = new Set(['grievance', 'statutory', 'suggestion']);
export const hasParts = (kind: ComplaintKind): boolean => partedKinds.has(kind);

/** What was decided. After the last two, the answer has to say how to object. */
export const answerResults = ['accepted', 'partly', 'declined'] as const;
type AnswerResult = (typeof answerResults)[number];
const refusing: ReadonlySet<string> = new Set<AnswerResult>(['partly', 'declined']);

/** The parts of an answer, in their order: what was asked, what is decided and why, and how to object. */
export const answerParts = ['asked', 'result', 'decided', 'why', 'remedies'] as const;
type AnswerPart = (typeof answerParts)[number];
type Typed = Partial<Record<string, string>>;

/** The headings of the parts, as the complainant and the boards read them. */
const headings = {
  asked: '민원 요지',
  decided: '처리 결과',
  why: '이유',
  remedies: '구제 방법',
  text: '그 밖의 안내',
};
const results: Record<AnswerResult, string> = {
  accepted: '수용',
  partly: '일부 수용',
  declined: '수용하지 않음',
};

/** The whole answer as one text: boards, doors and notices carry one. */
export function joinParts(typed: Typed): string {
  const result = answerResults.find((one) => one === typed.result);
  const decided = [result && `[${results[result]}]`, typed.decided].filter(Boolean).join('\n');
  return Object.entries(headings)
    .map(([part, heading]) => ({ heading, text: part === 'decided' ? decided : typed[part] }))
    .filter(({ text }) => text)
    .map(({ heading, text }, at) => `${at + 1}. ${heading}\n${text}`)
    .join('\n\n');
}

const reasons: Record<AnswerPart, keyof typeof answersReasons> = {
  asked: 'answer_asked',
  result: 'answer_result',
  decided: 'answer_decided',
  why: 'answer_why',
  remedies: 'answer_remedies',
};

/** The parts that the law wants and that are not there. Pointers begin at the form. */
export function findMissingParts(typed: Typed): Problem[] {
  const isRefused = refusing.has(typed.result ?? '');
  const missing = answerParts.filter((part) => {
    if (part === 'result') return !answerResults.some((one) => one === typed.result);
    return (part !== 'remedies' || isRefused) && !typed[part];
  });
  return [
    ...missing.map((part) => ({ pointer: `/parts/${part}`, reason: toReason(reasons[part]) })),
    // Whoever reads the answer knows whom to ask (Enforcement Decree, article 31).
    ...(typed.officer ? [] : [{ pointer: '/parts/officer', reason: toReason('answer_officer') }]),
    ...(typed.contact ? [] : [{ pointer: '/parts/contact', reason: toReason('answer_contact') }]),
  ];
}
