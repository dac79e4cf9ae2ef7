import type { Texts } from './texts.ts';

/** Texts of API keys, which the pages of engineers and of administrators show. */
export const keyTexts: Texts = {
  'own_keys.title': ['연계 키', 'API keys'],
  'own_keys.lead': [
    '키는 만들 때 한 번만 보입니다. 교체하면 새 키와 옛 키가 정한 때까지 함께 유효합니다.',
    'A key is shown once, when it is made. While you replace one, both are valid until a time that you choose.',
  ],
  'own_keys.valid': ['유효한 키', 'Valid keys'],
  'own_keys.none': ['유효한 키가 없습니다. 아래에서 만드십시오.', 'There is no valid key: make one below.'],
  'own_keys.caption': ['연계 키: 이름, 권한, 마지막 사용, 끝', 'Keys: name, scopes, last use, end'],
  'own_keys.key': ['키', 'Key'],
  'own_keys.key_id': ['키 번호 (keyid)', 'Id of the key (keyid)'],
  'own_keys.signing_secret': ['서명 비밀 (서명, WS-Security)', 'Signing secret (signatures, WS-Security)'],
  'own_keys.unnamed': ['이름 없는 키', 'Key without a name'],
  'own_keys.scopes': ['권한', 'Scopes'],
  'own_keys.last_used': ['마지막 사용', 'Last used'],
  'own_keys.ends': ['끝', 'Ends'],
  'own_keys.name': ['이름', 'Name'],
  'own_keys.name_hint': [
    '무엇에 쓰는 키인지 적습니다. 호출 기록에 보입니다.',
    'What it is for. The log of calls shows it.',
  ],
  'own_keys.days': ['며칠 뒤 끝', 'Days until it ends'],
  'own_keys.days_hint': ['비우면 끝나지 않습니다.', 'Leave it empty for a key that does not end.'],
  'own_keys.new': ['새 키', 'A new key'],
  'own_keys.make': ['키 만들기', 'Make the key'],
  'own_keys.rotate': ['교체', 'Replace'],
  'own_keys.rotate_action': ['새 키 만들기', 'Make the new key'],
  'own_keys.overlap': ['옛 키가 끝나는 때', 'The old key ends'],
  'own_keys.overlap_hint': [
    '그때까지 두 키가 함께 유효합니다. 이름과 권한은 그대로입니다.',
    'Until then both are valid. Name and scopes stay.',
  ],
  'own_keys.revoke': ['폐기', 'Revoke'],
  'own_keys.revoke_hint': [
    '10초 안에 모든 곳에서 거절됩니다. 되돌릴 수 없습니다.',
    'It is refused everywhere within ten seconds. This cannot be undone.',
  ],
  'own_keys.revoke_action': ['지금 폐기', 'Revoke it now'],
  'own_keys.over': ['끝난 키', 'Keys that are over'],
  'own_keys.made': ['키를 만들었습니다', 'The key is made'],
  'own_keys.once': [
    '이 화면을 떠나면 키를 다시 볼 수 없습니다. 지금 안전한 곳에 보관하십시오.',
    'The key is not shown again once you leave this page: keep it in a safe place now.',
  ],
  'own_keys.back': ['보관했습니다. 키 목록으로', 'It is kept; back to the keys'],
  'own.keys_expired': ['만료됨', 'Expired'],
  'own.keys_revoked': ['폐기됨', 'Revoked'],
};
