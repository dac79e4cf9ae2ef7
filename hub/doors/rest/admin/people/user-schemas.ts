import { Type } from 'typebox';
import { languages, OneOf } from '../../../../../schemas/index.ts';
import { userStates } from '../../../../access/people/list-users.ts';
import { roles } from '../../../../access/people/users.ts';

const closed = { additionalProperties: false } as const;
const Instant = Type.String({ format: 'date-time' });

export const OneUser = Type.Object(
  {
    login: Type.String(),
    name: Type.String(),
    role: OneOf(roles),
    agency: Type.Union([Type.String(), Type.Null()]),
    state: OneOf(userStates),
    createdAt: Instant,
    lastSignInAt: Type.Union([Instant, Type.Null()]),
  },
  closed,
);
export const AccountProposed = Type.Object({ proposal: Type.String() }, closed);
export const AccountProposals = Type.Object(
  {
    proposals: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          kind: OneOf(['invite', 'change', 'enable', 'link', 'key'] as const, {
            description: '`link`: a link to the account goes to another address. `key`: of this API',
          }),
          login: Type.String({ description: 'Of the account that it is about' }),
          role: OneOf(roles),
          author: Type.String({ description: 'Login of who proposed it' }),
          proposedAt: Instant,
          state: OneOf(['open', 'agreed'] as const),
          scopes: Type.Optional(Type.Array(Type.String(), { description: 'Of a key' })),
        },
        closed,
      ),
    ),
  },
  closed,
);
export const UserList = Type.Object({ users: Type.Array(OneUser) }, closed);
export const Invitation = Type.Object(
  {
    login: Type.String({ maxLength: 40 }),
    name: Type.String({ maxLength: 100 }),
    role: OneOf(roles),
    agency: Type.Optional(Type.String({ description: 'Of a person who belongs to an agency' })),
    email: Type.String({ maxLength: 254 }),
    language: Type.Optional(OneOf(languages)),
  },
  closed,
);
