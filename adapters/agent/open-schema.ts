import type { Static, TSchema } from 'typebox';
import { compile } from '../../schemas/index.ts';
import { HubError } from './hub/hub-error.ts';

/** A reply of the hub as an agent needs it: a newer hub may say more than this agent knows of. */
export function compileReply<S extends TSchema>(schema: S): (reply: unknown) => Static<S> {
  const check = compile(open(schema) as S);
  return (reply) => {
    const checked = check(reply);
    if (checked.ok) return checked.value;
    const places = checked.problems.slice(0, 3).map(({ pointer, message }) => `${pointer} ${message}`);
    throw new HubError('malformed', `this agent does not understand the hub: ${places.join('; ')}`);
  };
}

function open(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(open);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([name, value]) => name !== 'additionalProperties' || value !== false,
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, open(value)]));
}
