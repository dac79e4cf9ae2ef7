import {
  answer,
  byEmail,
  bySms,
  type Hand,
  look,
  note,
  type Step,
  type Story,
  stepBy,
  toStories,
} from '../story.ts';

/**
 * Matters of several agencies: one leads, asks others for parts and opinions, and joins what they say into its answer.
 * Days count from the one on which the demo runs.
 */
const market: Hand = { agency: 'market', at: 'console' };
const techno: Hand = { agency: 'techno', at: 'console' };
const technoProgram: Hand = { agency: 'techno', at: 'soap' };
const sbiz: Hand = { agency: 'sbiz', at: 'rest' };
const textile: Hand = { agency: 'textile', at: 'soap' };

const collected: Step = {
  do: 'answer',
  collected: true,
  text:
    '■ 기술혁신진흥원 (기술지원팀 윤시험 042-555-0100)\n눈이 30센티미터 쌓여도 견딥니다.\n\n' +
    '■ 섬유산업진흥원 (민원지원부 최담당 053-123-4567)\n방수 천을 절반 값에 드립니다.',
};

const byPhone = toStories('phone', 621, [
  [
    '기타',
    '강원',
    '전화: 전통시장 비 가림 천막',
    '시장 골목에 천막 지붕을 올리고 싶습니다. 눈에 견디는지, 얼마나 도와주는지 알려 주십시오.',
    bySms('설하린', '정선나물'),
    [
      stepBy(market, 'part_asked', {
        to: 'techno',
        text: '천막이 눈을 견디는지 시험하여 주십시오.',
        until: '+2',
      }),
      stepBy(market, 'cooperation_asked', {
        to: 'sbiz',
        text: '설치비를 빌릴 수 있는지 의견을 주십시오.',
        until: '+2',
      }),
      look(
        sbiz,
        ['2 cooperation for market'],
        ['2 cooperation market → sbiz asked: 설치비를 빌릴 수 있는지 의견을 주십시오.'],
      ),
      stepBy(sbiz, 'contribution_refused', { contribution: '2', reason: '올해 설치비 융자는 끝났습니다.' }),
      stepBy(market, 'contribution_moved', {
        contribution: '2',
        to: 'textile',
        reason: '천을 대는 사업이 있는지 섬유산업진흥원에 묻습니다.',
      }),
      look(sbiz, [], []),
      stepBy(textile, 'contribution_extended', {
        contribution: '2',
        until: '+3',
        reason: '예산 담당자에게 확인하고 있습니다.',
      }),
      stepBy(techno, 'contribution_answered', {
        contribution: '1',
        text: '눈이 30센티미터 쌓여도 견딥니다.',
      }),
      look(
        textile,
        ['2 cooperation for market'],
        ['2 cooperation market → textile asked, extended: 설치비를 빌릴 수 있는지 의견을 주십시오.'],
      ),
      stepBy(market, 'contribution_shared', { contribution: '1' }),
      look(
        textile,
        ['2 cooperation for market'],
        [
          '1 part market → techno answered, shared: 천막이 눈을 견디는지 시험하여 주십시오. / 눈이 30센티미터 쌓여도 견딥니다.',
          '2 cooperation market → textile asked, extended: 설치비를 빌릴 수 있는지 의견을 주십시오.',
        ],
      ),
      stepBy(textile, 'contribution_answered', { contribution: '2', text: '방수 천을 절반 값에 드립니다.' }),
      stepBy(market, 'part_asked', { to: 'sbiz', text: '골목 상인의 매출을 알려 주십시오.', until: '+1' }),
      stepBy(market, 'contribution_taken_back', {
        contribution: '3',
        reason: '매출 자료는 상인회에서 받았습니다.',
      }),
      note('officer', '지붕 높이는 소방서와 유선으로 협의함. 답변에는 쓰지 않음.'),
      note('techno', '시험 장비를 하루 비워 두었음.'),
      collected,
    ],
  ],
]);

const onTechno = toStories('techno', 622, [
  [
    '수출',
    '서울',
    '시장 먹거리 수출 꾸러미',
    '광장 골목의 먹거리를 묶어 수출할 수 있습니까?',
    byEmail('안서진', '종로부각'),
    [
      stepBy(sbiz, 'part_asked', { to: 'market', text: '참여할 상인회를 찾아 주십시오.', until: '+2' }),
      stepBy(market, 'contribution_answered', {
        contribution: '1',
        text: '종로 상인회 열두 곳이 참여합니다.',
      }),
      look(
        sbiz,
        [],
        ['1 part sbiz → market answered: 참여할 상인회를 찾아 주십시오. / 종로 상인회 열두 곳이 참여합니다.'],
      ),
      // The agency that took it in speaks to the complainant, and knows nothing of this.
      look(technoProgram, [], []),
      answer('열두 곳이 참여하여 내년 봄에 수출을 시작합니다.'),
    ],
  ],
]);

const onSbiz = toStories('sbiz', 623, [
  [
    '기술',
    '경기',
    '포장 용기 시험과 비용',
    '냉동 포장 용기를 시험하고 비용도 빌리고 싶습니다.',
    byEmail('유태오', '안성만두'),
    [
      stepBy(technoProgram, 'cooperation_asked', {
        to: 'sbiz',
        text: '시험 비용을 빌려줄 수 있습니까?',
        until: '+2',
      }),
      stepBy(sbiz, 'contribution_answered', { contribution: '1', text: '백만 원까지 빌려 드립니다.' }),
      look(
        technoProgram,
        [],
        [
          '1 cooperation techno → sbiz answered: 시험 비용을 빌려줄 수 있습니까? / 백만 원까지 빌려 드립니다.',
        ],
      ),
      note('techno', '시험실 담당자의 휴가로 하루 늦게 시작함.'),
      answer('용기를 무료로 시험하고, 비용은 백만 원까지 빌려 드립니다.'),
    ],
  ],
]);

export const agenciesStories: Story[] = [...byPhone, ...onTechno, ...onSbiz];
