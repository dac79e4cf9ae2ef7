import type { Texts } from '../../../web/texts.ts';

/** Texts about evidence bundles. */
export const evidenceTexts: Texts = {
  'evidence.title': ['증거 묶음', 'Evidence bundle'],
  'evidence.lead': [
    '민원 한 건의 모든 기록을 서명된 파일 하나로 내보냅니다: 처리 이력, 기관에 전한 시도, 알림과 영수, 첨부 파일의 지문, 누가 보았는지. 허브 없이도 바뀐 곳이 없는지 확인할 수 있습니다.',
    'Everything that happened to one complaint as one signed file: its events, the attempts at boards, notices and their receipts, digests of files, and who saw it. Whether anything was altered can be verified without the hub.',
  ],
  'evidence.export': ['내보내기', 'Export'],
  'evidence.reason': ['내보내는 까닭', 'Why it is exported'],
  'evidence.reason_hint': [
    '예: 행정심판 위원회 제출. 접속기록과 묶음에 남습니다.',
    'For example: for the administrative appeals commission. It stays in the access log and in the bundle.',
  ],
  'evidence.with_files': ['첨부 파일도 넣기', 'With the attached files'],
  'evidence.with_stamp': ['시점확인(타임스탬프) 받기', 'With a time stamp'],
  'evidence.masked': [
    '이 계정은 민원인을 볼 수 없으므로 이름과 연락처를 가리고 첨부 파일을 뺀 묶음을 만듭니다.',
    'This account may not see the complainant: names and contacts are masked in the bundle, and there are no files.',
  ],
  'evidence.verify': ['받은 사람이 확인하는 방법', 'How its receiver verifies it'],
  'evidence.verify_text': [
    '확인 페이지는 인터넷 없이 브라우저에서 열리는 파일 하나입니다. 묶음과 함께 건네고, 아래 지문은 다른 길(공문, 누리집)로 알려 주십시오.',
    'The verifier is one file that a browser opens without a network. Hand it over with the bundle, and tell the fingerprint below by another way (a letter, your website).',
  ],
  'evidence.verifier': ['확인 페이지 내려받기', 'Download the verifier'],
  'evidence.fingerprint': ['서명 열쇠의 지문(SHA-256)', 'Fingerprint of the signing key (SHA-256)'],
  'evidence.files_too_large': [
    '첨부 파일이 모두 200 MB를 넘어 한 묶음에 넣을 수 없습니다. 첨부 파일을 빼고 내보내십시오. 지문은 남습니다.',
    'The files have more than 200 MB together, too many for one bundle. Export without them: their digests stay.',
  ],
  'evidence.time_stamp_away': [
    '시점확인 기관의 답을 받지 못했습니다. 잠시 뒤 다시 하거나 시점확인 없이 내보내십시오.',
    'The authority of time stamps gave no valid answer. Try again later, or export without a time stamp.',
  ],
};
