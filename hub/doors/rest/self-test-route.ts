import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { toNeighbourhood } from '../../../schemas/networks.ts';
import { findDigestProblem } from '../../access/keys/content-digest.ts';
import { lifetimeOf } from '../../http/request-lifetime.ts';
import type { Limits } from '../gate/limits.ts';
import { toKnock } from '../json/enter.ts';
import { type CallerCheckDependencies, checkCaller } from '../self-test/caller-checks.ts';
import { checkCharset, checkClock, sampleText } from '../self-test/content-checks.ts';
import { Check, line } from '../self-test/line.ts';
import { describe } from './describe.ts';

export interface SelfTestDependencies extends CallerCheckDependencies {
  limits: Limits;
}

/** Strangers may call it too, so it is limited by address. */
const perAddress = { requestsPerMinute: 60, concurrency: 4 };
const bodyLimit = 64 * 1024;

const Body = Type.Object({
  text: Type.Optional(Type.String({ description: `Send exactly: ${sampleText}` })),
  time: Type.Optional(Type.String({ description: 'Your clock now, RFC 3339 with offset.' })),
});
export const Report = Type.Object(
  { ok: Type.Boolean(), time: Type.String({ format: 'date-time' }), checks: Type.Array(Check) },
  { additionalProperties: false },
);
const example: Static<typeof Report> = {
  ok: false,
  time: '2026-11-20T00:31:05.120Z',
  checks: [
    line('credentials', true, '기관 kotra의 키입니다.', 'This is a key of the agency kotra.'),
    line(
      'clock',
      false,
      '보내신 시각이 허브보다 540초 늦습니다. 시계를 맞추십시오(NTP).',
      "Your clock is 540 s behind the hub's: set it (NTP).",
    ),
  ],
};

/** `POST /self-test`: says what is right and what is wrong in a request, for an engineer who connects a system. */
export function selfTestRoute(app: FastifyInstance, dependencies: SelfTestDependencies): void {
  // The body is read as bytes. A parser would refuse a wrong body before the test can say what is wrong with it.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
  const schema = describe({
    operation: 'selfTest',
    tag: 'connection',
    summary: 'Try credentials, clock, charset and signature: 연결 시험',
    description: `Always answered with 200 and a report. Send the same headers as with real calls and the body \`{"text": "${sampleText}", "time": "…"}\`.`,
    replies: { 200: { description: 'What is right and what is not.', schema: Report, example } },
    problems: [413, 415],
  });
  // The body is described and not validated.
  const described = { ...schema, body: { ...Body, examples: [{ text: sampleText, time: example.time }] } };
  app.post(
    '/self-test',
    { schema: described, validatorCompiler: () => () => true },
    async (request, reply) => {
      const { limits } = dependencies;
      const admission = await limits.enter(
        `address ${toNeighbourhood(request.ip)}`,
        perAddress,
        lifetimeOf(reply),
      );
      reply.headers(admission.headers);
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const now = new Date();
      const checks = [
        ...(await checkCaller(dependencies, toKnock(request))),
        ...checkDigest(request.headers['content-digest'], bytes),
        ...checkCharset(bytes, request.headers['content-type']),
        ...checkClock(bytes, request.headers.date, now),
      ];
      return { ok: checks.every(({ ok }) => ok), time: now.toISOString(), checks };
    },
  );
}

function checkDigest(header: string | string[] | undefined, bytes: Buffer): Check[] {
  if (typeof header !== 'string') return [];
  const problem = findDigestProblem(header, bytes);
  return problem
    ? [line('digest', false, `본문 다이제스트가 맞지 않습니다: ${problem}`, problem)]
    : [
        line(
          'digest',
          true,
          '본문이 Content-Digest와 같습니다.',
          'The body is the one that Content-Digest names.',
        ),
      ];
}
