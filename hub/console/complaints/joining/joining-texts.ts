import type { Texts } from '../../../web/texts.ts';

/** Texts of complaints that are joined, represented, or repeated. */
export const joiningTexts: Texts = {
  'step_group.joining': ['병합·반복', 'Joining and repeats'],
  'join_group.all': ['모두', 'All of them'],

  'joining.title': ['병합 (시행령 제6조)', 'Joined complaints (Decree, article 6)'],
  'joining.lead': [
    '같은 취지의 민원을 하나로 처리합니다. 이 민원의 답변이 병합된 민원마다 나갑니다.',
    'Complaints of one purpose are handled as one. The answer to this one goes to each of them.',
  ],
  'joining.joined_to': [
    '이 민원은 다음 민원에 병합되어 함께 처리합니다. 답변은 그 민원에서 합니다.',
    'This complaint is joined to the following one, and is answered there.',
  ],
  'joining.not_told': ['이 민원에는 적용되지 않은 것', 'What could not be applied to it'],
  'joining.numbers': ['접수번호', 'Receipt numbers'],
  'joining.more': ['위 목록에 없는 민원', 'Complaints that are not in the list'],
  'joining.numbers_hint': [
    '접수번호. 여러 건이면 줄을 바꿔 적으십시오.',
    'Receipt numbers, each on a line of its own.',
  ],
  'joining.part': ['해제할 민원', 'Complaints to part'],
  'joining.candidates': ['같은 취지로 보이는 민원', 'Complaints that may be of the same purpose'],
  'joining.candidates_lead': [
    '우리 기관이 처리하는, 아직 답변하지 않은 민원입니다. 같은 취지인지 읽어 보고 고르십시오.',
    'Your agency answers these and has not answered them yet. Read whether the purpose is the same, then choose.',
  ],
  'joining.none': ['비슷한 민원이 없습니다.', 'There are none that look alike.'],
  'joining.likeness': ['비슷함 {0}%', '{0}% alike'],
  'joining.same_person': ['같은 사람', 'Same person'],
  'joining.will_tell': [
    '병합되거나 해제되는 민원의 민원인마다 중간 회신으로 알립니다.',
    'Each complainant whose complaint is joined or parted is told by an interim answer.',
  ],
  'joining.goes_to': [
    '병합된 민원 {0}건에도 같은 내용이 나갑니다.',
    'The same goes to the {0} complaints that are joined to this one.',
  ],

  'joining.representatives': ['대표자', 'Representatives'],
  'joining.representatives_hint': [
    '3명까지, 한 줄에 한 명씩 적으십시오 (시행령 제8조).',
    'Up to 3, each on a line of its own (Decree, article 8).',
  ],
  'joining.people': ['함께 낸 사람 수', 'For how many people'],
  'joining.people_hint': [
    '비우면 병합된 민원 수로 셉니다. 대표자는 3명부터 정합니다.',
    'Empty: as many as are joined. Representatives are for 3 people or more.',
  ],

  'repeats.title': ['반복·중복 민원 (법 제23조)', 'Repeated complaints (Act, article 23)'],
  'repeats.lead': [
    '같은 사람이 같은 내용으로 낸 {0}번째 민원입니다.',
    'This is number {0} of one person with the same content.',
  ],
  'repeats.at_other': [
    '다른 기관의 민원이라 접수번호와 날짜만 보입니다.',
    'It is another agency’s: only its number and dates are shown.',
  ],
  'repeats.taken_in': ['접수', 'Taken in'],
  'repeats.told': ['결과 통지', 'Result told'],
  'repeats.untold': ['결과를 알리지 않음', 'No result was told'],
  'repeats.may_close': [
    '결과를 두 번 이상 알린 뒤에 다시 접수되었으므로, 통지한 내용을 확인하고 종결할 수 있습니다.',
    'It came again after results were told twice or more, so it may be closed once you have read what was told.',
  ],
  'repeats.close': ['반복민원 종결하기', 'Close it as a repeat'],
  'repeats.may_not': [
    '이 민원을 접수하기 전에 결과를 한 번만 알렸으므로 아직 종결할 수 없습니다. 처리하여 답변하십시오.',
    'One result was told before it was taken in, and the law wants two: handle it and answer.',
  ],
  'repeats.may_not_untold': [
    '이 민원을 접수하기 전에 알린 결과가 없으므로 아직 종결할 수 없습니다. 처리하여 답변하십시오.',
    'No result was told before it was taken in, and the law wants two: handle it and answer.',
  ],
  'repeats.audit': [
    '같은 내용으로 다시 낸 고충민원은 감사 부서가 처리합니다 (시행령 제17조).',
    'A grievance that is filed again is for the audit office (Decree, article 17).',
  ],
  'repeats.to_audit': ['감사 부서 {0}에게 맡기기', 'Hand it to the audit office: {0}'],
  'repeats.no_audit': [
    '기관 설정에 감사 부서 담당자가 없습니다. 담당자 지정에서 감사 부서 사람을 고르십시오.',
    'The agency’s configuration has no officer of an audit department: name one by the step “Officer assigned”.',
  ],
  'joining.earlier': ['결과를 알린 앞선 민원', 'Earlier complaints whose results were told'],
  'joining.earlier_hint': [
    '두 건 이상의 접수번호. 민원인에게 함께 알립니다.',
    'Two receipt numbers or more; the complainant is told of them.',
  ],
};
