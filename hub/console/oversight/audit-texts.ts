import type { AuditAction } from '../../access/audit/audit-actions.ts';
import type { Texts } from '../../web/texts.ts';

const actions: Record<AuditAction, readonly [ko: string, en: string]> = {
  'configuration.added': ['설정 추가', 'Configuration added'],
  'configuration.changed': ['설정 변경', 'Configuration changed'],
  'configuration.removed': ['설정 삭제', 'Configuration removed'],
  'configuration.proposed': ['설정 변경 제안', 'Change proposed'],
  'configuration.agreed': ['제안 승인', 'Proposal agreed to'],
  'configuration.refused': ['제안 거절', 'Proposal refused'],
  'configuration.withdrawn': ['제안 철회', 'Proposal withdrawn'],
  'connection.key_make': ['키 만듦', 'Made a key'],
  'connection.key_rotate': ['키 교체', 'Replaced a key'],
  'connection.key_revoke': ['키 폐기', 'Revoked a key'],
  'connection.webhook_resend': ['웹훅 다시 보냄', 'Told a webhook again'],
  'connection.webhook_pause': ['웹훅 일시 중지', 'Held a webhook back'],
  'connection.webhook_resume': ['웹훅 재개', 'Let a webhook go on'],
  'connection.parked_retry': ['보류 다시 처리', 'Retried what was parked'],
  'connection.replay_start': ['재전송 시작', 'Started a replay'],
  'connection.replay_pause': ['재전송 멈춤', 'Paused a replay'],
  'connection.replay_resume': ['재전송 재개', 'Let a replay go on'],
  'connection.replay_cancel': ['재전송 취소', 'Ended a replay'],
  'account.added': ['계정 추가', 'Account added'],
  'account.invited': ['초대', 'Invited'],
  'account.changed': ['계정 정보 변경', 'Account changed'],
  'account.disabled': ['계정 사용 중지', 'Account disabled'],
  'account.enabled': ['계정 사용 재개', 'Account enabled'],
  'account.link_sent': ['계정 링크 보냄', 'Link sent'],
  'account.link_withdrawn': ['계정 링크 철회', 'Link withdrawn'],
  'account.link_shown': ['보관된 계정 메일 열람', 'Kept mail with a link opened'],
  'account.reset_asked': ['비밀번호 재설정 요청', 'Password reset asked for'],
  'account.password_set': ['비밀번호 설정', 'Password set'],
  'account.email_asked': ['전자우편 변경 요청', 'Change of address asked for'],
  'account.email_set': ['전자우편 변경', 'Address changed'],
  'account.sessions_ended': ['로그인 세션 종료', 'Sessions ended'],
  'account.key_made': ['관리자 키 발급', "Administrator's key made"],
  'account.key_revoked': ['관리자 키 폐기', "Administrator's key revoked"],
};
const actionTexts: Texts = Object.fromEntries(
  Object.entries(actions).map(([action, words]) => [`audit_action.${action}`, words]),
);

/** Texts about who changed what. */
export const auditTexts: Texts = {
  ...actionTexts,

  'audit.title': ['변경 기록', 'Changes'],
  'audit.lead': [
    '누가 무엇을 어떤 길로 바꾸었는지 모두 남습니다. 기록은 고치거나 지울 수 없습니다.',
    'Who changed what, and which way it came. Entries are never changed or removed.',
  ],
  'audit.caption': ['변경 기록: 시각, 사람, 한 일, 내용', 'Changes: time, who, what, details'],
  'audit.none': ['해당하는 기록이 없습니다.', 'There is no such entry.'],
  'audit.at': ['시각', 'Time'],
  'audit.actor': ['누가', 'Who'],
  'audit.actor_hint': ['로그인 이름 그대로', 'The login, in full'],
  'audit.action': ['한 일', 'What'],
  'audit.agency': ['기관', 'Agency'],
  'audit.detail': ['내용', 'Details'],

  'audit_way.console': ['화면', 'Console'],
  'audit_way.command': ['명령', 'Command'],
  'audit_way.api': ['API', 'API'],
  'audit_way.first-start': ['첫 시작', 'First start'],

  'audit_detail.version': ['판', 'Version'],
  'audit_detail.note': ['메모', 'Note'],
  'audit_detail.paths': ['바뀐 곳', 'Places'],
  'audit_detail.secondPerson': ['승인한 사람', 'Second person'],
  'audit_detail.role': ['역할', 'Role'],
  'audit_detail.kind': ['종류', 'Kind'],
  'audit_detail.by': ['방법', 'By'],
  'audit_detail.count': ['수', 'Number'],
  'audit_detail.proposal': ['제안', 'Proposal'],
  'audit_detail.key': ['키', 'Key'],
  'audit_detail.id': ['번호', 'Id'],
  'audit_detail.scopes': ['권한', 'Scopes'],
  'audit_detail.expiresAt': ['만료', 'Expires'],
};
