import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Instant, OneOf } from '../../../schemas/index.ts';
import { mandates, outcomes, requestKinds } from '../../personal/requests/request.ts';
import {
  getRequest,
  listOwnRequests,
  type PassedRequest,
  passRequest,
  type RequestStanding,
} from '../calls/subject-requests.ts';
import { sendLinks } from './complaint-routes.ts';
import { describe } from './describe.ts';
import { subjectRequestExample, subjectRequestStandingExample } from './examples.ts';

const closed = { additionalProperties: false } as const;
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Phone = Type.String({
  pattern: '^\\+[1-9][0-9]{6,14}$',
  description: 'E.164, for example +821012345678',
});
const Email = Type.String({ format: 'email', maxLength: 254 });

/** A request as an agency passes it on. */
export const SubjectRequest = Type.Object(
  {
    externalId: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Your own number of it: sent again, it is the same one',
    }),
    kind: OneOf(requestKinds),
    receivedAt: Type.Optional(Instant),
    name: Text(100),
    phone: Type.Optional(Phone),
    email: Type.Optional(Email),
    address: Type.Optional(Text(300)),
    wants: Type.String({
      minLength: 1,
      maxLength: 5_000,
      description: 'What is asked, in the words of the person',
    }),
    representative: Type.Optional(
      Type.Object(
        { name: Text(100), contact: Text(200), mandate: OneOf(mandates), shown: Text(300) },
        closed,
      ),
    ),
    correction: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Text(100)),
          company: Type.Optional(Text(200)),
          phone: Type.Optional(Phone),
          email: Type.Optional(Email),
        },
        closed,
      ),
    ),
  },
  closed,
);

/** Where a request stands. */
export const SubjectRequestStanding = Type.Object(
  {
    number: Type.String(),
    externalId: Type.String(),
    kind: OneOf(requestKinds),
    state: OneOf(['received', 'identified', 'decided', 'told', 'withdrawn'] as const),
    receivedAt: Instant,
    dueAt: Instant,
    decision: Type.Union([OneOf(outcomes), Type.Null()]),
    toldAt: Type.Union([Instant, Type.Null()]),
  },
  closed,
);
const Standings = Type.Object({ requests: Type.Array(SubjectRequestStanding) }, closed);

const Query = Type.Object({
  after: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,17}$' })),
  before: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,17}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
});
type Dependencies = Parameters<typeof passRequest>[0];

const toReply = ({ receivedAt, dueAt, toldAt, ...rest }: RequestStanding) => ({
  ...rest,
  receivedAt: receivedAt.toISOString(),
  dueAt: dueAt.toISOString(),
  toldAt: toldAt?.toISOString() ?? null,
});

/** What persons ask an agency about their own data, passed on to the hub; and where it stands. */
export function subjectRequestRoutes(app: FastifyInstance, dependencies: Dependencies): void {
  passRoute(app, dependencies);
  const get = describe({
    operation: 'getSubjectRequest',
    tag: 'subject-requests',
    summary: 'Where a request stands that you passed on',
    params: Type.Object({ number: Type.String({ minLength: 1, maxLength: 20 }) }),
    replies: {
      200: {
        description: 'As of now.',
        schema: SubjectRequestStanding,
        example: subjectRequestStandingExample,
      },
    },
    problems: [404],
  });
  app.get<{ Params: { number: string } }>('/subject-requests/:number', { schema: get }, async (request) =>
    toReply(await getRequest(dependencies.store, request.entry.caller, request.params.number)),
  );
  const list = describe({
    operation: 'listSubjectRequests',
    tag: 'subject-requests',
    summary: 'The requests that you passed on',
    description: 'Newest first. The next and the previous page are named by Link headers (RFC 8288).',
    query: Query,
    replies: {
      200: {
        description: 'One page.',
        headers: ['Link'],
        schema: Standings,
        example: { requests: [subjectRequestStandingExample] },
      },
    },
  });
  app.get<{ Querystring: Static<typeof Query> }>(
    '/subject-requests',
    { schema: list },
    async (request, reply) => {
      const { after, before, limit } = request.query;
      const place = { ...(after && { after }), ...(before && { before }), ...(limit && { size: limit }) };
      const page = await listOwnRequests(dependencies.store, request.entry.caller, place);
      sendLinks(request, reply, [
        ['next', page.next && { after: page.next }],
        ['prev', page.previous && { before: page.previous }],
      ]);
      return { requests: page.rows.map(toReply) };
    },
  );
}

function passRoute(app: FastifyInstance, dependencies: Dependencies): void {
  const standing = { schema: SubjectRequestStanding, example: subjectRequestStandingExample };
  const schema = describe({
    operation: 'passSubjectRequest',
    tag: 'subject-requests',
    summary: 'Pass on what a person asks about the own data: 개인정보 열람·정정·삭제·처리정지 요구',
    description:
      'The people of the hub check who asks, find what is held, decide and answer within ten days of `receivedAt` (개인정보 보호법, articles 35 to 38). Send no resident registration number: it is masked.',
    body: { schema: SubjectRequest, example: subjectRequestExample },
    replies: {
      201: { description: 'Taken in, durably.', headers: ['Location'], ...standing },
      200: { description: 'It was passed on before.', headers: ['Location'], ...standing },
    },
  });
  app.post<{ Body: PassedRequest }>('/subject-requests', { schema }, async (request, reply) => {
    const { standing: made, isRepeated } = await passRequest(
      dependencies,
      request.entry.caller,
      request.body,
    );
    return reply
      .status(isRepeated ? 200 : 201)
      .header('location', `${request.routeOptions.url}/${made.number}`)
      .send(toReply(made));
  });
}
