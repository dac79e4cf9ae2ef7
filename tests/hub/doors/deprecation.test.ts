import fastify from 'fastify';
import { afterAll, expect, it } from 'vitest';
import { announceDeprecations } from '../../../hub/doors/rest/deprecation.ts';
import { describe } from '../../../hub/doors/rest/describe.ts';

const app = fastify();
afterAll(() => app.close());

it('an operation that is given up says so, in its replies and in its description', async () => {
  const see = 'https://hub.example/docs/rest-changes.md';
  const described = {
    operation: 'listEvents',
    tag: 'complaints',
    summary: 'old',
    replies: { 204: { description: 'nothing', nothing: true } },
  } as const;
  const schema = describe({
    ...described,
    deprecated: { since: '2027-01-01T00:00:00+09:00', sunset: '2028-01-01T00:00:00+09:00', see },
  });
  expect(schema).toMatchObject({ deprecated: true });
  announceDeprecations(app);
  const answer = async (_request: unknown, reply: { header(name: string, value: string): unknown }) => {
    reply.header('link', '</next>; rel="next"');
    return {};
  };
  app.get('/old', { schema: { ...schema, response: {} } as object }, answer as never);
  app.get('/new', { schema: { ...describe(described), response: {} } as object }, answer as never);
  const [old, current] = [await app.inject('/old'), await app.inject('/new')];
  // RFC 9745, 2: a date of structured fields, in seconds. RFC 8594, 3: a date of HTTP.
  expect(old.headers).toMatchObject({
    deprecation: '@1798729200',
    sunset: 'Fri, 31 Dec 2027 15:00:00 GMT',
    link: `</next>; rel="next", <${see}>; rel="deprecation"`,
  });
  expect(current.headers).not.toHaveProperty('deprecation');
  expect(current.headers.link).toBe('</next>; rel="next"');
});
