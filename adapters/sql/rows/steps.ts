import { type Static, Type } from 'typebox';

/**
 * Reads and writes of a board's tables, as data. A configuration contains no SQL text: names are checked and quoted,
 * and values are parameters. So nothing in it can become part of a statement.
 */
const closed = { additionalProperties: false } as const;

/** A JSONata expression. adapters/kit/mapping/mapping.ts lists the functions that it may call. */
export const Expression = Type.String({ minLength: 1, maxLength: 20_000 });

/** A column: letters (also Korean ones), digits, _ and $. */
const name = '[\\p{L}_][\\p{L}\\p{N}_$]{0,63}';
const Name = Type.String({ pattern: `^${name}$` });
/** A table, with its schema in front if that is not the user's own. */
const Table = Type.String({ pattern: `^${name}(\\.${name})?$` });

const byColumn = <T extends ReturnType<typeof Type.Union> | typeof Expression>(value: T) =>
  Type.Record(Type.String({ pattern: `^${name}$` }), value, { additionalProperties: false });

/** The id of the row that an earlier step of this event inserted. */
const IdOf = Type.Object({ id: Name }, closed);
/** Rows in which every one of these columns has the given value. */
const Where = byColumn(Type.Union([Expression, IdOf]));

/** The database counts when it writes. */
const Count = Type.Object({ count: Table, where: byColumn(Expression) }, closed);
const Next = Type.Object(
  {
    /** The highest value of this column, or the lowest if `by` is below zero. */
    next: Name,
    of: Table,
    where: Type.Optional(byColumn(Expression)),
    by: Type.Optional(Type.Integer({ default: 1 })),
    /** The value if there is no row yet. Absent: `by`. */
    first: Type.Optional(Type.Integer()),
  },
  closed,
);
const Value = Type.Union([Expression, IdOf, Count, Next]);

/** The source of new ids if the table does not number its rows. */
const Sequence = Type.Object(
  {
    /** A table with the next id in `column` of the row `where`, or one that numbers its own rows. */
    table: Table,
    column: Name,
    where: Type.Optional(Where),
    /** The text before the number. The next field is the number's digits: `QA_` and 17. */
    prefix: Type.Optional(Type.String({ maxLength: 20 })),
    digits: Type.Optional(Type.Integer({ minimum: 1, maximum: 40 })),
  },
  closed,
);

/**
 * Rows that later expressions can use under the name `as`. If none is found, the event is refused, unless `optional`.
 */
const Select = Type.Object(
  {
    select: Table,
    as: Name,
    columns: Type.Array(Name, { minItems: 1 }),
    where: Where,
    optional: Type.Optional(Type.Boolean()),
  },
  closed,
);

/** How a row shows which key brought it. */
const Mark = Type.Object(
  {
    column: Name,
    /** The text around `{key}` in the column. Absent: the column holds only the key. */
    form: Type.Optional(Type.String({ pattern: '\\{key\\}[^0-9#~]' })),
    /** Further conditions of the row, so that an index is used. */
    where: Type.Optional(Where),
  },
  closed,
);

const Insert = Type.Object(
  {
    insert: Table,
    as: Name,
    set: byColumn(Value),
    /** The column of the row's id. Without `sequence` the database numbers it. */
    id: Type.Optional(Type.Object({ column: Name, sequence: Type.Optional(Sequence) }, closed)),
    /** One insert of each event needs a mark, by which the event is found again. */
    mark: Type.Optional(Mark),
    /** Columns that identify a row without a mark, to see whether it already exists. */
    unless: Type.Optional(Type.Array(Name, { minItems: 1 })),
    /** A text that is longer than this column continues in further rows of the same kind. */
    continued: Type.Optional(Name),
  },
  closed,
);

/** Sets values that do not depend on the present ones. So a repetition changes nothing. */
const Update = Type.Object(
  {
    update: Table,
    where: Where,
    set: byColumn(Value),
    /** A row that is not there is made of `where` and `set`. Absent: the event is refused. */
    orInsert: Type.Optional(Type.Boolean()),
  },
  closed,
);

/**
 * What the board's own rows say about a column that nobody sets: after its own officer answered, a status is changed.
 * It happens once for each new part, so that people may set another value afterwards. Expressions see `post`, the
 * canonical post. A board's first reading changes nothing.
 */
const Settle = Type.Object(
  {
    /** The id of the newest part. Nothing: the post has none. */
    newest: Expression,
    /** The column of the post that keeps the id of the part for which this was done. */
    mark: Name,
    set: byColumn(Expression),
  },
  closed,
);

const Step = Type.Union([Select, Insert, Update]);

export const Steps = Type.Array(Step, { minItems: 1, maxItems: 20 });
export { Name, Select, Settle, Table, Where };
export type Where = Static<typeof Where>;
export type Value = Static<typeof Value>;
export type Sequence = Static<typeof Sequence>;
export type Mark = Static<typeof Mark>;
export type Select = Static<typeof Select>;
export type Insert = Static<typeof Insert>;
export type Update = Static<typeof Update>;
export type Settle = Static<typeof Settle>;
export type Step = Static<typeof Step>;
