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
import type { DeclaredNames, ExpressionPlace } from '../contract.ts';
import { CertificateAuthority } from '../kit/http/certificate-authority.ts';
import { fromDeclared } from '../kit/mapping/change-schema.ts';
import { checkChangeNames, checkPostNames, type OverChange } from '../kit/mapping/check-change-names.ts';
import { checkExpressions, type Located } from '../kit/mapping/check-expressions.ts';
import { checkMisshapen } from '../kit/mapping/check-misshapen.ts';
import { checkCodeTables } from '../kit/mapping/normalise.ts';
import { dialectNames } from './dialects/index.ts';
import { expandPreset } from './preset.ts';
import { ProductChecks } from './product-checks.ts';
import { Expression, Name, Select, Settle, type Step, Steps, Table, Where } from './rows/steps.ts';

const closed = { additionalProperties: false } as const;

/** Rows that belong to a post, in their own table or in the same one. */
const Children = Type.Object(
  {
    table: Table,
    /** The column that refers to the post. */
    parent: Name,
    /**
     * The post's column that it refers to, or `<name>.<column>` of children that stand before these: the authors of
     * comments. Absent: the post's id.
     */
    of: Type.Optional(Type.String({ pattern: '^([a-zA-Z]\\w*\\.)?[\\p{L}_][\\p{L}\\p{N}_$]{0,63}$' })),
    /** Time columns by which a child changes its post's time of change. Absent: the post's own columns suffice. */
    changed: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 8 })),
    where: Type.Optional(Where),
    columns: Type.Array(Name, { minItems: 1 }),
    order: Type.Array(Name, { minItems: 1 }),
  },
  closed,
);
export type ChildrenSettings = Static<typeof Children>;

/** The format in which MySQL and PostgreSQL write a time. */
export const defaultPattern = 'yyyy-MM-dd HH:mm:ss';
/** In place of a format: the columns hold whole seconds since 1970. */
export const epochPattern = 'epoch';

const Pull = Type.Object(
  {
    table: Table,
    /** Which rows are posts. Expressions see only `parameters`. Of a list, one value has to match. */
    where: Type.Optional(Where),
    /**
     * A row with one of these values is no post yet: the product writes a post step by step, without a transaction, and
     * this column shows that it has not finished. Expressions see only `parameters`.
     */
    notYet: Type.Optional(Where),
    /** A row is a post only if its id stands in `column` of one of these rows: those of a category. */
    among: Type.Optional(Type.Object({ table: Table, column: Name, where: Where }, closed)),
    id: Name,
    columns: Type.Array(Name, { minItems: 1 }),
    /** Time columns. The newest value is the time of the last change. */
    changed: Type.Array(Name, { minItems: 1, maxItems: 8 }),
    /** The format of those columns: yyyy MM dd HH mm ss SSS. Or `epoch`: numbers of whole seconds since 1970. */
    pattern: Type.Optional(Type.String({ default: defaultPattern })),
    /**
     * A row is a post only if this column holds its own id. A further question refers to the first one by it. Absent:
     * every row is a post.
     */
    root: Type.Optional(Name),
    /** Rows that every post sees under the name `as`: the board's own settings. Absent rows are empty. */
    look: Type.Optional(Type.Array(Select, { maxItems: 5 })),
    settle: Type.Optional(Settle),
    /** Keyed by the name under which expressions see them. */
    children: Type.Optional(Type.Record(Type.String({ pattern: '^[a-zA-Z]\\w*$' }), Children)),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    /** How long, in seconds, a post may become visible after its own time, or change without moving that time. */
    overlapSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 7 * 86_400, default: 60 })),
  },
  closed,
);

const subfolder = '[\\p{L}\\p{N}_$-][\\p{L}\\p{N}_.$-]*';

/** Files of posts: each has a row in a table, and the file itself lies in a folder. */
const Files = Type.Object(
  {
    table: Table,
    /** Rows that `where` needs besides `parameters`, `externalId` and `partId`. */
    look: Type.Optional(Type.Array(Select, { maxItems: 3 })),
    /** The rows that may hold a file that a post named. */
    where: Where,
    /** The column with the file's name in the folder. A post's mapping returns it as `id`. */
    stored: Name,
    /** A folder below `filesIn`. Absent: `filesIn` itself. */
    folder: Type.Optional(Type.String({ pattern: `^${subfolder}(/${subfolder})*$` })),
    /**
     * Steps as for an event; they also see `attachment`, `stored` and `folder`. The mark is the stored name. Absent: no
     * files are delivered.
     */
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
    /** Encrypts and checks the server's certificate. */
    tls: Type.Optional(Type.Object({ ca: CertificateAuthority }, closed)),
    /** The most sessions at once. Old boards allow few. */
    maxConnections: Type.Optional(Type.Integer({ minimum: 1, maximum: 64, default: 4 })),
    /**
     * A file of adapters/sql/presets that holds everything below for one product. Settings here override the preset.
     */
    preset: Type.Optional(Type.String()),
    /** The open values of the preset, such as the board's name. Expressions see them as `parameters`. */
    parameters: Type.Optional(Type.Record(Name, Type.String())),
    /** The charset that the board's own programs store in columns that the server takes for latin1. */
    charset: Type.Optional(OneOf(['euc-kr', 'cp949', 'ks_x_1001'])),
    /** The zone of the times in the board's tables. Absent: the agency's. */
    timeZone: Type.Optional(Type.String({ pattern: '^[A-Za-z]+([/_+-][A-Za-z0-9]+)*$', maxLength: 64 })),
    /** The only events to deliver. Absent: all that `push` has. */
    carries: Type.Optional(Type.Array(OneOf(eventTypes))),
    /** The replacement for characters that a column's charset lacks. Absent: such a text is refused. */
    replaceUnfit: Type.Optional(Type.String({ minLength: 1, maxLength: 3 })),
    codes: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.String({ minLength: 1 }))),
    ),
    /** Settings of the product itself that would leak or hide what the hub writes. "test connection" looks at them. */
    checks: Type.Optional(ProductChecks),
    pull: Type.Optional(Pull),
    files: Type.Optional(Files),
    /** The board's folder of files, by its path on this machine. Absent: files are neither fetched nor delivered. */
    filesIn: Type.Optional(Type.String({ pattern: '^/', maxLength: 1000 })),
    /** The same folder by the path of the board's own programs, if their table stores it. Absent: the same path. */
    filesAs: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
    /** The permissions of written files, as for chmod. */
    fileMode: Type.Optional(Type.String({ pattern: '^0?[0-7]{3}$', default: '644' })),
    /** Reads one post of the board with its children. Returns the canonical post (schemas/post.ts). */
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

/** Lists everything that is wrong with the settings. */
export function checkSqlSettings(given: unknown): Problem[] {
  const expanded = expandPreset(given);
  const shape = checkShape(expanded.settings);
  if (!shape.ok || expanded.problems.length > 0) {
    const misshapen = checkMisshapen(expanded.settings, checkShape, checkAllExpressions);
    return [...expanded.problems, ...misshapen];
  }
  const settings = shape.value;
  return [
    ...(settings.normalise === undefined ? [{ pointer: '/normalise', reason: toReason('required') }] : []),
    ...checkCodeTables(settings.codes ?? {}),
    ...checkAllExpressions(settings),
    ...checkChangeNames(listOverChange(settings)),
    ...listSqlPlaces(settings).flatMap(({ pointer, source, names }) =>
      names ? checkPostNames([pointer, source], fromDeclared(names)) : [],
    ),
    ...Object.entries(settings.push ?? {}).flatMap(([type, steps]) =>
      checkSteps(`/push/${type}`, steps, type === 'registered'),
    ),
    ...checkChildren(settings),
    ...checkFiles(settings),
  ];
}

const checkAllExpressions = (settings: SqlSettings) =>
  checkExpressions(listExpressions(settings), settings.codes);

/** Children of other children must stand after these, and these must read the column that they refer to. */
function checkChildren({ pull }: SqlSettings): Problem[] {
  const read = new Map<string, string[]>();
  return Object.entries(pull?.children ?? {}).flatMap(([name, { of, parent, columns }]) => {
    const [column = '', among] = of?.split('.').reverse() ?? [];
    const found = among === undefined || read.get(among)?.includes(column);
    read.set(name, [parent, ...columns]);
    if (of === undefined || found) return [];
    return [{ pointer: `/pull/children/${name}/of`, reason: toReason('children_not_before', { of }) }];
  });
}

/** Reads settings that passed the check, and fills in the preset. */
export function readSqlSettings(given: unknown): SqlSettings {
  return expandPreset(given).settings as SqlSettings;
}

/** The expression that converts posts, with all names that a row of the board can have in it. */
export function listSqlPlaces(given: unknown): ExpressionPlace[] {
  const { normalise, pull } = (expandPreset(given).settings ?? {}) as Partial<SqlSettings>;
  if (typeof normalise !== 'string') return [];
  const names = checkShape(expandPreset(given).settings).ok && pull ? { names: toPostNames(pull) } : {};
  return [{ pointer: '/normalise', source: normalise, reads: 'post', ...names }];
}

/** What rows/read.ts puts into a post. */
function toPostNames({ id, columns, changed, look = [], children = {} }: PullSettings): DeclaredNames {
  const toNames = (list: string[]) => Object.fromEntries(list.map((name) => [name, true as const]));
  const of = Object.values(children).flatMap((one) => (one.of && !one.of.includes('.') ? one.of : []));
  return {
    ...toNames([id, ...changed, ...of, ...columns]),
    ...Object.fromEntries(look.map((one) => [one.as, toNames(one.columns)])),
    ...Object.fromEntries(
      Object.entries(children).map(([name, one]) => [name, toNames([one.parent, ...one.columns])]),
    ),
  };
}

/** The expressions of steps see the change, the time, the preset's values, and rows that earlier steps found. */
function listOverChange(settings: SqlSettings): OverChange[] {
  const { push = {} } = settings;
  const named = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, item]) =>
      key === 'as' && typeof item === 'string' ? [item] : named(item),
    );
  };
  return Object.entries(push).flatMap(([type, steps]) =>
    listExpressions({ push: { [type]: steps } } as unknown as SqlSettings).map((located) => ({
      located,
      type: type as EventType,
      also: ['now', 'parameters', ...named(steps)],
    })),
  );
}

/** Lists every expression of the settings with its place. */
export function listExpressions({ normalise, pull, push = {}, files, checks = {} }: SqlSettings): Located[] {
  const found: Located[] = normalise === undefined ? [] : [['/normalise', normalise]];
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      const at = `${pointer}/${key}`;
      // Below `where` and `set` a text is an expression. Anywhere else it is a name.
      const values = key === 'where' || key === 'set' ? Object.entries(item as object) : [];
      for (const [column, text] of values)
        if (typeof text === 'string') found.push([`${at}/${column}`, text]);
      walk(item, at);
    }
  };
  walk(pull, '/pull');
  if (pull?.settle) found.push(['/pull/settle/newest', pull.settle.newest]);
  walk(push, '/push');
  walk(files, '/files');
  for (const [name, check] of Object.entries(checks)) {
    walk(check, `/checks/${name}`);
    if (check !== false) found.push([`/checks/${name}/fault`, check.fault]);
  }
  return found;
}

/** Checks what the schema cannot: which steps need a mark, and that a step's name is defined before it is used. */
function checkSteps(pointer: string, steps: Step[], mustInsert: boolean): Problem[] {
  const problems: Problem[] = [];
  const made = new Set<string>();
  let marked = false;
  for (const [index, step] of steps.entries()) {
    const at = `${pointer}/${index}`;
    // An id that is taken beforehand may be used in the row itself.
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

/** The mark of a file's row must be the file's stored name, so that row and file always match. */
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
