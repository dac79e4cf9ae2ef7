import { expect, it } from 'vitest';
import { consoleTexts } from '../../../hub/console/console-texts.ts';
import { createReasonWords } from '../../../hub/web/reason-words.ts';
import { createWording } from '../../../hub/web/texts.ts';
import { said, toReason } from '../../../schemas/reason.ts';

const nameAgency = (code: string) => (code === 'busan' ? '부산광역시' : code);
const toWords = createReasonWords(nameAgency, createWording(consoleTexts));

it('a reason reads in Korean with the words of the domain, and in English with its codes', () => {
  const reason = toReason('status_order', { wanted: 'assigned', status: 'answered' });
  expect(toWords(reason, 'ko', true)).toBe(
    '배정 상태로 바꿀 수 없습니다. 현재 상태: 답변 완료. 현재 상태에 맞게 고치거나, 보류된 자료는 폐기하십시오',
  );
  expect(toWords(reason, 'en', true)).toBe('cannot become assigned: it is answered');
});

it('an agency has its name, also within another reason; one that is not known its code', () => {
  const reason = toReason('at', { place: 'push', detail: toReason('assignee_already', { agency: 'busan' }) });
  expect(toWords(reason, 'ko', true)).toBe(
    'push: 부산광역시 기관이 이미 처리기관입니다. 다른 기관을 고르거나, 보류된 자료는 폐기하십시오',
  );
  expect(toWords(toReason('no_board_now', { agency: 'gone' }), 'ko', true)).toContain('gone');
});

it('what a board says is shown as it is, without addresses to who may see no person', () => {
  const reason = said('550 <hong@example.kr>: 없는 사용자');
  expect(toWords(reason, 'ko', true)).toBe('550 <hong@example.kr>: 없는 사용자');
  expect(toWords(reason, 'ko', false)).not.toContain('hong');
});
