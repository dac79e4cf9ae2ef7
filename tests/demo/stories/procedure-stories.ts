import { answer, boardStep, byEmail, bySms, type Story, step, toStories, transfer } from '../story.ts';

/**
 * Complaints that go through every step of the procedure: taken by the officer of `market` in the console, by those of
 * sbiz on their board, by the contact centre and by the program of `market`. Boards that know no steps show them in
 * words, which stand here as people must read them.
 */
const officer = '오세진 (officer)';

const onSbiz = toStories('sbiz', 401, [
  [
    '수출',
    '울산',
    '연장과 청문',
    '수출 상담회에 다시 참가하고 싶습니다.',
    byEmail('서지안', '울산명과'),
    [
      step('officer_assigned', { person: officer }),
      step(
        'extended',
        { amount: '3', reason: '상담회 일정을 확인하고 있습니다.' },
        '[처리기간 연장] 3일 연장합니다. 사유: 상담회 일정을 확인하고 있습니다.',
      ),
      step('clock_stopped', { ground: 'hearing', reason: '참가 업체의 의견을 듣습니다.' }),
      step('clock_resumed', { ground: 'hearing' }),
      answer('내년 3월 상담회에 참가하실 수 있습니다.'),
      step('closed', { reason: '신청이 끝났습니다.' }),
      step('reopened', { reason: '상담회 장소가 바뀌었습니다.' }),
      answer('장소가 울산전시관으로 바뀌었습니다.'),
    ],
  ],
  [
    '수출',
    '경남',
    '보완 없는 신청',
    '해외 인증 비용을 신청합니다.',
    byEmail('한도윤', '창원기공'),
    [
      step(
        'supplement_requested',
        { text: '인증 기관의 견적서를 보내 주십시오.' },
        '[보완 요구] 인증 기관의 견적서를 보내 주십시오.',
      ),
      step(
        'returned',
        { reason: '견적서가 없어 검토할 수 없습니다.' },
        '[반려] 사유: 견적서가 없어 검토할 수 없습니다.',
      ),
    ],
  ],
  [
    '자금',
    '전북',
    '시장에 맞지 않는 이송',
    '가게 수리비를 빌릴 수 있습니까?',
    byEmail('문서윤', '전주한지'),
    [
      transfer('market', '시장 안의 가게로 보입니다.'),
      step('transfer_refused', { reason: '가게가 시장 밖에 있습니다.' }),
      answer('수리비는 2천만 원까지 빌려 드립니다.'),
    ],
  ],
]);

const onTechno = toStories('techno', 421, [
  [
    '수출',
    '울산',
    '현장 조사가 필요한 고충',
    '수출 포장 기준이 부당합니다.',
    byEmail('임하준', '온산포장'),
    [
      step('classified', { as: 'grievance', reason: '기준의 시정을 구합니다.' }),
      step('represented', { representatives: '임하준, 조민서', people: '12' }),
      step('clock_stopped', { ground: 'survey', reason: '포장 현장을 조사합니다.' }),
      step('survey_extended', { reason: '현장이 두 곳입니다.' }),
      step('clock_resumed', { ground: 'survey' }),
      step(
        'refused',
        { reasons: '기준은 국제 협약을 따릅니다.', remedies: '90일 안에 행정심판을 청구할 수 있습니다.' },
        {
          shown:
            '[거부] 사유: 기준은 국제 협약을 따릅니다. 구제 방법: 90일 안에 행정심판을 청구할 수 있습니다.',
          // It is a grievance now, and of those a second person of market releases what is decided.
          released: true,
        },
      ),
      step('closed', {}),
    ],
  ],
  [
    '수출',
    '경남',
    '오래 걸리는 약속',
    '진주에도 수출 상담 창구를 열어 주십시오.',
    bySms('배수아', '진주실크'),
    [
      step(
        'planned',
        { promise: '진주 창구를 새해 예산에 넣겠습니다.', reviewOn: '2039-03-02, 2039-09-01' },
        '[장기 반영 계획] 진주 창구를 새해 예산에 넣겠습니다. 점검일: 2039. 03. 02, 2039. 09. 01',
      ),
      step(
        'plan_reviewed',
        { text: '예산안에 들어갔습니다.', kept: 'open' },
        '[장기 반영 점검] 예산안에 들어갔습니다. 계속 추진합니다.',
      ),
      answer('상담 창구를 열기로 했습니다.'),
      step(
        'plan_reviewed',
        { text: '창구를 열었습니다.', kept: 'kept' },
        '[장기 반영 점검] 창구를 열었습니다. 이행을 마쳤습니다.',
      ),
    ],
  ],
  [
    '기타',
    '부산',
    '게시판에서 연장하고 멈춘 민원',
    '교육장에 주차할 수 있습니까?',
    byEmail('권나은', '기장도예'),
    [
      boardStep(
        'extended',
        { type: 'EXT', days: 2, rsn: '주차장 공사를 확인합니다.' },
        '[처리기간 연장] 2일 연장합니다. 사유: 주차장 공사를 확인합니다.',
      ),
      boardStep('clock_stopped', { type: 'STOP', grnd: 'TEST', rsn: '바닥을 시험합니다.' }),
      boardStep('clock_resumed', { type: 'GO', grnd: 'TEST' }),
      answer('지하 2층에 20대를 댈 수 있습니다.'),
    ],
  ],
  [
    '기타',
    '서울',
    '게시판에서 거부한 민원',
    '행사 참가비를 돌려받고 싶습니다.',
    bySms('신재현', '목동문구'),
    [
      boardStep(
        'refused',
        { type: 'REF', rsn: '행사가 이미 끝났습니다.', rmdy: '이의가 있으면 감사실에 알려 주십시오.' },
        '[거부] 사유: 행사가 이미 끝났습니다. 구제 방법: 이의가 있으면 감사실에 알려 주십시오.',
      ),
    ],
  ],
]);

const byPhone = toStories('phone', 441, [
  [
    '기타',
    '대구',
    '전화: 전통시장 점포 등록',
    '서문시장에 점포를 등록하려고 합니다.',
    byEmail('오순애', '서문건어물'),
    [
      step('classified', { as: 'statutory', reason: '법정민원인 점포 등록입니다.' }),
      step('refused', { reasons: '구역 밖의 점포입니다.', remedies: '60일 안에 이의신청을 할 수 있습니다.' }),
      step('objected', { text: '구역이 지난달에 넓어졌습니다.' }),
      step('objection_decided', { outcome: 'upheld', text: '구역을 확인하여 등록합니다.' }),
      step('closed', {}),
    ],
  ],
  [
    '기타',
    '강원',
    '전화: 전통시장 차양 신청',
    '가게 앞에 차양을 달아 주십시오.',
    bySms('남기철', '태백정육'),
    [
      step('supplement_requested', { text: '가게 앞 사진이 필요합니다.' }),
      step('supplement_extended', { until: '2039-01-31', reason: '눈이 그친 뒤에 찍으셔도 됩니다.' }),
      step('supplemented', { text: '사진을 우편으로 보냈습니다.' }),
      answer('차양을 달기로 했습니다.'),
    ],
  ],
]);

const atTheDoor = toStories('door', 461, [
  [
    '자금',
    '광주',
    '프로그램이 보완한 신청',
    '시장 상인에게 운영 자금을 빌려 주십시오.',
    byEmail('양미경', '대인떡방'),
    [
      boardStep(
        'supplement_requested',
        { type: 'SUPREQ', cn: '매출 자료를 보내 주십시오.' },
        '[보완 요구] 매출 자료를 보내 주십시오.',
      ),
      step('supplemented', { text: '매출 자료입니다.' }, '[보완] 매출 자료입니다.'),
      answer('운영 자금 1천만 원을 빌려 드립니다.'),
    ],
  ],
]);

export const procedureStories: Story[] = [...onSbiz, ...onTechno, ...byPhone, ...atTheDoor];
