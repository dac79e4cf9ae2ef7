import { answer, byEmail, bySms, hears, interim, note, type Story, step, toStories } from '../story.ts';

/**
 * Six people ask for the same, on two boards, by phone and by a program, and `market` answers them as one. What the
 * joined ones hear stands here in words, as they must be read on their boards. One goes its own way again.
 */
const joined = interim(
  '[병합] 같은 취지의 다른 민원과 함께 처리합니다. 결과는 이 민원에도 따로 알려 드립니다 (민원 처리에 관한 법률 시행령 제6조). 사유: 같은 화장실의 개방 시간을 묻습니다.',
);
const parted = interim(
  '[병합 해제] 다른 민원과 함께 처리하던 것을 그만두고, 이 민원은 따로 처리합니다. 사유: 주차장은 따로 정합니다.',
);
const stopped = step('clock_stopped', {
  ground: 'representatives',
  reason: '대표자 세 분을 뽑고 있습니다.',
});
const resumed = step('clock_resumed', { ground: 'representatives' });
const opened = answer('전통시장 공중화장실을 밤 열한 시까지 엽니다.');
const closed = step('closed', { reason: '개방 시간을 바꾸었습니다.' });
const together = hears(joined, stopped, resumed, opened, closed);

const onSbiz = toStories('sbiz', 601, [
  [
    '기타',
    '부산',
    '전통시장 공중화장실 개방 시간',
    '전통시장 공중화장실이 저녁 여덟 시에 닫혀 손님이 불편합니다.',
    byEmail('구본석', '부평국밥'),
    [
      note('officer', '@한부장 같은 취지가 여섯 건입니다. 상인회장이 언론에 알린다고 합니다.'),
      step(
        'joined',
        { reason: '같은 화장실의 개방 시간을 묻습니다.' },
        { marks: ['D-602', 'D-603', 'D-604', 'D-605', 'D-606'] },
      ),
      stopped,
      step('represented', { representatives: '구본석, 나은실, 도경수' }),
      resumed,
      step('parted', { reason: '주차장은 따로 정합니다.' }, { marks: ['D-606'] }),
      opened,
      closed,
    ],
  ],
  [
    '기타',
    '부산',
    '전통시장 공중화장실 개방 시간 연장',
    '전통시장 공중화장실이 저녁 여덟 시에 닫혀 장사가 어렵습니다.',
    bySms('나은실'),
    together,
  ],
]);

const onTechno = toStories('techno', 603, [
  [
    '기타',
    '부산',
    '전통시장 공중화장실 저녁 개방',
    '전통시장 공중화장실이 저녁 여덟 시에 닫혀 불편합니다.',
    byEmail('도경수', '깡통어묵'),
    together,
  ],
]);

const byPhone = toStories('phone', 604, [
  [
    '기타',
    '부산',
    '전화: 전통시장 공중화장실 개방 시간',
    '전통시장 공중화장실이 저녁 여덟 시에 닫혀 손님이 돌아갑니다.',
    bySms('마정숙', '부평김밥'),
    together,
  ],
]);

const atTheDoor = toStories('door', 605, [
  [
    '기타',
    '부산',
    '전통시장 공중화장실 개방 시간 문의',
    '전통시장 공중화장실이 저녁 여덟 시에 닫혀 불편합니다. 바꿔 주십시오.',
    byEmail('박달재', '부평상회'),
    together,
  ],
]);

const parting = toStories('phone', 606, [
  [
    '기타',
    '부산',
    '전화: 전통시장 공중화장실과 주차장 개방 시간',
    '전통시장 공중화장실과 주차장이 저녁 여덟 시에 닫혀 불편합니다.',
    byEmail('사공민'),
    [...hears(joined, stopped, resumed, parted), answer('주차장은 밤 열 시까지 엽니다.')],
  ],
]);

export const joiningStories: Story[] = [...onSbiz, ...onTechno, ...byPhone, ...atTheDoor, ...parting];
