import { type Static, Type } from 'typebox';
import { compile, languages, OneOf } from '../../../schemas/index.ts';
import { adminScopes } from '../keys/admin-scopes.ts';
import { roles } from '../people/users.ts';

const closed = { additionalProperties: false } as const;
const profile = {
  name: Type.String(),
  role: OneOf(roles),
  language: Type.Optional(OneOf(languages)),
  agency: Type.Optional(Type.String()),
};

/** What may give somebody the rights of an administrator. It is kept in this shape while it waits for a second person. */
const Wanted = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('invite'),
      user: Type.Object({ ...profile, login: Type.String(), email: Type.String() }, closed),
    },
    closed,
  ),
  Type.Object(
    { kind: Type.Literal('change'), id: Type.String(), profile: Type.Object(profile, closed) },
    closed,
  ),
  Type.Object({ kind: Type.Literal('enable'), id: Type.String() }, closed),
  Type.Object({ kind: Type.Literal('link'), id: Type.String(), email: Type.String() }, closed),
  Type.Object(
    {
      kind: Type.Literal('key'),
      name: Type.String(),
      scopes: Type.Array(OneOf(adminScopes)),
      expiresAt: Type.String(),
    },
    closed,
  ),
]);
export type Wanted = Static<typeof Wanted>;
export const checkWanted = compile(Wanted);
