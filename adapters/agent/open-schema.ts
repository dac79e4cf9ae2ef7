import type { Static, TSchema } from 'typebox';
import { compile, toReason, toReasonOf } from '../../schemas/index.ts';
import { HubError } from './hub/hub-error.ts';

/** Checks a reply of the hub. Unknown fields are allowed, because a newer hub may send more than this agent knows. */
export function compileReply<S extends TSchema>(schema: S): (reply: unknown) => Static<S> {
  const check = compile(open(schema) as S);
  return (reply) => {
    const checked = check(reply);
    if (checked.ok) return checked.value;
    const detail = toReasonOf(checked.problems.slice(0, 3));
    throw new HubError('malformed', toReason('hub_not_understood', { detail }));
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
