import type { TSchema } from 'typebox';
import { ComplaintContent, ComplaintEvent } from '../../schemas/index.ts';
import { type StepKind, stepSchemas } from '../../schemas/steps/step.ts';

/** What stands where a text had to stand. */
export const forgotten = '파기됨';

/** Members that name no person though they are free text: numbers of rules and of complaints, and the subject's code. */
const kept = new Set(['rule', 'complaints', 'earlier', 'category']);

interface Node {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  properties?: Record<string, TSchema>;
  required?: string[];
  items?: TSchema;
}

const codes = '^[a-z][a-z0-9-]{1,30}$';
const dates = new Set(['date', 'date-time']);

/** Whether only the hub's own words, codes and dates can stand there. */
const isFixed = ({ const: only, enum: words, format, pattern }: Node) =>
  only !== undefined ||
  words !== undefined ||
  pattern === codes ||
  (format !== undefined && dates.has(format));

/**
 * The same record without what people wrote: free texts give way to {@link forgotten}, or go where they may be absent.
 * Kinds, dates, counts and codes of agencies stay, so that figures stay right. It follows the schema: what a later
 * version adds is forgotten unless it is a word of ours. Undefined: nothing of it stays.
 */
function forget(schema: TSchema, value: unknown, isRequired = true): unknown {
  const node = schema as Node;
  if (typeof value === 'string') return isFixed(node) ? value : isRequired ? forgotten : undefined;
  if (Array.isArray(value)) {
    if (!isRequired || node.items === undefined) return undefined;
    return value.map((one) => forget(node.items as TSchema, one));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, member]) => {
    if (kept.has(name)) return [[name, member] as const];
    const of = node.properties?.[name];
    if (of === undefined) return [];
    const left = forget(of, member, node.required?.includes(name) ?? false);
    return left === undefined ? [] : [[name, left] as const];
  });
  // An officer, of whom nothing has to be said.
  return entries.length === 0 && !isRequired ? undefined : Object.fromEntries(entries);
}

export const forgetContent = (content: unknown): unknown => forget(ComplaintContent, content);

const branches = (ComplaintEvent as unknown as { anyOf: { properties: { type: Node; data: TSchema } }[] })
  .anyOf;
const payloads = new Map(
  branches.map(({ properties }) => [properties.type.const as string, properties.data]),
);

/** The data of an event. A kind that this version does not know keeps nothing. */
export function forgetEvent(type: string, data: unknown): unknown {
  const step = (data as { step?: { kind: StepKind } }).step;
  if (step) return { step: forget(stepSchemas[step.kind] ?? {}, step) };
  const schema = payloads.get(type);
  return schema === undefined ? {} : forget(schema, data);
}
