import { type Static, Type } from 'typebox';
import { Answer, ComplaintContent, FollowUp } from './complaint.ts';
import { Step } from './steps/step.ts';
import { AgencyCode, Instant, OneOf, Status } from './vocabulary.ts';

const closed = { additionalProperties: false } as const;

/** Why the complaint was routed to its agency. It is stored so that people can be told. */
export const RoutingReason = Type.Object(
  {
    /** Which rule decided: its number, counted from 1, or `default`, `origin`, `person`. */
    rule: Type.String(),
    /** In words, for people. */
    text: Type.String(),
  },
  closed,
);
export type RoutingReason = Static<typeof RoutingReason>;

const payloads = {
  registered: Type.Object({ content: ComplaintContent }, closed),
  revised: Type.Object({ content: ComplaintContent }, closed),
  assigned: Type.Object({ to: AgencyCode, reason: RoutingReason }, closed),
  transferred: Type.Object({ from: AgencyCode, to: AgencyCode, reason: Type.String() }, closed),
  status_changed: Type.Object({ from: Status, to: Status }, closed),
  interim_answered: Type.Object({ answer: Answer }, closed),
  answered: Type.Object({ answer: Answer }, closed),
  followed_up: Type.Object({ followUp: FollowUp }, closed),
  /** A step of the procedure that the law knows (schemas/steps). */
  step_taken: Type.Object({ step: Step }, closed),
  withdrawn: Type.Object({ reason: Type.Optional(Type.String()) }, closed),
} as const;

export type EventType = keyof typeof payloads;
export const eventTypes = Object.keys(payloads) as EventType[];
export type EventData<T extends EventType> = Static<(typeof payloads)[T]>;

/** Where an event came in. `hub`: the hub itself caused it, for example by routing. */
const Via = OneOf(['board', 'console', 'rest', 'soap', 'hub'] as const);

const Actor = Type.Object({ agency: AgencyCode, via: Via, user: Type.Optional(Type.String()) }, closed);
export type Actor = Static<typeof Actor>;

const envelope = {
  complaintId: Type.String({ format: 'uuid' }),
  /** 1…n per complaint, without a gap. */
  seq: Type.Integer({ minimum: 1 }),
  at: Instant,
  actor: Actor,
};

/**
 * One thing that happened to a complaint. The ordered list of events is the complaint's history, and links carry it to
 * the boards.
 */
export const ComplaintEvent = Type.Unsafe<ComplaintEvent>(
  Type.Union(
    eventTypes.map((type) =>
      Type.Object({ ...envelope, type: Type.Literal(type), data: payloads[type] }, closed),
    ),
  ),
);

interface Envelope {
  complaintId: string;
  seq: number;
  at: string;
  actor: Actor;
}
export type NewEvent = { [T in EventType]: { type: T; data: EventData<T> } }[EventType];
export type ComplaintEvent = Envelope & NewEvent;

/**
 * A step between agencies (`isInternalStep`). It stands in the history and moves on with it, but it is of no kind that
 * boards, feeds and endpoints can ask for: so none of them is ever told.
 */
export type NewInternalEvent = { type: 'contributed'; data: { step: Step } };
export type InternalEvent = Envelope & NewInternalEvent;
/** The kinds of event in a history. */
export type HistoryType = EventType | InternalEvent['type'];

/** Whether others than the agencies concerned may be told of an event. */
export const isPublic = <E extends { type: HistoryType }>(event: E): event is E & { type: EventType } =>
  event.type !== 'contributed';
