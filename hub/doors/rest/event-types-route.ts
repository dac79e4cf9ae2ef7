import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { type AgencyEvent, type EventType, eventTypes, OneOf, toEventName } from '../../../schemas/index.ts';
import { vocabulary } from '../../words/vocabulary.ts';
import { describe } from './describe.ts';

type Field = Exclude<keyof AgencyEvent, 'seq' | 'type' | 'at' | 'by'>;

/** The fields that an event may have beside those that all have. */
const fieldsOf: Record<EventType, Field[]> = {
  registered: ['content'],
  revised: ['content'],
  assigned: ['toAgency', 'reason'],
  transferred: ['fromAgency', 'toAgency', 'reason'],
  status_changed: ['fromStatus', 'toStatus'],
  interim_answered: ['answer'],
  answered: ['answer'],
  followed_up: ['followUp'],
  step_taken: ['step'],
  withdrawn: ['reason'],
};

const closed = { additionalProperties: false } as const;
export const EventTypes = Type.Object(
  {
    eventTypes: Type.Array(
      Type.Object(
        {
          type: OneOf(eventTypes, { description: '`event.type` in the feed and in lists of events' }),
          cloudEvent: Type.String({
            description: '`type` of the CloudEvent at a webhook; an agency may have another beginning',
          }),
          name: Type.Object({ ko: Type.String(), en: Type.String() }, closed),
          fields: Type.Array(Type.String(), { description: 'Of `event`, beside seq, type, at and by' }),
        },
        closed,
      ),
    ),
  },
  closed,
);

function listEventTypes(): Static<typeof EventTypes> {
  const list = eventTypes.map((type) => {
    const [ko, en] = vocabulary.event[type];
    return { type, cloudEvent: toEventName(type), name: { ko, en }, fields: fieldsOf[type] };
  });
  return { eventTypes: list };
}

/** The catalogue of what feed and webhooks bring. It names no complaint, so it is open as the description is. */
export function eventTypesRoute(app: FastifyInstance): void {
  const schema = describe({
    operation: 'listEventTypes',
    tag: 'changes',
    summary: 'The kinds of event that feed and webhooks bring: 사건 종류',
    description: 'More kinds may come: pass over one that you do not know. No key is needed.',
    replies: {
      200: {
        description: 'In no order that means anything.',
        schema: EventTypes,
        example: { eventTypes: listEventTypes().eventTypes.slice(0, 1) },
      },
    },
  });
  app.get('/event-types', { schema }, async () => listEventTypes());
}
