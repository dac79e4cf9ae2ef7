import type { Texts } from '../../../web/texts.ts';

/** Texts about numbers that a law lets an agency keep. */
export const numberTexts: Texts = {
  'numbers.title': ['보관 중인 번호', 'Numbers that are kept'],
  'numbers.lead': [
    '법령이 처리를 허용한 번호만 암호화하여 따로 보관합니다(개인정보 보호법 제24조·제24조의2). 볼 때마다 까닭이 접속기록에 남습니다.',
    'Only numbers that a law allows are kept, encrypted and apart (Personal Information Protection Act, articles 24 and 24-2). Each look stays in the access log, with its reason.',
  ],
  'numbers.caption': ['번호의 종류와 근거 법령', 'Kinds of number, and the law of each'],
  'numbers.kind': ['종류', 'Kind'],
  'numbers.law': ['근거 법령', 'Law'],
  'numbers.count': ['개수', 'How many'],
  'numbers.value': ['번호', 'Number'],
  'numbers.kept_at': ['보관 시작', 'Kept since'],
  'numbers.none': ['이 민원에서 보관하는 번호가 없습니다.', 'No number of this complaint is kept.'],
  'numbers.reason': ['보는 까닭', 'Why you need to see them'],
  'numbers.reason_hint': ['예: 수급 자격 조회', 'For example: to look up the entitlement'],
  'numbers.show': ['번호 보기', 'Show the numbers'],
  'withheld.title': ['보류한 파일', 'A file that is held back'],
  'withheld.lead': [
    '이 파일 안에 법령 없이 보관하거나 넘길 수 없는 번호가 있습니다(개인정보 보호법 제24조·제24조의2). 정할 때까지 어느 게시판에도 가지 않습니다.',
    'Numbers stand in this file that may not be kept or passed on without a law (Personal Information Protection Act, articles 24 and 24-2). Until you decide, it goes to no board.',
  ],
  'withheld.found': ['파일 안에서 찾은 번호', 'Numbers that were found in it'],
  'withheld.decide': ['어떻게 할지 정하기', 'Decide'],
  'withheld.release': ['보내기', 'Let it go'],
  'withheld.release_lead': [
    '근거 법령이 있으면 이 민원을 가진 모든 게시판에 갑니다. 법령은 변경 기록에 남습니다.',
    'Where a law allows it, the file goes to every board with this complaint. The law stays in the log of changes.',
  ],
  'withheld.law': ['근거 법령과 조문', 'Law and article'],
  'withheld.law_hint': [
    '예: 고용보험법 시행령 제145조의2',
    'Its Korean name, with the number of the article',
  ],
  'withheld.law_wrong': [
    '법령 이름과 조문을 함께 쓰십시오. 예: 고용보험법 시행령 제145조의2 (300자까지)',
    'Write the Korean name of the law with the number of its article (300 characters at the most)',
  ],
  'withheld.remove': ['빼기', 'Remove it'],
  'withheld.remove_lead': [
    '내용은 하루 안에 지워지고 이름과 까닭만 남습니다. 번호를 지운 파일을 다시 보내 달라고 민원인에게 알리십시오.',
    'The content is gone within a day; its name and your reason stay. Ask the complainant to send the file without the number.',
  ],
  'withheld.why': ['빼는 까닭', 'Why it is removed'],
  'withheld.why_wrong': ['까닭을 쓰십시오(300자까지).', 'Write why (300 characters at the most).'],
  'unread.no_reader': [
    '안을 읽을 수 없는 종류의 파일이라 번호가 있는지 확인하지 못했습니다.',
    'Nothing here reads this type: nobody looked for numbers in it.',
  ],
  'unread.no_text': [
    '글자가 없는 문서(그림)라 번호가 있는지 확인하지 못했습니다.',
    'It is a document without text (a scan): nobody looked for numbers in it.',
  ],
  'unread.broken': [
    '열리지 않아(깨짐 또는 암호) 번호가 있는지 확인하지 못했습니다.',
    'It does not open (damaged, or with a password): nobody looked for numbers in it.',
  ],
  'unread.too_large': [
    '안에 든 것이 너무 커서 번호가 있는지 확인하지 못했습니다.',
    'What it holds is too large: nobody looked for numbers in it.',
  ],
  'unread.too_long': [
    '읽는 데 너무 오래 걸려 번호가 있는지 확인하지 못했습니다.',
    'It took too long to read: nobody looked for numbers in it.',
  ],
  'unread.partly': [
    '일부만 읽을 수 있어 나머지에 번호가 있는지 확인하지 못했습니다.',
    'Only some of it could be read: nobody looked for numbers in the rest.',
  ],
  'done.file_released': ['파일을 보냅니다.', 'The file goes out.'],
  'done.file_removed': [
    '파일을 뺐습니다. 내용은 하루 안에 지워집니다.',
    'The file is removed. Its content is gone within a day.',
  ],
  'numbers.link': ['법령에 따라 보관 중인 번호 보기', 'Numbers that are kept by law'],
};
