import { answer, byEmail, bySms, note, type Story, step, toStories } from '../story.ts';

/** The same of one person at three places. The third is closed, after two results were told (Act, article 23). */
const sameEverywhere = (() => {
  const title = '개업 축하금 지급 요청';
  const body = '올해 개업한 점포에 축하금을 주십시오.';
  const who = byEmail('차은호', '새길문방구');
  const [first] = toStories('sbiz', 641, [
    ['자금', '서울', title, body, who, [answer('축하금을 드리는 사업은 없습니다.')]],
  ]);
  const [second] = toStories('techno', 641, [
    ['기술', '서울', title, body, who, [answer('창업 장려금은 기술 창업에만 드립니다.')]],
  ]);
  const [third] = toStories('phone', 641, [
    [
      '수출',
      '울산',
      title,
      body,
      who,
      [
        note('officer', '세 번째 같은 내용. 앞의 두 기관 답변을 확인했음.'),
        step('closed_as_repeat', { reason: '같은 내용에 두 번 답변을 드렸습니다.' }),
      ],
    ],
  ]);
  return follow(first, second, third);
})();

const parts = {
  asked: '점포 앞 노점을 옮겨 달라고 하셨습니다.',
  result: 'partly',
  decided: '노점 두 곳을 옮깁니다.',
  why: '세 곳은 허가를 받았습니다.',
  remedies: '90일 안에 행정심판을 청구할 수 있습니다.',
};
const decided =
  '1. 민원 요지\n점포 앞 노점을 옮겨 달라고 하셨습니다.\n\n2. 처리 결과\n[일부 수용]\n노점 두 곳을 옮깁니다.\n\n' +
  '3. 이유\n세 곳은 허가를 받았습니다.\n\n4. 구제 방법\n90일 안에 행정심판을 청구할 수 있습니다.';
const again = {
  ...parts,
  result: 'accepted',
  decided: '다섯 곳을 모두 옮깁니다.',
  why: '감사 결과 허가가 잘못되었습니다.',
  remedies: '',
};
const decidedAgain =
  '1. 민원 요지\n점포 앞 노점을 옮겨 달라고 하셨습니다.\n\n2. 처리 결과\n[수용]\n다섯 곳을 모두 옮깁니다.\n\n' +
  '3. 이유\n감사 결과 허가가 잘못되었습니다.';

/**
 * A grievance whose answer a second person releases, after a draft came back. The second identical one goes to the audit
 * office (Decree, article 17).
 */
const grievance = (() => {
  const title = '전통시장 노점 이전';
  const body = '허가 없는 노점이 전통시장 점포를 가립니다.';
  const who = bySms('하준서', '중앙그릇');
  const more = { kind: 'grievance' as const };
  const returned = { decided: '노점은 상인회에 알아보십시오.', comment: '몇 곳을 옮기는지 적어 주십시오.' };
  const [first] = toStories('phone', 651, [
    [
      '기타',
      '전북',
      title,
      body,
      who,
      [{ do: 'answer', by: 'officer', text: decided, parts, returned }],
      more,
    ],
  ]);
  const [second] = toStories('phone', 651, [
    [
      '기타',
      '전북',
      title,
      body,
      who,
      [
        { do: 'toAudit', person: '정감사' },
        note('inspector', '허가 대장을 받아 대조함. 담당자에게 경위서를 요구함.'),
        { do: 'answer', by: 'inspector', text: decidedAgain, parts: again },
      ],
      more,
    ],
  ]);
  return follow(first, second);
})();

/** Identical complaints, one after the other. */
function follow(...stories: (Story | undefined)[]): Story[] {
  const all = stories.filter((story) => story !== undefined);
  const last = all.reduce((before, story) => ({ ...story, before }));
  return [last];
}

export const repeatStories: Story[] = [...sameEverywhere, ...grievance];
