/** What shows that a bundle is not as it was made. */
export type BundleFault =
  | 'not_a_bundle'
  | 'container_changed'
  | 'manifest_changed'
  | 'signature_changed'
  | 'certificate_changed'
  | 'key_unknown'
  | 'time_stamp_wrong'
  | 'time_stamp_untrusted'
  | 'file_changed'
  | 'file_missing'
  | 'file_added'
  | 'record_changed'
  | 'record_missing'
  | 'record_added'
  | 'event_chain_broken'
  | 'attachment_changed'
  | 'entry_changed'
  | 'seal_changed'
  | 'other_than_anchor'
  | 'anchor_changed'
  | 'anchor_not_signed';

export interface BundleProblem {
  fault: BundleFault;
  /** What it is: `event/3`, `files/1/plan.pdf`. */
  place: string;
}

export type Tell = (fault: BundleFault, place: string) => void;

/** Both languages, as the page and the command say it. */
export const faultWords: Record<BundleFault, readonly [ko: string, en: string]> = {
  not_a_bundle: ['증거 묶음 파일이 아닙니다', 'it is no evidence bundle'],
  container_changed: ['묶음의 형식이 바뀌었습니다', 'the container was changed'],
  manifest_changed: [
    '목록이 바뀌었습니다: 서명과 맞지 않습니다',
    'the manifest was changed: the signature does not fit it',
  ],
  signature_changed: ['서명 파일이 바뀌었습니다', 'the signature file was changed'],
  certificate_changed: ['인증서가 바뀌었습니다', 'the certificate was changed'],
  key_unknown: [
    '알려 주신 열쇠로 서명되지 않았습니다',
    'it is signed by another key than the one that was named',
  ],
  time_stamp_wrong: ['시점확인이 맞지 않습니다', 'the time stamp is wrong'],
  time_stamp_untrusted: [
    '시점확인 기관이 믿을 수 있는 기관이 아닙니다',
    'the time stamp is not of a trusted authority',
  ],
  file_changed: ['파일이 바뀌었습니다', 'the file was changed'],
  file_missing: ['파일이 빠졌습니다', 'the file was removed'],
  file_added: ['파일이 더해졌습니다', 'the file was added'],
  record_changed: ['기록이 바뀌었습니다', 'the record was changed'],
  record_missing: ['기록이 빠졌습니다', 'the record was removed'],
  record_added: ['기록이 더해졌습니다', 'the record was added'],
  event_chain_broken: ['처리 이력의 사슬이 끊겼습니다', 'the chain of events is broken'],
  attachment_changed: ['첨부 파일이 기록과 다릅니다', 'the attachment is another one than its record says'],
  entry_changed: ['접속기록이 바뀌었습니다', 'the entry of the access log was changed'],
  seal_changed: ['접속기록의 봉인이 바뀌었습니다', 'the seal of the access log was changed'],
  other_than_anchor: [
    '접속기록의 봉인이 서명된 앵커와 다릅니다',
    'the seal of the access log is another one than its anchor says',
  ],
  anchor_changed: ['접속기록의 앵커가 바뀌었습니다', 'the anchor of the access log was changed'],
  anchor_not_signed: [
    '접속기록의 앵커에 맞는 서명이 없습니다',
    'the anchor of the access log has no right signature',
  ],
};
