import { answer, byEmail, bySms, type Story, toStories } from '../story.ts';

/**
 * Complaints with the board behind the agent. GNUBoard's questions have answers, but neither transfers nor follow-ups.
 */
export const textileStories: Story[] = [
  ...toStories('textile', 501, [
    [
      '자금',
      '대구',
      '염색 설비 교체 자금',
      '노후 염색기 교체에 쓸 수 있는 정책 자금이 있습니까?',
      byEmail('배수연', '달구벌염직'),
      [answer('시설개선 자금을 신청하실 수 있습니다. 접수는 매월 첫째 주입니다.')],
    ],
    [
      '섬유',
      '대구',
      '시험 성적서 재발급',
      '작년에 받은 시험 성적서를 다시 받고 싶습니다.',
      bySms('오민석'),
      [answer('재발급 신청서를 보내 주시면 이틀 안에 보내 드립니다.')],
    ],
    [
      '기술',
      '경북',
      '친환경 소재 개발 상담',
      '재생 섬유 개발을 도와줄 전문가를 찾습니다.',
      byEmail('유하린'),
      [answer('소재 분야 전문가를 연결해 드리겠습니다.')],
    ],
  ]),
  ...toStories('phone', 511, [
    [
      '섬유',
      '서울',
      '원단 수입 검사 절차',
      '수입 원단의 안전 검사를 어디서 받습니까?',
      bySms('문지후', '새실원단'),
      [answer('시험분석팀에서 받습니다. 필요한 시료는 1미터입니다.')],
    ],
    [
      '섬유',
      '부산',
      '전시회 참가 지원',
      '내년 섬유 전시회 참가비를 지원합니까?',
      byEmail('송예린'),
      [answer('참가비의 절반을 지원합니다.')],
    ],
  ]),
  ...toStories('door', 521, [
    [
      '섬유',
      '대전',
      '기능성 원단 인증',
      '방염 인증을 받으려면 얼마나 걸립니까?',
      byEmail('임도윤'),
      [answer('시료를 받은 날부터 10일입니다.')],
    ],
  ]),
];
