import type { Texts } from '../../../web/texts.ts';

/** Texts of what agencies ask of each other. */
export const contributionTexts: Texts = {
  'contributions.title': ['기관 간 분담·협조', 'Parts and cooperation of agencies'],
  'contributions.internal': [
    '기관끼리만 봅니다. 민원인과 접수기관에는 처리기관의 답변만 갑니다.',
    'Between agencies only. The complainant and the origin get the one answer of the agency that leads.',
  ],
  'contributions.due': ['회신 기한', 'Reply by'],
  'contributions.overdue': ['회신 기한 지남', 'Reply overdue'],
  'contributions.reply': ['회신', 'Reply'],
  'contributions.shared': ['요청받은 기관끼리 공유', 'Shared with the others asked'],
  'contributions.post': ['그 기관의 게시판에 {0}번 글로 전달', 'Goes to its board as a post, number {0}'],
  'contributions.no_post': ['그 기관의 게시판으로는 가지 않습니다.', 'It does not go to the agency’s board.'],
  'contributions.to_reply': ['회신하기', 'Reply'],
  'contributions.join': ['회신을 모아 답변 쓰기', 'Write the answer from the replies'],
  'contributions.awaited': [
    '아직 회신하지 않은 기관이 있습니다. 그대로 답변하면 그 요청은 끝납니다.',
    'Some agencies have not replied yet. If you answer now, nobody owes that reply any more.',
  ],
  'contributions.owed': ['우리 기관이 회신할 것', 'Your agency owes a reply'],
  'contributions.missing': ['다른 기관의 회신을 기다리는 것', 'Awaited from other agencies'],
  'contributions.by': ['요청한 기관', 'Asked by'],
  'contributions.to': ['요청받은 기관', 'Asked of'],
  'contributions.kind': ['구분', 'Kind'],
  'contributions.state': ['상태', 'State'],
  'contributions.caption': [
    '접수번호, 제목, 구분, 기관, 상태, 회신 기한',
    'Number, title, kind, agency, state, reply by',
  ],
};
