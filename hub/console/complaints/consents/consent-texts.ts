import type { Texts } from '../../../web/texts.ts';

/** Texts about what complainants consented to. */
export const consentTexts: Texts = {
  'complaint.consents': ['동의', 'Consents'],
  'consents.title': ['개인정보 제공 동의', 'Consents'],
  'consents.law': [
    '민원을 처리하려고 처리기관에 이송하거나 다른 기관의 협조를 받는 일은 동의가 아니라 법률에 따릅니다(민원 처리에 관한 법률 제16조·제20조, 개인정보 보호법 제18조제2항제2호). 그래서 동의하지 않거나 철회해도 민원은 그대로 처리됩니다.',
    'The transfer of a complaint to the agency that handles it, and the cooperation of others, rest on the law and not on consent (Civil Complaints Treatment Act, articles 16 and 20; Personal Information Protection Act, article 18 (2) 2). So a complaint is handled whether or not its complainant consents.',
  ],
  'consents.beyond': [
    '아래 동의는 처리에 필요한 것을 넘는 항목을 그 기관에 제공할 때에만 필요합니다. 동의가 없으면 보내지 않습니다.',
    'The consents below are needed only for items beyond what handling needs. Without them nothing of it is sent.',
  ],
  'consents.standing': ['받은 동의', 'What was consented to'],
  'consents.none': ['받은 동의가 없습니다.', 'Nothing was consented to.'],
  'consents.caption': [
    '받은 동의: 받는 기관, 목적, 항목, 기간, 상태',
    'Consents: recipient, purpose, items, period, state',
  ],
  'consents.agency': ['받는 기관', 'Recipient'],
  'consents.purpose': ['목적', 'Purpose'],
  'consents.items': ['항목', 'Items'],
  'consents.period': ['기간', 'Period'],
  'consents.state': ['상태', 'State'],
  'consents.version': ['문구 {0}', 'words {0}'],
  'consents.recorded': ['{0}, {1}', '{0}, {1}'],
  'consents.days': ['동의한 날부터 {0}일', '{0} days from the giving on'],
  'consents.withdraw': ['철회', 'Take back'],
  'consents.required': ['필수 동의', 'Required'],
  'consents.optional': ['선택 동의', 'Optional'],
  'consents.required_hint': [
    '동의하지 않으면 그 기관의 해당 서비스를 받을 수 없습니다. 민원 처리와는 상관이 없습니다.',
    'Without it the agency cannot do what it is for. The complaint is handled all the same.',
  ],
  'consents.optional_hint': [
    '동의하지 않아도 아무 불이익이 없습니다(개인정보 보호법 제22조제5항).',
    'Nothing follows when it is refused (Personal Information Protection Act, article 22 (5)).',
  ],
  'consents.nothing_asked': [
    '동의를 요청하는 기관이 없습니다. 기관 설정의 consents에 적습니다.',
    'No agency asks for a consent: `consents` in its configuration.',
  ],
  'consents.none_of_kind': ['요청하는 기관이 없습니다.', 'None is asked for.'],
  'consents.record': ['동의함을 기록', 'Record that it was given'],
  'consents.record_hint': [
    '문구를 읽어 드리거나 보여 드리고, 동의하신 뒤에 기록하십시오.',
    'Read the words out or show them, and record it after the person has consented.',
  ],
  'consents.given_now': ['동의하심', 'given'],
  'consents.withdraw_title': ['동의 철회', 'Take a consent back'],
  'consents.withdraw_lead': [
    '철회하기 전에 다음을 알려 드리십시오. 언제든지 철회할 수 있고, 철회한 때부터 효력이 있습니다(개인정보 보호법 제37조).',
    'Tell the person this before. A consent can be taken back at any time, and that holds from then on (Personal Information Protection Act, article 37).',
  ],
  'consents.stops': ['더 보내지 않는 항목', 'What is sent no more'],
  'consents.stops_none': [
    '없음. 이 기관에는 법률에 따라 같은 항목이 갑니다.',
    'Nothing: the agency gets the same items by the law.',
  ],
  'consents.stays': ['처리를 위해 계속 가는 항목(법률)', 'What still goes for handling, by the law'],
  'consents.stays_none': ['없음', 'Nothing'],
  'consents.already': ['이미 보낸 것', 'What was sent already'],
  'consents.already_none': ['이 동의로 나간 사본이 없습니다.', 'No copy left by this consent.'],
  'consents.already_hint': [
    '보낸 사본은 허브가 지울 수 없습니다. 받은 기관이 지체 없이 파기해야 합니다(개인정보 보호법 제37조제4항). 기관에 알리십시오.',
    'The hub cannot take copies back. The agency has to destroy them without delay (Personal Information Protection Act, article 37 (4)): tell it.',
  ],
  'consents.purpose_ends': [
    '이 목적({0})으로는 더 이용하지 않습니다.',
    'Nothing is done any more for this purpose ({0}).',
  ],
  'consents.record_stays': [
    '동의하고 철회한 기록과 민원의 기록은 남습니다(민원의 보존기간, 공공기록물 관리에 관한 법률).',
    'The record of the giving and the taking back stays, and so does the complaint, as long as its retention says (Public Records Management Act).',
  ],
  'consents.withdraw_now': ['동의를 철회함', 'Take it back'],
  'consents.back': ['돌아가기', 'Back'],
  'consent_purpose.contact': ['담당자의 직접 연락', 'Direct contact by its officers'],
  'consent_purpose.aftercare': ['처리 뒤의 관리', 'Looking after the matter afterwards'],
  'consent_purpose.survey': ['만족도 조사', 'Satisfaction survey'],
  'consent_state.in_force': ['동의 중', 'In force'],
  'consent_state.over': ['기간이 끝남', 'Over'],
  'consent_state.withdrawn': ['철회됨', 'Taken back'],
  'consent_way.console': ['전화·창구', 'console'],
  'consent_way.rest': ['REST 연계', 'REST'],
  'consent_way.soap': ['SOAP 연계', 'SOAP'],
  'done.consent_given': ['동의를 기록했습니다.', 'The consent is recorded.'],
  'done.consent_known': ['같은 동의가 이미 있습니다.', 'This consent stands already.'],
  'done.consent_words': [
    '그 사이 동의 문구가 바뀌었습니다. 새 문구로 다시 받으십시오.',
    'The words have changed meanwhile. Ask again with the new ones.',
  ],
  'done.consent_withdrawn': [
    '동의를 철회했습니다. 이제부터 이 동의로는 아무것도 보내지 않습니다.',
    'The consent is taken back. Nothing goes by it from now on.',
  ],
  'done.consent_gone': [
    '철회할 동의가 없습니다. 이미 철회되었습니다.',
    'There is no such consent: it was taken back before.',
  ],
};
