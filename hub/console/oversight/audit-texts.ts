import type { Texts } from '../../web/texts.ts';

/** Texts about who changed what. */
export const auditTexts: Texts = {
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

  'audit_action.configuration.added': ['설정 추가', 'Configuration added'],
  'audit_action.configuration.changed': ['설정 변경', 'Configuration changed'],
  'audit_action.configuration.removed': ['설정 삭제', 'Configuration removed'],
  'audit_action.configuration.proposed': ['설정 변경 제안', 'Change proposed'],
  'audit_action.configuration.agreed': ['제안 승인', 'Proposal agreed to'],
  'audit_action.configuration.refused': ['제안 거절', 'Proposal refused'],
  'audit_action.configuration.withdrawn': ['제안 철회', 'Proposal withdrawn'],

  'audit_detail.version': ['판', 'Version'],
  'audit_detail.note': ['메모', 'Note'],
  'audit_detail.paths': ['바뀐 곳', 'Places'],
  'audit_detail.secondPerson': ['승인한 사람', 'Second person'],
  'audit_detail.proposal': ['제안', 'Proposal'],
};
