import type { Gathered } from './gather.ts';
import { kindWords } from './letter.ts';
import type { SubjectRequest } from './request.ts';

/** Everything that is held on a person, as a file. Times are UTC. */
export interface SubjectData {
  format: 'minwon-hub subject data 1';
  request: { number: string; kind: string; receivedAt: string };
  person: { name: string; phone?: string; email?: string };
  madeAt: string;
  /** What is left out or masked, in words for the person. */
  remarks: string[];
  sections: { name: string; table: string; rows: Record<string, unknown>[] }[];
}

const exportRemarks: readonly string[] = [
  '다른 사람의 이름, 휴대전화번호, 전자우편 주소는 가렸습니다(개인정보 보호법 제35조 제4항 제2호).',
  '첨부 파일은 목록만 있습니다. 파일은 민원마다 따로 받으실 수 있습니다.',
  '기관의 게시판에 있는 글은 그 기관이 보유합니다. 어느 기관에 무엇이 갔는지는 제3자 제공 기록에 있습니다.',
];

export function toSubjectData(request: SubjectRequest, { sections }: Gathered, madeAt: Date): SubjectData {
  const { number, kind, receivedAt, facts } = request;
  return {
    format: 'minwon-hub subject data 1',
    request: { number, kind: kindWords[kind], receivedAt: receivedAt.toISOString() },
    person: {
      name: facts.name,
      ...(facts.phone !== undefined && { phone: facts.phone }),
      ...(facts.email !== undefined && { email: facts.email }),
    },
    madeAt: madeAt.toISOString(),
    remarks: [...exportRemarks],
    sections: sections.map(({ table, words, rows }) => ({ name: words[0], table, rows })),
  };
}

/** The name of the file: it names nobody. */
export const toSubjectFileName = (
  { number }: Pick<SubjectRequest, 'number'>,
  ending: 'json' | 'pdf',
): string => `subject-request-${number}.${ending}`;
