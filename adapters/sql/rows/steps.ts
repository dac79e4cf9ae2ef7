import { type Static, Type } from 'typebox';

/**
 * What a board's tables are asked and told, as data. There is no SQL text in a configuration: names are checked
 * and quoted, values are parameters, so that nothing that anybody writes can become part of a statement.
 */
const closed = { additionalProperties: false } as const;

/** A JSONata expression; see adapters/kit/mapping/mapping.ts for the functions it may call. */
export const Expression = Type.String({ minLength: 1, maxLength: 20_000 });

/** A column: letters (also Korean ones), digits, _ and $. */
const name = '[\\p{L}_][\\p{L}\\p{N}_$]{0,63}';
const Name = Type.String({ pattern: `^${name}$` });
/** A table, with its schema in front where it is not the user's own. */
const Table = Type.String({ pattern: `^${name}(\\.${name})?$` });

const byColumn = <T extends ReturnType<typeof Type.Union> | typeof Expression>(value: T) =>
  Type.Record(Type.String({ pattern: `^${name}$` }), value, { additionalProperties: false });

/** The id of the row that an earlier step of this event inserted. */
const IdOf = Type.Object({ id: Name }, closed);
/** Rows in which every one of these columns equals its value. */
const Where = byColumn(Type.Union([Expression, IdOf]));

/** Found by the database in the moment of writing. */
const Count = Type.Object({ count: Table, where: byColumn(Expression) }, closed);
const Next = Type.Object(
  {
    /** The highest value of this column, or the lowest with `by` below zero. */
    next: Name,
    of: Table,
    where: Type.Optional(byColumn(Expression)),
    by: Type.Optional(Type.Integer({ default: 1 })),
    /** What it is where there is no row yet; absent: `by`. */
    first: Type.Optional(Type.Integer()),
  },
  closed,
);
const Value = Type.Union([Expression, IdOf, Count, Next]);

/** Where new ids come from when the table does not number its rows itself. */
const Sequence = Type.Object(
  {
    /** A table that holds the next id in `column` of the row `where`, or numbers its own rows. */
    table: Table,
    column: Name,
    where: Type.Optional(Where),
    /** What stands before the number, and its digits: `QA_` and 17. */
    prefix: Type.Optional(Type.String({ maxLength: 20 })),
    digits: Type.Optional(Type.Integer({ minimum: 1, maximum: 40 })),
  },
  closed,
);

/** Rows that the expressions of later steps may name as `as`; none found is refused unless `optional`. */
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

/** How a row tells which key brought it. */
const Mark = Type.Object(
  {
    column: Name,
    /** What stands in the column beside other text, `{key}` in it; absent: the key and nothing else. */
    form: Type.Optional(Type.String({ pattern: '\\{key\\}[^0-9#~]' })),
    /** Where the row must be, so that an index serves. */
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
    /** One insert of an event needs a mark: by it the event is found again. */
    mark: Type.Optional(Mark),
    /** Columns by which a row without a mark is known to be there already. */
    unless: Type.Optional(Type.Array(Name, { minItems: 1 })),
    /** A text that is longer than its column goes on in further rows of the same kind. */
    continued: Type.Optional(Name),
  },
  closed,
);

/** Sets values that do not depend on what stands there, so that doing it twice changes nothing. */
const Update = Type.Object({ update: Table, where: Where, set: byColumn(Value) }, closed);

const Step = Type.Union([Select, Insert, Update]);

export const Steps = Type.Array(Step, { minItems: 1, maxItems: 20 });
export { Name, Select, Table, Where };
export type Where = Static<typeof Where>;
export type Value = Static<typeof Value>;
export type Sequence = Static<typeof Sequence>;
export type Mark = Static<typeof Mark>;
export type Select = Static<typeof Select>;
export type Insert = Static<typeof Insert>;
export type Update = Static<typeof Update>;
export type Step = Static<typeof Step>;
