import type { ReasonTexts } from '../reason-texts.ts';

/** Why a step between agencies cannot be taken (hub/complaints/contributions). Each names its article and what would be allowed. */
export const contributionsReasons = {
  contribution_own: [
    '{agency}은(는) 이 민원의 처리기관입니다. 다른 기관을 고르십시오 (법 제20조)',
    '{agency} leads this complaint itself: name another agency (Act, article 20)',
  ],
  contribution_same: [
    '이미 {agency}에 요청하였습니다. 다른 기관을 고르십시오',
    'is asked of {agency} already: name another agency',
  ],
  contribution_past: [
    '지난 시각입니다. 앞날의 회신 기한을 적으십시오 (법 제20조)',
    'lies in the past: give a time to come by which the reply is awaited (Act, article 20)',
  ],
  contribution_after_deadline: [
    '회신 기한은 민원의 처리기한 안이어야 합니다. 가장 늦은 기한: {latest} (법 제20조)',
    'the reply must be awaited within the complaint’s own period: {latest} at the latest (Act, article 20)',
  ],
  contribution_none: [
    '그런 요청이 없습니다. 요청 번호: {numbers}',
    'nothing with this number was asked; there are: {numbers}',
  ],
  contribution_state: [
    '{n}번 요청은 지금 상태({state})에서는 이렇게 할 수 없습니다. 할 수 있는 상태: {allowed} (법 제20조)',
    'request {n} is {state}; this can be done while it is {allowed} (Act, article 20)',
  ],
  contribution_not_yours: [
    '요청받은 기관만 회신할 수 있습니다. {agency}에 요청한 번호: {numbers} (법 제20조)',
    'only the agency that was asked may reply; of {agency} there was asked: {numbers} (Act, article 20)',
  ],
  contribution_extended_twice: [
    '회신기간은 한 번만 연장할 수 있습니다. 회신하거나 거절하십시오 (법 제20조)',
    'the time to reply can be extended once: reply, or refuse (Act, article 20)',
  ],
  contribution_extended_late: [
    '회신 기한이 지나 연장할 수 없습니다. 회신하거나 거절하십시오 (법 제20조)',
    'the time to reply has passed, so it cannot be extended: reply, or refuse (Act, article 20)',
  ],
  contribution_not_later: [
    '지금의 회신 기한({due})보다 늦은 때를 적으십시오',
    'must be later than the present date: {due}',
  ],
  contribution_too_long: [
    '처음 받은 회신기간보다 길게 연장할 수 없습니다. 가장 늦은 기한: {latest} (법 제20조)',
    'may be extended by no more than the time that was given first: {latest} at the latest (Act, article 20)',
  ],
  part_no_board: [
    '그 기관에는 게시판이나 변경 피드가 없어, 허브의 화면에서 읽고 회신합니다',
    'the agency has neither board nor feed: it reads and replies on the hub’s own pages',
  ],
  part_kind_cannot: [
    '{name} 방식의 게시판에는 분담·협조 요청을 글로 올릴 수 없어, 허브의 화면에서 읽고 회신합니다',
    'a board of the kind {name} cannot hold a part as a post: the agency reads and replies on the hub’s own pages',
  ],
  part_not_chosen: [
    '그 기관은 분담·협조 요청을 게시판으로 받겠다고 정하지 않았습니다(기관 설정의 parts). 허브의 화면에서 읽고 회신합니다',
    'the agency has not chosen to get parts on its board (parts in its configuration): it reads and replies on the hub’s own pages',
  ],
  part_not_live: [
    '그 기관의 게시판은 아직 운영 단계가 아니어서, 허브의 화면에서 읽고 회신합니다',
    'the agency’s board is not live yet: it reads and replies on the hub’s own pages',
  ],
  part_not_written: [
    '그 기관의 게시판에는 새 글을 올리도록 설정되어 있지 않아, 허브의 화면에서 읽고 회신합니다',
    'nothing new is written to the agency’s board (push.registered): it reads and replies on the hub’s own pages',
  ],
  contribution_shared_already: ['이미 공유한 회신입니다', 'the reply is shared already'],
} as const satisfies ReasonTexts;
