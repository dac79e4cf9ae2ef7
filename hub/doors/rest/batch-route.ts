import type { FastifyInstance } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import { type Checked, compile, OneOf, Receipt, Registration } from '../../../schemas/index.ts';
import { ProblemDetails, toProblemDetails } from '../../http/problem.ts';
import { type AgencyCalls, mustPass } from '../calls/agency-calls.ts';
import { type BatchResult, runBatch } from '../calls/batch.ts';
import { writeRoutes } from './complaint-routes.ts';
import { describe } from './describe.ts';
import { batchExample, batchResultExample } from './examples.ts';

export const mostBatchItems = 500;
const bodyLimit = 16 * 1024 * 1024;
const closed = { additionalProperties: false } as const;

const operations = ['registerComplaint', ...writeRoutes.map(({ operation }) => operation)] as const;
type Operation = (typeof operations)[number];

export const Item = Type.Object(
  {
    operation: OneOf(operations),
    receiptNumber: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 40,
        description: 'of which complaint; not for registerComplaint',
      }),
    ),
    value: Type.Unknown({ description: "the body of the operation's own route" }),
    idempotencyKey: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'as the header Idempotency-Key, for this item',
      }),
    ),
    expectedSeq: Type.Optional(Type.Integer({ minimum: 1, description: 'as If-Match' })),
  },
  closed,
);
type Item = Static<typeof Item>;
export const Batch = Type.Object(
  { items: Type.Array(Item, { minItems: 1, maxItems: mostBatchItems }) },
  closed,
);

export const Result = Type.Object(
  {
    status: Type.Integer({ description: 'what the single call would have been answered with' }),
    receipt: Type.Optional(Receipt),
    problem: Type.Optional(ProblemDetails),
  },
  closed,
);
type Result = Static<typeof Result>;

const checks = Object.fromEntries(
  [{ operation: 'registerComplaint', schema: Registration as TSchema }, ...writeRoutes].map(
    ({ operation, schema }) => [operation, compile(schema)],
  ),
) as Record<Operation, (value: unknown) => Checked<unknown>>;

/** Takes many calls in one request, each with its own result. A failed call does not affect the others. */
export function batchRoute(app: FastifyInstance, calls: AgencyCalls): void {
  const schema = describe({
    operation: 'runBatch',
    tag: 'complaints',
    summary: 'Many writes in one request, a result for each',
    description:
      'Items of one complaint are done in their order, others side by side. Each counts as one request towards the limits. Send the whole batch again after a lost reply: with `idempotencyKey` what was done is recognised; without, the complaint ends as the last item says.',
    body: { schema: Batch, example: batchExample },
    replies: {
      200: {
        description: 'One result per item, in the order of the items.',
        schema: Type.Object({ results: Type.Array(Result) }, closed),
        example: batchResultExample,
      },
    },
  });
  app.post<{ Body: { items: Item[] } }>('/batches', { schema, bodyLimit }, async (request) => {
    const { items } = request.body;
    const { caller, spend } = request.entry;
    await spend(items.length - 1);
    const results = await runBatch(calls, caller, items, ({ operation, value }) =>
      mustPass(checks[operation](value)),
    );
    return { results: items.map((item, index) => toResult(item, results[index] as BatchResult)) };
  });
}

function toResult({ operation }: Item, result: BatchResult): Result {
  if ('refusal' in result) {
    const problem = toProblemDetails(result.refusal);
    return { status: problem.status, problem };
  }
  const { receipt } = result;
  const isNew = receipt.outcome === 'applied' && made(operation) === 201;
  return { status: isNew ? 201 : 200, receipt };
}

const made = (operation: Operation) =>
  writeRoutes.find((route) => route.operation === operation)?.method === 'PUT' ? 200 : 201;
