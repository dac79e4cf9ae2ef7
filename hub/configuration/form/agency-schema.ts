import { adapterKinds } from '../../../adapters/registry.ts';
import { Agency } from '../../../schemas/agency.ts';
import type { Schema } from './form-schema.ts';
import { isObject } from './variants.ts';

/**
 * The schema of an agency's document with the settings of the kinds of board that it names in their places, also of
 * kinds that come as packages. Settings of an unknown kind stay open.
 */
export function toAgencySchema(body: unknown): Schema {
  const board = isObject(body) ? body.board : undefined;
  const kind = isObject(board) ? board.adapter : undefined;
  const schema = Agency as unknown as Schema;
  const { board: connection, webhooks } = schema.properties ?? {};
  return {
    ...schema,
    properties: {
      ...schema.properties,
      board: withSettings(connection, '#/properties/board', String(kind), Object.keys(adapterKinds)),
      webhooks: {
        ...webhooks,
        items: withSettings(webhooks?.items as Schema, '#/properties/webhooks/items', 'webhook'),
      },
    },
  };
}

/** `place`: where the connection stands in the whole schema. */
function withSettings(connection: Schema = {}, place: string, kind: string, kinds?: string[]): Schema {
  const own = Object.hasOwn(adapterKinds, kind) ? (adapterKinds[kind]?.settings as Schema) : undefined;
  return {
    ...connection,
    properties: {
      ...connection.properties,
      ...(kinds && { adapter: { ...connection.properties?.adapter, enum: kinds } }),
      ...(own && { settings: toMoved(own, `${place}/properties/settings`) }),
    },
  };
}

const moved = new WeakMap<Schema, Schema>();

/** The same object at every call, since what is worked out of a schema is kept by it. */
function toMoved(settings: Schema, place: string): Schema {
  const known = moved.get(settings) ?? (moveReferences(settings, place) as Schema);
  moved.set(settings, known);
  return known;
}

/** References of a schema begin at its own root, which now stands at `place`. */
function moveReferences(schema: unknown, place: string): unknown {
  if (Array.isArray(schema)) return schema.map((one) => moveReferences(one, place));
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) =>
      name === '$ref' && typeof value === 'string'
        ? [name, value.replace(/^#/, place)]
        : [name, moveReferences(value, place)],
    ),
  );
}
