import { type Static, Type } from 'typebox';
import {
  compile,
  type EventType,
  eventTypes,
  OneOf,
  type Problem,
  SecretReference,
  toReason,
} from '../../schemas/index.ts';
import { checkExpressions, type Located } from '../kit/mapping/check-expressions.ts';
import { checkCodeTables } from '../kit/mapping/normalise.ts';
import { dialectNames } from './dialects/index.ts';
import { expandPreset } from './preset.ts';
import { Expression, Name, Select, type Step, Steps, Table, Where } from './rows/steps.ts';

const closed = { additionalProperties: false } as const;

/** Rows that belong to a post, in a table of their own or in the same one. */
const Children = Type.Object(
  {
    table: Table,
    /** The column that names the post. */
    parent: Name,
    /** The post's column that it names; absent: its id. */
    of: Type.Optional(Name),
    /** Columns of time by which a child moves its post's time of change; absent: the post's own says it all. */
    changed: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 8 })),
    where: Type.Optional(Where),
    columns: Type.Array(Name, { minItems: 1 }),
    order: Type.Array(Name, { minItems: 1 }),
  },
  closed,
);
export type ChildrenSettings = Static<typeof Children>;

/** How MySQL and PostgreSQL write a time. */
export const defaultPattern = 'yyyy-MM-dd HH:mm:ss';

const Pull = Type.Object(
  {
    table: Table,
    /** Which rows are posts; expressions see `parameters` only. */
    where: Type.Optional(Where),
    id: Name,
    columns: Type.Array(Name, { minItems: 1 }),
    /** Columns of time of which the newest is that of the last change. */
    changed: Type.Array(Name, { minItems: 1, maxItems: 8 }),
    /** How those columns write a time; yyyy MM dd HH mm ss SSS. */
    pattern: Type.Optional(Type.String({ default: defaultPattern })),
    /** By the name under which expressions see them. */
    children: Type.Optional(Type.Record(Type.String({ pattern: '^[a-zA-Z]\\w*$' }), Children)),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    /** Seconds that a post may become visible after its own time, or change without moving it. */
    overlapSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 7 * 86_400, default: 60 })),
  },
  closed,
);

const subfolder = '[\\p{L}\\p{N}_$-][\\p{L}\\p{N}_.$-]*';

/** Files of posts: a row of a table for each, and the file itself in a folder. */
const Files = Type.Object(
  {
    table: Table,
    /** Rows that `where` needs to see beside `parameters`, `externalId` and `partId`. */
    look: Type.Optional(Type.Array(Select, { maxItems: 3 })),
    /** In which rows a file that a post named must be. */
    where: Where,
    /** The column of the name under which a file lies in the folder; a post's mapping gives it as `id`. */
    stored: Name,
    /** Below `filesIn`; absent: `filesIn` itself. */
    folder: Type.Optional(Type.String({ pattern: `^${subfolder}(/${subfolder})*$` })),
    /** Like those of an event, over `attachment`, `stored` and `folder`, too; the mark is the stored name. Absent: none is brought. */
    push: Type.Optional(Steps),
  },
  closed,
);
export type FilesSettings = Static<typeof Files>;

export const SqlSettings = Type.Object(
  {
    dialect: OneOf(dialectNames),
    host: Type.String({ minLength: 1 }),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    database: Type.String({ minLength: 1 }),
    user: Type.String({ minLength: 1 }),
    password: SecretReference,
    /** Encrypt, and check the server's certificate; `ca`: file of the authority that signed it. */
    tls: Type.Optional(Type.Object({ ca: Type.Optional(Type.String()) }, closed)),
    /** Sessions at once; old boards allow few. */
    maxConnections: Type.Optional(Type.Integer({ minimum: 1, maximum: 64, default: 4 })),
    /** A file of adapters/sql/presets: everything below for one product. What stands here goes before it. */
    preset: Type.Optional(Type.String()),
    /** What the preset leaves open, such as the name of the board. Expressions see it as `parameters`. */
    parameters: Type.Optional(Type.Record(Name, Type.String())),
    /** What the board's own programs keep in columns that the server takes for latin1. */
    charset: Type.Optional(OneOf(['euc-kr', 'cp949', 'ks_x_1001'])),
    /** Only these events are brought; absent: all that `push` has. */
    carries: Type.Optional(Type.Array(OneOf(eventTypes))),
    /** What stands in place of a character that a column's charset cannot hold. Absent: it is refused. */
    replaceUnfit: Type.Optional(Type.String({ minLength: 1, maxLength: 3 })),
    codes: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.String({ minLength: 1 }))),
    ),
    pull: Type.Optional(Pull),
    files: Type.Optional(Files),
    /** The board's folder of files as this machine sees it. Absent: no file is fetched or brought. */
    filesIn: Type.Optional(Type.String({ pattern: '^/', maxLength: 1000 })),
    /** The same folder as the board's own programs name it, where their table keeps that; absent: as here. */
    filesAs: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
    /** Who may read what is written there, as for chmod. */
    fileMode: Type.Optional(Type.String({ pattern: '^0?[0-7]{3}$', default: '644' })),
    /** Over one post of the board with its children: the canonical post (schemas/post.ts). */
    normalise: Type.Optional(Expression),
    push: Type.Optional(
      Type.Object(
        Object.fromEntries(eventTypes.map((type) => [type, Type.Optional(Steps)])) as Record<
          EventType,
          ReturnType<typeof Type.Optional<typeof Steps>>
        >,
        closed,
      ),
    ),
  },
  closed,
);
export type SqlSettings = Static<typeof SqlSettings>;
export type PullSettings = Static<typeof Pull>;

const checkShape = compile(SqlSettings);

/** Everything that is wrong with the settings, in one list. */
export function checkSqlSettings(given: unknown): Problem[] {
  const expanded = expandPreset(given);
  const shape = checkShape(expanded.settings);
  if (!shape.ok || expanded.problems.length > 0) {
    return [...expanded.problems, ...(shape.ok ? [] : shape.problems)];
  }
  const settings = shape.value;
  return [
    ...(settings.normalise === undefined ? [{ pointer: '/normalise', reason: toReason('required') }] : []),
    ...checkCodeTables(settings.codes ?? {}),
    ...checkExpressions(listExpressions(settings), settings.codes),
    ...Object.entries(settings.push ?? {}).flatMap(([type, steps]) =>
      checkSteps(`/push/${type}`, steps, type === 'registered'),
    ),
    ...checkFiles(settings),
  ];
}

/** Settings that passed the check, with their preset's part filled in. */
export function readSqlSettings(given: unknown): SqlSettings {
  return expandPreset(given).settings as SqlSettings;
}

/** Every expression of the settings, with its place. */
export function listExpressions({ normalise, pull, push = {}, files }: SqlSettings): Located[] {
  const found: Located[] = normalise === undefined ? [] : [['/normalise', normalise]];
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      const at = `${pointer}/${key}`;
      // Below `where` and `set`, a text is an expression; anywhere else it is a name.
      const values = key === 'where' || key === 'set' ? Object.entries(item as object) : [];
      for (const [column, text] of values)
        if (typeof text === 'string') found.push([`${at}/${column}`, text]);
      walk(item, at);
    }
  };
  walk(pull, '/pull');
  walk(push, '/push');
  walk(files, '/files');
  return found;
}

/** What the schema cannot say: which steps need a mark, and names of steps that are used before they are made. */
function checkSteps(pointer: string, steps: Step[], mustInsert: boolean): Problem[] {
  const problems: Problem[] = [];
  const made = new Set<string>();
  let marked = false;
  for (const [index, step] of steps.entries()) {
    const at = `${pointer}/${index}`;
    // A number that is taken beforehand may stand in the row itself.
    if ('insert' in step && step.id?.sequence) made.add(step.as);
    for (const used of idsIn(step)) {
      if (!made.has(used))
        problems.push({ pointer: at, reason: toReason('step_not_before', { name: used }) });
    }
    if (!('insert' in step)) continue;
    if (!step.mark && !step.unless)
      problems.push({ pointer: `${at}/mark`, reason: toReason('mark_or_unless') });
    marked ||= step.mark !== undefined;
    made.add(step.as);
  }
  if (made.size > 0 && !marked) problems.push({ pointer, reason: toReason('mark_missing') });
  if (mustInsert && !marked) problems.push({ pointer, reason: toReason('insert_missing') });
  return problems;
}

/** A file's row is known by the name under which the file lies, so that both tell the same. */
function checkFiles({ files }: SqlSettings): Problem[] {
  if (!files?.push) return [];
  const pointer = '/files/push';
  const astray = files.push.flatMap((step, index) => {
    if (!('insert' in step) || !step.mark) return [];
    const { insert, mark } = step;
    if (insert === files.table && mark.column === files.stored && !mark.form) return [];
    const reason = toReason('mark_of_file', { column: files.stored, table: files.table });
    return [{ pointer: `${pointer}/${index}/mark`, reason }];
  });
  return [...checkSteps(pointer, files.push, true), ...astray];
}

function idsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id } = value as { id?: unknown };
  if (typeof id === 'string' && Object.keys(value).length === 1) return [id];
  return Object.values(value).flatMap(idsIn);
}
