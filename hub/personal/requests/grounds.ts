import { toDay } from '../../clock/calendar.ts';
import type { RequestKind } from './request.ts';

/** Why something may be refused. */
export interface Ground {
  code: string;
  kinds: readonly RequestKind[];
  /** The day from which it holds, and after which it does not. */
  from: string;
  until?: string;
  /** As the letter cites it. */
  article: string;
  words: readonly [ko: string, en: string];
  /** The sentence of the letter. */
  letter: string;
}

/** The Act since its amendment of 2023. What holds earlier or later is another row. */
const amended = '2023-09-15';
const only =
  <Kind extends RequestKind>(...kinds: Kind[]) =>
  (code: string, article: string, words: readonly [string, string], letter: string): Ground => ({
    ...{ code, kinds, from: amended, article, words, letter },
  });
const access = only('access');
const erase = only('delete');
const correct = only('correct');
const stop = only('stop');

/** Why a request may be refused, in whole or in part. docs/subject-requests.md says where each was read. */
export const grounds: readonly Ground[] = [
  access(
    'access_law',
    '개인정보 보호법 제35조 제4항 제1호',
    ['법률에 따라 열람이 금지되거나 제한됨', 'A law forbids or limits seeing it'],
    '법률에 따라 열람이 금지되거나 제한되는 정보입니다.',
  ),
  access(
    'access_others',
    '개인정보 보호법 제35조 제4항 제2호',
    [
      '다른 사람의 생명·신체를 해할 우려, 재산과 이익을 부당하게 침해할 우려',
      'It may harm the life, body, property or interests of another person',
    ],
    '다른 사람의 생명·신체를 해할 우려가 있거나 다른 사람의 재산과 그 밖의 이익을 부당하게 침해할 우려가 있는 정보입니다.',
  ),
  access(
    'access_duty',
    '개인정보 보호법 제35조 제4항 제3호',
    [
      '공공기관의 업무(조세, 성적·입학, 시험·자격, 진행 중인 평가·판단, 감사·조사)에 중대한 지장',
      'It would gravely hinder a duty of a public body: taxes, marks, examinations, a judgement or an audit under way',
    ],
    '공공기관이 같은 호 각 목의 업무를 하는 데 중대한 지장을 초래하는 정보입니다.',
  ),
  correct(
    'correct_right',
    '개인정보 보호법 제36조 제2항',
    ['조사한 결과 지금 내용이 맞음', 'It was looked into, and what stands there is right'],
    '조사한 결과 현재 기록된 내용이 사실과 같아 정정하지 아니하였습니다.',
  ),
  erase(
    'delete_listed',
    '개인정보 보호법 제36조 제1항 단서',
    ['다른 법령에서 수집 대상으로 명시한 정보', 'Another law names it as data to be collected'],
    '다른 법령에서 그 개인정보가 수집 대상으로 명시되어 있어 삭제를 요구하실 수 없는 정보입니다.',
  ),
  erase(
    'delete_record',
    '개인정보 보호법 제36조 제1항 단서, 제21조 제1항 단서, 공공기록물 관리에 관한 법률',
    ['보존기간이 끝나지 않은 공공기록물', 'A public record whose time is not over'],
    '민원 기록은 공공기록물로서 정해진 보존기간 동안 보존하여야 하므로 그 기간이 끝나면 파기합니다.',
  ),
  erase(
    'delete_open',
    '개인정보 보호법 제36조 제1항 단서, 민원 처리에 관한 법률',
    ['처리 중인 민원', 'The complaint is still being handled'],
    '민원을 처리하는 데 필요한 정보로서 처리가 끝나지 아니하였습니다.',
  ),
  stop(
    'stop_law',
    '개인정보 보호법 제37조 제2항 제1호',
    ['법률의 규정 또는 법령상 의무를 지키는 데 불가피', 'A law says so, or a legal duty needs it'],
    '법률에 특별한 규정이 있거나 법령상 의무를 준수하기 위하여 불가피한 처리입니다.',
  ),
  stop(
    'stop_others',
    '개인정보 보호법 제37조 제2항 제2호',
    [
      '다른 사람의 생명·신체를 해할 우려, 재산과 이익을 부당하게 침해할 우려',
      'It may harm the life, body, property or interests of another person',
    ],
    '다른 사람의 생명·신체를 해할 우려가 있거나 다른 사람의 재산과 그 밖의 이익을 부당하게 침해할 우려가 있습니다.',
  ),
  stop(
    'stop_duty',
    '개인정보 보호법 제37조 제2항 제3호',
    [
      '처리하지 않으면 다른 법률이 정한 소관 업무를 할 수 없음',
      'Without it a duty that another law gives the public body cannot be done',
    ],
    '개인정보를 처리하지 아니하면 다른 법률에서 정하는 소관 업무를 수행할 수 없습니다.',
  ),
];

const dayLength = 86_400_000;
const toNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / dayLength;

/** Those that may be named for a kind of request on a day. */
export function listGrounds(kind: RequestKind, at: Date, all = grounds): Ground[] {
  const day = toDay(at.getTime());
  return all.filter(
    ({ kinds, from, until }) =>
      kinds.includes(kind) && toNumber(from) <= day && (until === undefined || day <= toNumber(until)),
  );
}

export const findGround = (code: string, all = grounds): Ground | undefined =>
  all.find((one) => one.code === code);
