import { Type } from 'typebox';
import { OneOf } from '../../../../../schemas/index.ts';

const closed = { additionalProperties: false } as const;
const Instant = Type.String({ format: 'date-time' });
const Nullable = <Of extends ReturnType<typeof Type.String>>(of: Of) => Type.Union([of, Type.Null()]);
const Direction = OneOf(['to_board', 'from_board'] as const, {
  description: '`to_board`: made in the hub, answered on the board. `from_board`: filed on the board.',
});

/** What a program asks for. */
export const TestOrder = Type.Object(
  {
    direction: Type.Optional(Direction),
    title: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'The hub puts the mark of the test before it',
    }),
    body: Type.String({ minLength: 1, maxLength: 10_000 }),
    category: Type.Optional(Type.String({ maxLength: 100 })),
    region: Type.Optional(Type.String({ maxLength: 100 })),
    address: Type.String({
      maxLength: 254,
      description: 'The e-mail address to which alone notices of the test go',
    }),
    withFile: Type.Optional(
      Type.Boolean({ description: 'Whether a sample file goes with it, a PDF that the hub makes' }),
    ),
  },
  closed,
);

export const Test = Type.Object(
  {
    mark: Type.String({ description: 'Stands in the title as `[시험 K7Q2M9XA]`' }),
    direction: Direction,
    receiptNumber: Nullable(Type.String({ description: 'Null: not read on the board yet' })),
    status: Nullable(Type.String()),
    madeBy: Type.String({ description: 'Login of the person' }),
    madeAt: Instant,
    board: Type.Union([
      Type.Object(
        {
          post: Nullable(Type.String({ description: 'Its number on the board' })),
          state: Type.String({ description: '`open`, or `parked` for a person' }),
          held: Type.Integer({ description: 'The event up to which the board holds it' }),
          due: Type.Integer({ description: 'The newest event' }),
          lastError: Type.Optional(Type.String()),
        },
        closed,
      ),
      Type.Null(),
    ]),
    heard: Nullable(Type.String({ description: 'The newest event that the board told' })),
    files: Type.Array(
      Type.Object({ name: Type.String(), state: Type.String({ description: 'At its target' }) }, closed),
    ),
  },
  closed,
);

/** A post that a removed test may have left on the board. */
const LeftPost = Type.Object(
  {
    mark: Type.String(),
    receiptNumber: Nullable(Type.String()),
    post: Nullable(Type.String({ description: 'Null: look for the mark in the titles' })),
  },
  closed,
);
export const TestList = Type.Object({ tests: Type.Array(Test), left: Type.Array(LeftPost) }, closed);
export const TestsRemoved = Type.Object(
  { removed: Type.Integer({ minimum: 0 }), left: Type.Array(LeftPost) },
  closed,
);
