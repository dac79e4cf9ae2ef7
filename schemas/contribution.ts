import { type Static, Type } from 'typebox';
import { AttachmentReference, Officer } from './complaint.ts';
import { AgencyCode, Instant, instantOf, OneOf } from './vocabulary.ts';

const closed = { additionalProperties: false } as const;

/** `part`: the agency answers a part of the matter (분담). `cooperation`: it gives its opinion (협조). */
const contributionKinds = ['part', 'cooperation'] as const;
export type ContributionKind = (typeof contributionKinds)[number];
const contributionStates = ['asked', 'answered', 'refused', 'taken_back'] as const;
export type ContributionState = (typeof contributionStates)[number];

const summary = {
  number: Type.Integer({ minimum: 1, description: 'Counted from 1 within the complaint' }),
  kind: OneOf(contributionKinds, {
    description:
      '`part`: the agency answers a part of the matter (분담). `cooperation`: it gives its opinion (협조)',
  }),
  by: Type.Unsafe<string>({ ...AgencyCode, description: 'The agency that asked: it answers the complaint' }),
  askedAt: Instant,
  dueAt: instantOf('By when the reply is awaited'),
};

/** What the agency that leads asked of another, and what became of it. Only agencies see it. */
export const Contribution = Type.Object(
  {
    ...summary,
    to: Type.Unsafe<string>({ ...AgencyCode, description: 'The agency that is asked' }),
    text: Type.String({ description: 'What is asked' }),
    state: OneOf(contributionStates),
    overdue: Type.Boolean({ description: 'It is still awaited, and its date has passed' }),
    extended: Type.Boolean({ description: 'More time was taken; once is all (Act, article 20)' }),
    shared: Type.Boolean({ description: 'The other agencies that were asked may read the reply' }),
    reply: Type.Optional(Type.String({ description: 'What the agency said' })),
    attachments: Type.Optional(
      Type.Array(AttachmentReference, {
        maxItems: 50,
        description: 'The files of the reply, as it named them',
      }),
    ),
    officer: Type.Optional(Officer),
    reason: Type.Optional(Type.String({ description: 'Why it was refused or taken back' })),
    endedAt: Type.Optional(instantOf('When it was answered, refused or taken back')),
  },
  closed,
);
export type Contribution = Static<typeof Contribution>;

/**
 * What stands beside the complaint in a post that is a part: which one it is, and who asked. The post's receipt number is
 * `of` with the number after it.
 */
export const PartPost = Type.Object(
  {
    of: Type.String({ description: 'The receipt number of the complaint that it is a part of' }),
    number: summary.number,
    kind: summary.kind,
    by: summary.by,
    dueAt: summary.dueAt,
  },
  {
    ...closed,
    description: 'Present: the post is what an agency was asked for (분담·협조), and no complaint',
  },
);
export type PartPost = Static<typeof PartPost>;

/** What is kept with a complaint, for lists: its texts stand in the history. */
export type KeptContribution = Pick<
  Contribution,
  'number' | 'kind' | 'by' | 'to' | 'askedAt' | 'dueAt' | 'state'
>;

/** Something that an agency is asked for and still owes. */
export const OwedContribution = Type.Object(
  {
    receiptNumber: Type.String(),
    title: Type.String({ description: "The complaint's" }),
    ...summary,
    overdue: Type.Boolean(),
  },
  closed,
);
export type OwedContribution = Static<typeof OwedContribution>;
