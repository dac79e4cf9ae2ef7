import {
  AttachmentReference,
  Complaint,
  ComplaintEvent,
  type EventType,
  PartPost,
} from '../../../schemas/index.ts';
import type { DeclaredNames } from '../../contract.ts';

/** What an expression may read at a place, as far as it is known. `fields`: the names of an object. */
export interface Known {
  fields: ReadonlyMap<string, Known | undefined>;
}

/** The same as an adapter declares it (adapters/contract.ts). */
export const fromDeclared = (names: DeclaredNames): Known => ({
  fields: new Map(
    Object.entries(names).map(([name, inner]) => [name, inner === true ? undefined : fromDeclared(inner)]),
  ),
});

/** The input of expressions over a change (kit/reading/board-ref.ts). `type`: the event; undefined: any. */
export function toChangeShape(type: EventType | undefined, { isFile = false } = {}): Known {
  const events = (ComplaintEvent as Schema).anyOf ?? [];
  const meant = events.filter(({ properties }) => type === undefined || properties?.type?.const === type);
  const shape = toKnown({
    properties: {
      event: { anyOf: meant },
      complaint: Complaint as Schema,
      role: leaf,
      part: PartPost as Schema,
      ref: { properties: { externalId: leaf, partId: leaf } },
      key: leaf,
      receiptNumber: leaf,
      originNumber: leaf,
      externalId: leaf,
      ...(isFile && { attachment: AttachmentReference as Schema, partId: leaf, content: leaf }),
    },
  });
  return shape ?? { fields: new Map() };
}

/** The parts of a JSON Schema that tell names. */
interface Schema {
  type?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  patternProperties?: unknown;
  const?: unknown;
  enum?: unknown;
}
const leaf: Schema = { type: 'string' };

/** An expression reads through lists, and a name of any alternative is known. Undefined: everything is possible. */
function toKnown(schema: Schema): Known | undefined {
  const { type, properties, items, anyOf, patternProperties } = schema;
  if (anyOf) return merge(anyOf.map(toKnown));
  if (type === 'array' && items) return toKnown(items);
  if (properties)
    return { fields: new Map(Object.entries(properties).map(([name, inner]) => [name, toKnown(inner)])) };
  if (patternProperties || (type === undefined && schema.const === undefined && schema.enum === undefined))
    return undefined;
  return { fields: new Map() };
}

function merge(all: (Known | undefined)[]): Known | undefined {
  const fields = new Map<string, Known | undefined>();
  for (const one of all) {
    if (!one) return undefined;
    for (const [name, inner] of one.fields)
      fields.set(name, fields.has(name) ? merge([fields.get(name), inner]) : inner);
  }
  return { fields };
}
