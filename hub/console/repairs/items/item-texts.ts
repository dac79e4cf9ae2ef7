import type { Texts } from '../../../web/texts.ts';

/** Texts about parked items that are corrected in fields, or several at once. */
export const itemTexts: Texts = {
  'parked.fields': ['항목별로 고치기', 'Correct it in fields'],
  'parked.fields_lead': [
    '게시판이 보낸 값입니다. 틀린 것을 고치고 다시 처리합니다. 받은 원본은 그대로 보존됩니다.',
    'What the board gave. Correct what is wrong and try again; what came in is kept.',
  ],
  'parked.choose_known': ['대응표에 있는 코드', 'A code of the table'],
  'parked.as_json': ['JSON으로 고치기', 'Correct it as JSON'],
  'parked.add_code': ['대응표에 이 코드 더하기', 'Add this code to the table'],
  'parked.add_code_lead': [
    '대응표 "{1}"에 없는 코드입니다: {0}. 뜻을 정하면 설정 초안에 더해집니다. 초안을 적용하면 보류된 것을 다시 처리할 수 있습니다.',
    'Code "{0}" is not in table "{1}". Say what it means, and it is put into your draft of the configuration. Once that is applied, what is parked can be tried again.',
  ],
  'parked.word': ['뜻', 'Meaning'],
  'parked.add_action': ['초안에 더하기', 'Put it into my draft'],
  'parked.groups': ['같은 사유로 보류된 자료', 'Parked for the same reason'],
  'parked.group_count': ['{0}건', '{0} items'],
  'parked.group_sample': ['예', 'Example'],
  'parked.retry_all': ['{0}건 모두 다시 시도', 'Try all {0} again'],
  'parked.discard_all': ['{0}건 모두 폐기', 'Discard all {0}'],
  'parked.correct_all': ['틀린 코드 바꾸기: {0}', 'Replace code "{0}" in all of them'],
  'parked.correct_action': ['{0}건 모두 바꾸어 다시 처리', 'Replace it and try all {0} again'],
  'parked.correct_by': ['바꿀 코드', 'By the code'],
  'parked.group_most': ['한 번에 {0}건까지 처리합니다.', 'At most {0} at once.'],
  'parked.rewrite': ['쓸 수 없는 글자 바꾸기', 'Replace what it cannot write'],
  'parked.rewrite_hint': [
    '이 게시판에만 바꾸어 적습니다. 민원의 원문은 그대로입니다. 비워 두면 그 글자를 뺍니다.',
    'Written so on this board alone; the complaint stays as it is. Leave it empty to leave the sign out.',
  ],
  'parked.instead_of': ['{0} ({1}) 대신', 'Instead of {0} ({1})'],
  'parked.rewrite_action': ['바꾸어 다시 보내기', 'Replace and send again'],
  'done.sign_wrong': [
    '바꿀 글자가 맞지 않습니다. 20자까지, 쓸 수 없는 그 글자 없이 적으십시오. 아무것도 바꾸지 않았습니다.',
    'That does not replace it: give at most 20 characters, without the sign itself. Nothing was changed.',
  ],
  'parked.decided': ['{0}건을 처리했습니다. 아직 보류: {1}건.', '{0} dealt with, {1} still parked.'],
  'done.code_missing': [
    '대응표에 있는 코드를 고르십시오. 아무것도 바꾸지 않았습니다.',
    'Choose a code of the table; nothing was changed.',
  ],
};
