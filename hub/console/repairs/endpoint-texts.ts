import type { Texts } from '../../web/texts.ts';

/** Texts about the endpoints (webhooks) of agencies. */
export const endpointTexts: Texts = {
  'webhooks.title': ['웹훅', 'Webhooks'],
  'webhooks.lead': [
    '기관의 프로그램마다 알림을 따로 보냅니다. 하나가 멈추어도 게시판과 다른 프로그램에는 영향이 없습니다.',
    'Each program of an agency is told of events by itself: one that is down delays neither the board nor the others.',
  ],
  'webhooks.caption': ['웹훅: 이름, 상태, 대기, 보류', 'Webhooks: name, state, waiting, parked'],
  'webhooks.none': ['설정된 웹훅이 없습니다.', 'No webhook is configured.'],
  'webhooks.endpoint': ['웹훅', 'Webhook'],
  'webhooks.well': ['정상', 'Well'],
  'webhooks.closed': ['쉬는 중: {0}까지', 'Left alone until {0}'],
  'webhooks.delivered': ['마지막 전달 {0}', 'Last delivered {0}'],
  'webhooks.waiting': ['대기', 'Waiting'],
  'webhooks.parked': ['보류된 사건', 'Parked events'],
  'webhooks.parked_caption': [
    '보류된 사건: 민원, 사유, 담당, 결정',
    'Parked events: complaint, reason, owner, decision',
  ],
  'webhooks.no_parked': ['보류된 사건이 없습니다.', 'No event is parked.'],
  'webhooks.replay': ['다시 보내기', 'Tell it again'],
  'webhooks.hours': ['최근 몇 시간', 'Hours back'],
  'webhooks.replay_hint': [
    '같은 webhook-id로 다시 보내므로, 받는 프로그램이 이미 가진 것은 두 번 처리되지 않습니다.',
    'The webhook-ids are the same, so that the receiver takes nothing twice.',
  ],
  'done.webhook_replayed': ['다시 보냅니다.', 'It is told again.'],
  'done.webhook_replay_wrong': [
    '1시간에서 2160시간 사이로 적으십시오. 아무것도 보내지 않았습니다.',
    'Give 1 to 2160 hours; nothing was sent.',
  ],
};
