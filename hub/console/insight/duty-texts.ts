import type { Texts } from '../../web/texts.ts';

/** Texts of what complainants are still to be told. */
export const dutyTexts: Texts = {
  'duties.title': ['통지 의무', 'Notices owed'],
  'duties.lead': [
    '민원인에게 알려야 하는데 아직 닿지 않은 것입니다. 직접 알린 뒤 어떻게 알렸는지 적으십시오.',
    'What complainants are to be told and were not. Tell them yourself, and note how.',
  ],
  'duties.parts': ['구분', 'Parts'],
  'duties.agency': ['기관', 'Agency'],
  'duties.none': ['알려야 할 것이 없습니다.', 'Nothing is owed.'],
  'duties.caption': [
    '통지 의무: 민원, 알릴 것과 근거, 언제부터, 닿지 않은 이유, 할 일',
    'Notices owed: complaint, what and by which article, since when, why it did not arrive, what to do',
  ],
  'duties.complaint': ['민원', 'Complaint'],
  'duties.what': ['알릴 것과 근거', 'What, and by which article'],
  'duties.since': ['언제부터', 'Since'],
  'duties.why': ['닿지 않은 이유', 'Why it did not arrive'],
  'duties.to_do': ['할 일', 'What to do'],
  'duties.answer': [
    '중간 회신을 등록하거나 직접 알리십시오.',
    'Give an interim answer, or tell them yourself.',
  ],
  'duties.call': ['전화로 알리십시오: {0}', 'Call: {0}'],
  'duties.letter': [
    '연락처가 없습니다. 주소가 있으면 우편으로 알리십시오.',
    'There is no number. Send a letter if there is an address.',
  ],
  'duties.setup': [
    '발송 서버를 설정해야 나갑니다(SMTP_URL 등). 그때까지는 직접 알려야 합니다.',
    'Nothing is sent before a server is set up (such as SMTP_URL). Until then, tell them yourself.',
  ],
  'duties.note_it': ['직접 알린 것을 적기', 'Note that I told them'],
  'duties.back': ['통지 의무로', 'Back to notices owed'],
  'duties.tell_title': ['직접 알린 것을 기록', 'Note how the complainant was told'],
  'duties.complainant': ['민원인', 'Complainant'],
  'duties.phone': ['전화', 'Telephone'],
  'duties.no_phone': ['없음', 'None'],
  'duties.way': ['알린 방법', 'How'],
  'duties.note': ['메모', 'Note'],
  'duties.note_hint': [
    '누구와 통화했는지, 등기 번호, 무엇을 알렸는지 등. 1,000자까지.',
    'Who answered, the number of the registered letter, what was said. Up to 1,000 characters.',
  ],
  'duties.save': ['기록', 'Save'],
  'duties.way_missing': ['알린 방법을 고르십시오.', 'Choose how they were told.'],
  'duties.note_missing': ['무엇을 어떻게 알렸는지 적으십시오.', 'Write what was said, and how.'],
  'duties.note_long': ['메모는 1,000자까지 적을 수 있습니다.', 'A note has up to 1,000 characters.'],

  'duty_part.undelivered': ['닿지 않은 통지', 'Not delivered'],
  'duty_part.owed': ['지금 알릴 것', 'Owed now'],
  'duty_part.kept': ['보내지 않고 보관만 한 것', 'Kept here, never sent'],
  'hand_way.telephone': ['전화', 'Telephone'],
  'hand_way.letter': ['우편', 'Letter'],
  'hand_way.visit': ['방문·대면', 'In person'],
  'done.told_by_hand': ['직접 알린 것으로 기록했습니다.', 'It is noted that the complainant was told.'],
  'done.told_before': [
    '이미 기록되었거나 더 알릴 것이 없습니다.',
    'It was noted before, or is owed no more.',
  ],
};
