import type { PullSettings, SqlSettings } from '../config.ts';
import type { ProductChecks } from '../product-checks.ts';
import type { Mark, Step, Value, Where } from '../rows/steps.ts';

export const rightKinds = ['select', 'insert', 'update'] as const;
export type RightKind = (typeof rightKinds)[number];

/** What the adapter does to one table, column by column. */
export type TableRights = Record<RightKind, Set<string>>;

/** Exactly the rights that these settings need: the columns, by table and by kind of right. */
export function listNeededRights({
  pull,
  push = {},
  carries,
  files,
  filesIn,
  checks = {},
}: SqlSettings): Map<string, TableRights> {
  const needed = new Map<string, TableRights>();
  const add = (table: string, kind: RightKind, columns: (string | undefined)[]) => {
    const rights = needed.get(table) ?? { select: new Set(), insert: new Set(), update: new Set() };
    needed.set(table, rights);
    for (const column of columns) if (column !== undefined) rights[kind].add(column);
  };
  if (pull) addPull(add, pull);
  for (const [type, steps] of Object.entries(push)) {
    if (carries && !carries.some((carried) => carried === type)) continue;
    for (const step of steps) addStep(add, step);
  }
  if (files && filesIn !== undefined) {
    add(files.table, 'select', [files.stored, ...keys(files.where)]);
    for (const step of [...(files.look ?? []), ...(files.push ?? [])]) addStep(add, step);
  }
  addChecks(add, checks);
  return needed;
}

type Add = (table: string, kind: RightKind, columns: (string | undefined)[]) => void;

function addPull(add: Add, pull: PullSettings): void {
  const { table: posts, children: all = {} } = pull;
  add(posts, 'select', [pull.id, pull.root, ...pull.columns, ...pull.changed]);
  add(posts, 'select', [...keys(pull.where), ...keys(pull.notYet)]);
  if (pull.among) add(pull.among.table, 'select', [pull.among.column, ...keys(pull.among.where)]);
  for (const step of pull.look ?? []) addStep(add, step);
  if (pull.settle) {
    const written = [pull.settle.mark, ...keys(pull.settle.set)];
    add(posts, 'select', written);
    add(posts, 'update', written);
  }
  for (const { table, parent, of, columns, order, changed = [], where } of Object.values(all)) {
    add(table, 'select', [parent, ...columns, ...order, ...changed, ...keys(where)]);
    const [column, among] = of?.split('.').reverse() ?? [];
    const asked = among === undefined ? posts : all[among]?.table;
    if (asked !== undefined) add(asked, 'select', [column]);
  }
}

function addChecks(add: Add, checks: ProductChecks): void {
  for (const check of Object.values(checks)) {
    if (check === false) continue;
    for (const { table, columns, where } of Object.values(check.read))
      add(table, 'select', [...columns, ...keys(where)]);
  }
}

function addStep(add: Add, step: Step): void {
  if ('select' in step) {
    add(step.select, 'select', [...step.columns, ...keys(step.where)]);
    return;
  }
  if ('update' in step) {
    add(step.update, 'select', [...keys(step.where), ...keys(step.set)]);
    add(step.update, 'update', keys(step.set));
    if (step.orInsert) add(step.update, 'insert', [...keys(step.where), ...keys(step.set)]);
  } else {
    const { insert, set, id, mark, unless = [] } = step;
    add(insert, 'insert', [...keys(set), id?.sequence && id.column, mark?.column]);
    add(insert, 'select', [id?.column, ...unless]);
    if (mark) addMark(add, insert, mark);
    if (id?.sequence) {
      const { table, column, where } = id.sequence;
      add(table, 'select', [column, ...keys(where)]);
      add(table, where ? 'update' : 'insert', [column]);
    }
  }
  for (const value of Object.values(step.set)) addValue(add, value);
}

function addMark(add: Add, table: string, { column, where }: Mark): void {
  add(table, 'select', [column, ...keys(where)]);
  add(table, 'update', [column]);
}

function addValue(add: Add, value: Value): void {
  if (typeof value === 'string' || 'id' in value) return;
  if ('count' in value) add(value.count, 'select', keys(value.where));
  else add(value.of, 'select', [value.next, ...keys(value.where)]);
}

const keys = (where: Where | Record<string, Value> = {}) => Object.keys(where);
