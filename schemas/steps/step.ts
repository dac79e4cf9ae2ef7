import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox';
import { AttachmentReference, clockGrounds, Officer } from '../complaint.ts';
import { ComplaintKind, instantOf, OneOf } from '../vocabulary.ts';
import { contributionFields } from './contribution-steps.ts';

const closed = { additionalProperties: false } as const;
const Words = Type.String({ minLength: 1, maxLength: 20_000 });
const Reason = Type.String({ minLength: 1, maxLength: 2000 });
const Days = Type.Integer({ minimum: 1, maximum: 365 });
const Until = instantOf('By when the supplement or the reply is awaited');

const Numbers = (maxItems: number, description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1, maxItems, description });

const Ground = OneOf(clockGrounds, { title: '정지 사유' });

export const objectionOutcomes = ['upheld', 'partly_upheld', 'dismissed'] as const;

const fields = {
  /** A person of the agency answers from now on (담당자 지정). `user`: the login at the console, where there is one. */
  officer_assigned: {
    officer: Officer,
    user: Type.Optional(
      Type.String({ maxLength: 254, description: 'Login at the console, where there is one' }),
    ),
  },
  /** Another kind of complaint, and so another period (민원 종류 변경). `item`: of the agency's table of statutory ones. */
  classified: {
    as: ComplaintKind,
    item: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'Of the table of statutory complaints' }),
    ),
    reason: Reason,
  },
  /**
   * A later deadline (처리기간 연장), in days, or in hours where the period has hours. `consent`: the evidence of the
   * complainant's consent to a second one.
   */
  extended: {
    days: Type.Optional(Days),
    hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 40 })),
    reason: Reason,
    consent: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description: "Evidence of the complainant's consent to a second extension",
      }),
    ),
  },
  /** The agency needs more from the complainant (보완 요구). `until`: by when. The clock stands. */
  supplement_requested: { text: Words, until: Type.Optional(Until) },
  /** The complainant asked for more time to supplement (보완 기간 연장). */
  supplement_extended: { until: Until, reason: Type.Optional(Reason) },
  /** The supplement has arrived (보완). The clock goes on. */
  supplemented: {
    text: Words,
    attachments: Type.Optional(Type.Array(AttachmentReference, { maxItems: 50 })),
  },
  clock_stopped: { ground: Ground, reason: Reason },
  clock_resumed: { ground: Ground },
  /** The survey of a grievance goes on (실지조사 연장). */
  survey_extended: { reason: Reason },
  /** The agency that a complaint was transferred to does not take it (이송 거부). */
  transfer_refused: { reason: Reason },
  /** The agency refuses what was asked for (거부처분), with the ways to object. */
  refused: { reasons: Words, remedies: Words },
  /** The supplement did not come, so the complaint goes back (반려). */
  returned: { reason: Reason },
  /** Nothing more follows (종결). */
  closed: { reason: Type.Optional(Reason) },
  /** The agency takes an ended complaint up again (재처리). The whole period begins anew. */
  reopened: { reason: Reason },
  /** The complainant objects to a refusal (이의신청). */
  objected: {
    text: Words,
    attachments: Type.Optional(Type.Array(AttachmentReference, { maxItems: 50 })),
  },
  objection_decided: { outcome: OneOf(objectionOutcomes, { title: '결정' }), text: Words },
  /** A promise that takes long to keep (장기 반영), with the days on which it is looked at again and told. */
  planned: {
    promise: Words,
    reviewOn: Type.Array(Type.String({ format: 'date' }), {
      minItems: 1,
      maxItems: 40,
      description: 'The days on which it is looked at again and told',
    }),
  },
  /** One look at a promise. `kept`: nothing more is to be looked at. */
  plan_reviewed: { text: Words, kept: Type.Boolean({ description: 'Nothing more is to be looked at' }) },
  ...contributionFields(Until),
  /** Complaints of one purpose are handled as one (병합), led by the complaint that the step is taken on. */
  joined: {
    complaints: Numbers(200, 'Receipt numbers of the complaints that are joined to this one'),
    reason: Reason,
  },
  /** Complaints go their own way again (병합 해제). */
  parted: {
    complaints: Numbers(200, 'Receipt numbers of the complaints that are joined to this one no longer'),
    reason: Reason,
  },
  /** People who file jointly are represented by some of them (대표자 선정). `people`: for how many the complaint speaks. */
  represented: {
    representatives: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      minItems: 1,
      maxItems: 20,
      description: 'Names of the representatives',
    }),
    people: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'For how many people it speaks' }),
    ),
  },
  /** The same was asked before and answered twice, so it is closed without another answer (반복민원 종결). */
  closed_as_repeat: {
    earlier: Numbers(20, 'Receipt numbers of the earlier identical complaints whose results were told'),
    reason: Reason,
  },
} as const satisfies Record<string, TProperties>;

type Fields = typeof fields;
export type StepKind = keyof Fields;
export const stepKinds = Object.keys(fields) as StepKind[];

interface Common {
  /** The board's id of the step; unique within the post. */
  id?: string;
  /** When it was taken. Absent: when the hub learnt of it. */
  at?: string;
  /** Who took it, with department, name and contact (Enforcement Decree, article 31). */
  by?: Officer;
}
export type Step = { [K in StepKind]: Common & { kind: K } & Static<TObject<Fields[K]>> }[StepKind];
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>;

const common = {
  id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  at: Type.Optional(instantOf('When it was taken. Absent: when the hub learnt of it')),
  by: Type.Optional(Officer),
};

/** The schema of each step: `kind` says which. */
export const stepSchemas = Object.fromEntries(
  stepKinds.map((kind) => [
    kind,
    Type.Object({ kind: Type.Literal(kind), ...common, ...fields[kind] }, closed),
  ]),
) as unknown as Record<StepKind, TSchema>;

const anyField: TProperties = Object.assign({}, ...Object.values(fields));
const optional = Object.entries(anyField).map(([name, schema]) => [name, Type.Optional(schema)]);

/**
 * One step of the procedure that the Civil Complaints Treatment Act and its Enforcement Decree know, beside answers,
 * follow-ups, transfer and withdrawal, which have fields of their own. The record is flat, so that every language can generate a class from it; what each kind
 * requires, `findStepShapeProblems` says.
 */
export const Step = Type.Unsafe<Step>(
  Type.Object(
    { kind: OneOf(stepKinds), ...common, ...Object.fromEntries(optional) },
    { ...closed, description: 'One step of the procedure; what each kind requires: `takeStep`' },
  ),
);
