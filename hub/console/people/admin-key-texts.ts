import type { Texts } from '../../web/texts.ts';

/** Texts about keys of administrators' programs, and about what waits for a second administrator. */
export const adminKeyTexts: Texts = {
  'admin_keys.title': ['관리 API 키', 'Admin API keys'],
  'admin_keys.lead': [
    '{0}의 이름으로 일하는 프로그램의 키입니다. 계정이 멈추면 키도 함께 멈춥니다.',
    'Keys of programs that act in the name of {0}. They end with the account.',
  ],
  'admin_keys.none': ['유효한 키가 없습니다.', 'There is no valid key.'],
  'admin_keys.name_hint': [
    '무엇에 쓰는지. 변경 기록에 남습니다.',
    'What it is for; it stands in the audit log.',
  ],
  'admin_keys.expires_hint': ['이날이 끝날 때까지 씁니다.', 'It works until the end of this day.'],
  'admin_keys.once': [
    '지금 한 번만 보입니다. 허브는 이 키를 보관하지 않습니다.',
    'It is shown this once: the hub keeps only its hash.',
  ],
  'admin_keys.four_eyes': [
    '다른 관리자가 동의한 뒤에 만들 수 있습니다.',
    'It can be made when another administrator has agreed.',
  ],
  'admin_keys.propose': ['키 제안', 'Propose the key'],
  'admin_keys.own_only': [
    '두 사람 확인이 켜져 있어 본인의 키만 만들 수 있습니다.',
    'With the rule of four eyes everybody makes the own keys only.',
  ],
  'admin_keys.not_administrator': [
    '사용 중인 관리자만 키를 가질 수 있습니다.',
    'Only an active administrator has keys.',
  ],
  'admin_keys.show': ['관리 API 키 보기', 'See the admin API keys'],
  'admin_scope.any': ['모든 키', 'Every key'],
  'admin_scope.read-configuration': ['설정 읽기', 'read the configuration'],
  'admin_scope.configure': ['설정 읽기와 바꾸기', 'read and change the configuration'],
  'admin_scope.manage-users': ['사용자 관리', 'manage the accounts of people'],
  'problem.key_name': [
    '글자, 숫자, 빈칸, . _ - 로 60자까지',
    '1 to 60 letters, digits, spaces, dots, hyphens, underscores.',
  ],
  'problem.key_expires': ['오늘 이후의 날짜를 적으십시오.', 'A date that lies ahead.'],
  'problem.key_scopes': ['하나 이상 고르십시오.', 'Choose at least one.'],
  'problem.key_too_many': [
    '유효한 키가 너무 많습니다. 먼저 하나를 폐기하십시오.',
    'There are too many valid keys: revoke one first.',
  ],
  'problem.key_not_administrator': ['사용 중인 관리자가 아닙니다.', 'This is no active administrator.'],
  'done.admin_key_revoked': ['키를 폐기했습니다.', 'The key is revoked.'],

  'account_proposals.title': ['계정 변경 제안', 'Proposals for accounts'],
  'account_proposals.lead': [
    '관리자를 새로 만드는 일은 다른 관리자가 동의해야 됩니다.',
    'Whatever makes an administrator needs the consent of another administrator.',
  ],
  'account_proposals.list': ['기다리는 제안', 'What waits'],
  'account_proposals.none': ['기다리는 제안이 없습니다.', 'Nothing waits.'],
  'account_proposals.by': ['{0}이(가) 제안', 'proposed by {0}'],
  'account_proposals.agreed_by': ['{0}이(가) 동의', '{0} agreed'],
  'account_proposals.agree': ['동의', 'Agree'],
  'account_proposals.refuse': ['거절', 'Refuse'],
  'account_proposals.withdraw': ['철회', 'Withdraw'],
  'account_proposals.more': ['더 보기', 'More'],
  'account_proposals.same_person': [
    '본인의 제안은 본인이 결정할 수 없습니다.',
    'You cannot decide what you proposed.',
  ],
  'account_proposals.gone': ['이미 끝난 제안입니다.', 'This proposal is over.'],
  'account_proposal.invite': ['관리자로 초대', 'invited as an administrator'],
  'account_proposal.change': ['관리자로 변경', 'made an administrator'],
  'account_proposal.enable': ['관리자 계정 사용 재개', 'enabled again as an administrator'],
  'account_proposal.link': [
    '관리자 계정의 링크를 다른 주소로 보냄',
    'gets a link to an administrator’s account at another address',
  ],
  'account_proposal.key': ['관리 API 키', 'an admin API key'],
  'done.account_proposed': [
    '제안했습니다. 다른 관리자가 동의하면 됩니다.',
    'It is proposed, and waits for another administrator.',
  ],
  'done.account_agree': ['동의했습니다.', 'You have agreed.'],
  'done.account_refuse': ['거절했습니다.', 'You have refused.'],
  'done.account_withdraw': ['철회했습니다.', 'It is withdrawn.'],
};
