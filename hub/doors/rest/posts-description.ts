import type { FastifySchema } from 'fastify';
import { Type } from 'typebox';
import { describe } from './describe.ts';

export const PostsTaken = Type.Object(
  {
    posts: Type.Array(
      Type.Object(
        {
          externalId: Type.String({ description: 'The id of the post at its board' }),
          outcome: Type.Enum(['applied', 'duplicate', 'parked'], {
            description: '`parked`: it is safe, and a person looks at it. Do not send it again',
          }),
          receiptNumber: Type.Optional(Type.String({ description: 'The receipt number (접수번호)' })),
          problems: Type.Optional(
            Type.Array(
              Type.Object(
                { pointer: Type.String(), message: Type.String() },
                { additionalProperties: false },
              ),
            ),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

const example = { posts: [{ externalId: '1187', outcome: 'applied', receiptNumber: '26-0000-0001-5' }] };
const envelope = (body: string) =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${body}</soap:Body></soap:Envelope>`;
const call = envelope(
  '<sendMinwon xmlns="urn:old-board:minwon"><MINWON><MW_NO>1187</MW_NO></MINWON></sendMinwon>',
);
const fault = envelope(
  '<soap:Fault><faultcode>soap:Client</faultcode><faultstring>the body is no post</faultstring></soap:Fault>',
);

const text = (shown: string) => ({ schema: { type: 'string', examples: [shown] } });
const xml = (shown: string) => ({ 'text/xml': text(shown), 'application/soap+xml': text(shown) });

/** How the door of posts is described. What a board sends is checked by the agency's mapping, and not by a schema. */
export function describePosts(): FastifySchema {
  const described = describe({
    operation: 'sendPosts',
    tag: 'boards',
    summary: "Send posts in the board's own format: 게시판이 직접 보내는 글",
    description:
      "For boards that call by themselves (webhooks, SOAP). The agency's mapping (`board.settings.received`) reads the body, and may answer in the board's own words. An envelope is answered by an envelope, or by a Fault. The credentials are those of `received.proof`, or the agency's API key; in an envelope also as WS-Security UsernameToken. Scope: `register`.",
    params: Type.Object({
      code: Type.String({ description: 'The code of the agency', examples: ['kotra'] }),
    }),
    replies: {
      200: { description: 'What became of each post.', schema: PostsTaken, example },
      500: {
        description: 'A Fault: a call of SOAP 1.1 was refused, or the hub cannot take it now.',
        headers: ['Retry-After'],
        nothing: true,
      },
    },
    problems: [409, 413, 415],
  });
  const {
    200: taken,
    400: unreadable,
    500: failed,
    ...others
  } = described.response as Record<number, object>;
  const own = {
    type: 'object',
    description: "What the agency's mapping answers",
    examples: [{ code: '00' }],
  };
  return {
    ...described,
    security: [
      ...[{ key: [] }, { signatureInput: [], signature: [] }],
      ...[{ boardBasic: [] }, { boardHubSignature: [] }, { boardWebhookSignature: [] }, {}],
    ],
    body: {
      content: {
        'application/json': {
          schema: { ...own, description: "The board's own JSON", examples: [{ issue: { no: 1187 } }] },
        },
        ...xml(call),
      },
    },
    response: {
      ...others,
      200: {
        ...taken,
        content: {
          'application/json': { schema: { anyOf: [PostsTaken, own], examples: [example] } },
          ...xml(envelope('')),
        },
      },
      // A Fault of SOAP 1.2 that is the caller's (SOAP 1.2, part 2, 7.5.2.2).
      400: { ...unreadable, type: undefined, content: { 'application/soap+xml': text(fault) } },
      500: { ...failed, type: undefined, content: xml(fault) },
    },
  } as FastifySchema;
}
