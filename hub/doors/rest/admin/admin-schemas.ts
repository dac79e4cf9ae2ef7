import { Type } from 'typebox';
import { OneOf } from '../../../../schemas/index.ts';
import { adminScopes } from '../../../access/keys/admin-scopes.ts';
import { documentKinds } from '../../../configuration/document.ts';
import { Place } from './admin-problem.ts';

const closed = { additionalProperties: false } as const;
const Kind = OneOf(documentKinds);
const Name = Type.String({
  minLength: 1,
  maxLength: 100,
  description:
    'The code of an agency; the kind again for routing and clock; `<language>/<file>` of a template',
});
const Version = Type.Integer({ minimum: 1 });
const Instant = Type.String({ format: 'date-time' });
const Login = Type.String({
  description: 'Of the person, also where a program did it with the key of the account',
});
const Note = Type.String({ maxLength: 500, description: 'Why, for the history' });
const Way = OneOf(['console', 'command', 'api', 'first-start'] as const);
const Word = OneOf(['added', 'changed', 'removed'] as const);
export const ProposalId = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });

const applied = { version: Version, author: Login, note: Note, appliedAt: Instant };
export const DocumentSummary = Type.Object({ kind: Kind, name: Name, ...applied }, closed);
export const DocumentList = Type.Object({ documents: Type.Array(DocumentSummary) }, closed);
const Source = Type.String({
  description: 'The text as it was written, comments kept. A secret in the clear is hidden.',
});
export const Document = Type.Object(
  {
    kind: Kind,
    name: Name,
    version: Version,
    author: Login,
    appliedAt: Instant,
    source: Source,
    value: Type.Optional(Type.Unknown({ description: 'What the YAML says, as JSON. Absent for templates.' })),
  },
  closed,
);
export const DocumentText = Type.Object(
  {
    source: Type.String({ description: 'YAML; of a template, Liquid' }),
    note: Type.Optional(Note),
  },
  closed,
);

const PlaceChange = Type.Object({ path: Type.String({ description: 'JSON pointer' }), change: Word }, closed);
export const DocumentChanged = Type.Object(
  {
    kind: Kind,
    name: Name,
    change: Word,
    paths: Type.Array(PlaceChange, { description: 'In a changed document; empty: only its text differs' }),
  },
  closed,
);
export const Changed = Type.Object(
  {
    outcome: OneOf(['applied', 'unchanged', 'proposed', 'planned'] as const, {
      description: '`proposed`: it waits for a second person; `planned`: only told, nothing was changed',
    }),
    changes: Type.Array(DocumentChanged),
    proposal: Type.Optional(ProposalId),
  },
  closed,
);

export const PlanOrder = Type.Object(
  {
    source: Type.Union([Type.String(), Type.Null()], { description: 'null: what removing it would do' }),
    base: Type.Optional(
      Type.Integer({ minimum: 0, description: 'The version on which the text was begun; 0: there was none' }),
    ),
  },
  closed,
);
const number = Type.Optional(Type.Integer({ minimum: 1 }));
const words = Type.Optional(Type.String());
export const Plan = Type.Object(
  {
    problems: Type.Array(Place, {
      description: 'Empty: it may be applied',
    }),
    inForce: Type.Optional(Type.Object({ version: Version, author: Login, appliedAt: Instant }, closed)),
    places: Type.Array(
      Type.Object({ path: Type.String(), change: Word, before: words, after: words }, closed),
      { description: 'In words; secrets are hidden' },
    ),
    lines: Type.Array(
      Type.Object(
        {
          kind: OneOf(['same', 'added', 'removed'] as const),
          text: Type.String(),
          before: number,
          after: number,
        },
        closed,
      ),
    ),
    moved: Type.Optional(
      Type.Object(
        {
          by: Login,
          at: Instant,
          version: Type.Integer({ minimum: 0 }),
          merged: words,
          conflicts: Type.Array(Type.String()),
        },
        { description: 'Somebody applied another version since `base`', ...closed },
      ),
    ),
    needsSecondPerson: Type.Boolean(),
  },
  closed,
);

const history = { kind: Kind, name: Name, ...applied, removal: Type.Boolean() };
export const VersionSummary = Type.Object({ ...history, way: Way }, closed);
export const VersionList = Type.Object({ versions: Type.Array(VersionSummary) }, closed);
export const OneVersion = Type.Object(
  {
    kind: Kind,
    name: Name,
    version: Version,
    author: Login,
    appliedAt: Instant,
    source: Type.Union([Source, Type.Null()], { description: 'null: this version took it out of force' }),
  },
  closed,
);
export const NoteOnly = Type.Object({ note: Type.Optional(Note) }, closed);

const GivenDocument = Type.Object({ kind: Kind, name: Name, source: Source }, closed);
export const WholeConfiguration = Type.Object({ documents: Type.Array(GivenDocument) }, closed);
export const WholeOrder = Type.Object(
  { documents: Type.Array(GivenDocument, { maxItems: 20_000 }), note: Type.Optional(Note) },
  closed,
);

const proposed = { id: ProposalId, author: Login, way: Way, note: Note, proposedAt: Instant };
const ProposedKey = Type.Object(
  { kind: Kind, name: Name, removal: Type.Boolean(), base: Type.Integer({ minimum: 0 }) },
  closed,
);
export const ProposalList = Type.Object(
  { proposals: Type.Array(Type.Object({ ...proposed, changes: Type.Array(ProposedKey) }, closed)) },
  closed,
);
export const OneProposal = Type.Object(
  {
    ...proposed,
    state: OneOf(['open', 'applied', 'refused', 'withdrawn'] as const),
    decidedBy: Type.Optional(Login),
    decidedAt: Type.Optional(Instant),
    decisionNote: Type.Optional(Note),
    changes: Type.Array(
      Type.Object(
        {
          kind: Kind,
          name: Name,
          base: Type.Integer({ minimum: 0 }),
          source: Type.Union([Source, Type.Null()]),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const AuditList = Type.Object(
  {
    entries: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          at: Instant,
          actor: Login,
          way: Way,
          action: Type.String(),
          subject: Type.String(),
          agency: Type.Union([Type.String(), Type.Null()]),
          detail: Type.Unknown({
            description: 'Without secrets and personal data; `key` names the key of a program',
          }),
        },
        closed,
      ),
    ),
  },
  closed,
);

const count = Type.Integer({ minimum: 0 });
const time = Type.Union([Instant, Type.Null()]);
export const BoardList = Type.Object(
  {
    boards: Type.Array(
      Type.Object(
        {
          agency: Type.String(),
          state: OneOf(
            ['closed', 'busy', 'maintenance', 'half_open', 'troubled', 'parked', 'screen', 'well'] as const,
            { description: '`screen`: it works on pages of the hub and has no board' },
          ),
          pausedUntil: time,
          deliveredAt: time,
          polledAt: time,
          failures: count,
          behind: count,
          parked: count,
          lastError: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
);
export const BoardCheck = Type.Object(
  {
    ok: Type.Boolean(),
    lines: Type.Array(
      Type.Object({ what: Type.String(), ok: Type.Boolean(), detail: Type.String() }, closed),
    ),
  },
  closed,
);
export const OwnKey = Type.Object(
  {
    login: Login,
    key: Type.String({ description: 'Its name' }),
    scopes: Type.Array(OneOf(adminScopes)),
    expiresAt: Instant,
    openapi: Type.String(),
  },
  closed,
);

export const DocumentParams = Type.Object({
  kind: OneOf(documentKinds, { description: 'The kind of document' }),
  name: Type.String({
    minLength: 1,
    maxLength: 100,
    description:
      'The code of an agency; the kind again for routing and clock; of a template `<language>~<file>`, with ~ or %2F for the slash',
    examples: ['kotra'],
  }),
});
export const VersionParams = Type.Object({
  ...DocumentParams.properties,
  version: Type.String({ pattern: '^[1-9][0-9]{0,8}$', description: 'Its number', examples: ['3'] }),
});
const NoteHeader = {
  'x-change-note': Type.Optional(
    Type.String({ description: 'Why, for the history: UTF-8, percent-encoded', examples: ['more%20pace'] }),
  ),
};
export const WriteHeaders = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'The ETag that was read: 412 where somebody applied another version since' }),
  ),
  ...NoteHeader,
});
export const PutHeaders = Type.Object({
  ...WriteHeaders.properties,
  'if-none-match': Type.Optional(Type.String({ description: '`*`: 412 where there is such a document' })),
});
