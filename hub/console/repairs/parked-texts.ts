import type { Texts } from '../../web/texts.ts';

/** Texts about parked things. */
export const parkedTexts: Texts = {
  'parked.title': ['보류함', 'Parked'],
  'parked.lead': [
    '자동으로 처리하지 못해 사람의 결정을 기다리는 항목입니다.',
    'What the hub could not deal with by itself and a person has to decide.',
  ],
  'parked.items': ['받은 자료', 'Received items'],
  'parked.items_caption': [
    '보류된 자료: 기관, 사유, 담당, 받은 시각',
    'Parked items: agency, reasons, owner, received',
  ],
  'parked.no_items': ['보류된 자료가 없습니다.', 'No item is parked.'],
  'parked.item': ['보류된 자료', 'Parked item'],
  'parked.untitled': ['(제목을 알 수 없음)', '(no title known)'],
  'parked.links': ['게시판 전달', 'Deliveries to boards'],
  'parked.links_caption': ['보류된 전달: 민원, 사유, 담당', 'Parked deliveries: complaint, reason, owner'],
  'parked.no_links': ['보류된 전달이 없습니다.', 'No delivery is parked.'],
  'parked.link': ['민원', 'Complaint'],
  'parked.files': ['첨부파일', 'Files'],
  'parked.files_caption': ['보류된 첨부파일: 민원, 사유, 담당', 'Parked files: complaint, reason, owner'],
  'parked.no_files': ['보류된 첨부파일이 없습니다.', 'No file is parked.'],
  'parked.file': ['민원과 파일', 'Complaint and file'],
  'parked.give_up': ['이 파일 없이 진행', 'Do without it'],
  'parked.notices': ['보내지 못한 알림', 'Undeliverable notices'],
  'parked.notices_caption': [
    '실패한 알림: 민원, 사유, 시도 횟수',
    'Failed notices: complaint, reason, tries',
  ],
  'parked.no_notices': ['실패한 알림이 없습니다.', 'No notice has failed.'],
  'parked.notice': ['민원', 'Complaint'],
  'parked.all_notices': ['실패한 알림 모두 보기', 'All failed notices'],
  'parked.reason': ['사유', 'Reason'],
  'parked.owner': ['담당', 'Owner'],
  'parked.received': ['받은 시각', 'Received'],
  'parked.decision': ['결정', 'Decision'],
  'parked.retry': ['다시 시도', 'Try again'],
  'parked.skip': ['이 건 건너뛰기', 'Pass over'],
  'parked.skip_action': ['건너뛰기', 'Pass over'],
  'parked.external_id': ['게시판의 글 번호', "The board's number of the post"],
  'parked.external_id_hint': [
    '민원이 이미 게시판에 있으면 그 번호를 적으십시오. 이후 내용이 그 글에 전달됩니다.',
    'If the complaint is on the board already, give its number there: what follows is brought to that post.',
  ],
  'parked.problems': ['보류 사유', 'What is wrong'],
  'parked.raw': ['받은 그대로의 자료', 'As it came in'],
  'parked.raw_label': ['자료 (JSON)', 'Item (JSON)'],
  'parked.raw_hint': [
    '고친 뒤 다시 처리합니다. 받은 원본은 그대로 보존됩니다.',
    'Correct it and try again. What came in is kept.',
  ],
  'parked.retry_corrected': ['고친 내용으로 다시 처리', 'Try again as corrected'],
  'parked.retry_unchanged': ['고치지 않고 다시 처리', 'Try again unchanged'],
  'parked.discard': ['폐기', 'Discard'],
  'parked.discard_hint': [
    '사유와 처리자가 원장에 남습니다.',
    'The reason and your login stay in the ledger.',
  ],
  'parked.discard_action': ['폐기', 'Discard'],

  'amend.vouched': ['답변으로 내보내기', 'Release it as the answer'],
  'amend.vouched_hint': [
    '누가 썼는지 담당자에게 확인하였을 때만 누르십시오. 이 메일의 글이 기관의 답변이 됩니다.',
    "Only after asking the officer who wrote it: the words of this mail become the agency's answer.",
  ],
  'amend.whole': [
    '인용으로 보고 잘라낸 글까지 답변으로 내보내기',
    'Take what was cut as a quote for the answer',
  ],
  'amend.whole_hint': [
    '메일 전체가 기관의 답변이 됩니다. 받은 그대로의 자료를 먼저 읽으십시오.',
    "The whole mail becomes the agency's answer. Read below what came in first.",
  ],

  'parked.hidden': ['개인정보가 있어 표시하지 않습니다.', 'Not shown: it contains personal data.'],

  'problem.json': ['JSON 형식이 아닙니다. 다시 확인하십시오.', 'This is not JSON. Please look again.'],
  'problem.json_at': [
    'JSON 형식이 아닙니다. {0}번째 줄 {1}번째 글자에서 막혔습니다.',
    'This is not JSON: it goes wrong at line {0}, character {1}.',
  ],
  'problem.still_parked': [
    '아직 처리할 수 없습니다. 아래 사유를 확인하십시오.',
    'It still cannot be applied: see below.',
  ],

  'notices.tries': ['시도', 'Tries'],

  'done.file_retried': ['파일을 다시 전달합니다.', 'The file is on its way again.'],
  'done.file_given_up': ['이 파일 없이 진행합니다.', 'The file is given up.'],
  'done.item_applied': ['보류된 자료를 처리했습니다.', 'The parked item is applied.'],
  'done.item_discarded': ['자료를 폐기했습니다.', 'The item is discarded.'],
  'done.link_retried': ['다시 전달합니다.', 'It is delivered again.'],
  'done.event_skipped': ['건너뛰고 계속 전달합니다.', 'Passed over; delivery goes on.'],
  'done.notice_retried': ['알림을 다시 보냅니다.', 'The notice is sent again.'],
  'done.reason_missing': [
    '사유가 필요합니다. 아무것도 바꾸지 않았습니다.',
    'A reason is required; nothing was changed.',
  ],
  'done.parked_gone': ['이미 처리된 항목입니다.', 'Somebody has already dealt with it.'],
  'done.parked_settling': [
    '게시판이 아직 처리하고 있을 수 있어 다시 보내지 않았습니다. 몇 분 뒤에 게시판을 다시 확인하고 누르십시오.',
    'The board may still be working on it, so nothing was sent again. Look at the board again in some minutes, then retry.',
  ],
  'done.parked_taken': [
    '그 번호의 글은 다른 민원의 것입니다. 아무것도 바꾸지 않았습니다.',
    'The post of that number belongs to another complaint; nothing was changed.',
  ],
};
