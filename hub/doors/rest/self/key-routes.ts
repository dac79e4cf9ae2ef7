import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import {
  KeyWish,
  MadeKey,
  OneKey,
  OwnKey,
  pageOf,
  RotationWish,
} from '../../../../schemas/calls/self-calls.ts';
import type { ApiKeyEntry } from '../../../access/keys/api-keys.ts';
import type { Engineer } from '../../../engineer/engineer.ts';
import type { MadeKey as Made } from '../../../engineer/own-keys.ts';
import { KeyHeader } from '../../json/write-headers.ts';
import { describe } from '../describe.ts';
import { keyExample, madeKeyExample, oneKeyExample } from './self-examples.ts';
import { MatchHeaders, sendTagged, tagged, toExpect } from './tagged.ts';
import { type Body, toActor, toOnce } from './to-self.ts';

export const KeyParams = Type.Object({ id: Type.String({ format: 'uuid' }) });
type OfKey = { Params: { id: string } };

/** The agency's keys: made, replaced without a gap, revoked. */
export function keyRoutes(app: FastifyInstance, engineer: Engineer): void {
  const list = describe({
    operation: 'listKeys',
    tag: 'self',
    summary: 'Your keys: 연계 키',
    description: 'Newest first; without those of your agent, which change by themselves.',
    headers: tagged.headers,
    replies: {
      200: {
        description: 'All of them.',
        headers: ['ETag'],
        schema: pageOf(OwnKey),
        example: { items: [keyExample] },
      },
      ...tagged.notModified,
    },
  });
  app.get('/self/keys', { schema: list }, async (request, reply) => {
    const keys = await engineer.keys.list(toActor(request, 'listKeys').agency);
    return sendTagged(request, reply, { items: keys.map(toOwnKey) });
  });
  getRoute(app, engineer);
  makeRoute(app, engineer);
  rotateRoute(app, engineer);

  const revoke = describe({
    operation: 'revokeKey',
    tag: 'self',
    summary: 'Revoke a key: 키 폐기',
    description: 'It is refused everywhere within ten seconds. A key may revoke itself.',
    params: KeyParams,
    headers: MatchHeaders,
    replies: { 204: { description: 'Revoked.', nothing: true } },
    problems: [404, 412, 413, 415],
  });
  app.delete<OfKey>('/self/keys/:id', { schema: revoke }, async (request, reply) => {
    const actor = toActor(request, 'revokeKey');
    const { id } = request.params;
    await engineer.change(actor, { action: 'key_revoke', subject: id }, (client) =>
      engineer.keys.revoke(client, actor, { id, expect: toExpect(request) }),
    );
    return reply.status(204).send();
  });
}

function getRoute(app: FastifyInstance, engineer: Engineer): void {
  const schema = describe({
    operation: 'getKey',
    tag: 'self',
    summary: 'One of your keys: 연계 키 하나',
    description:
      'Without what passes by itself, as the time of its last use. Its ETag is for If-Match of `rotateKey` and `revokeKey`.',
    params: KeyParams,
    headers: tagged.headers,
    replies: {
      200: { description: 'The key.', headers: ['ETag'], schema: OneKey, example: oneKeyExample },
      ...tagged.notModified,
    },
    problems: [404],
  });
  app.get<OfKey>('/self/keys/:id', { schema }, async (request, reply) => {
    const { agency } = toActor(request, 'getKey');
    return sendTagged(request, reply, await engineer.keys.find(agency, request.params.id));
  });
}

const made = { schema: MadeKey, example: madeKeyExample };
const repeated = {
  description: 'It was made under this Idempotency-Key before; the key itself is not shown again.',
  ...made,
};

function makeRoute(app: FastifyInstance, engineer: Engineer): void {
  const schema = describe({
    operation: 'makeKey',
    tag: 'self',
    summary: 'Make a key: 새 키',
    description: 'Twenty valid keys are the most.',
    headers: KeyHeader,
    body: { schema: KeyWish, example: { name: 'statistics', scopes: ['read'] } },
    replies: { 201: { description: 'Made.', ...made }, 200: repeated },
    problems: [409],
  });
  app.post<Body<typeof KeyWish>>('/self/keys', { schema }, async (request, reply) => {
    const actor = toActor(request, 'makeKey');
    const { name, scopes, expiresAt } = request.body;
    const wish = { name, scopes, expiresAt: expiresAt === undefined ? null : new Date(expiresAt) };
    const done = await engineer.change(
      actor,
      { action: 'key_make', subject: name },
      (client) => engineer.keys.make(client, actor, wish),
      toOnce(request, 'makeKey', withoutSecrets),
    );
    return reply.status(done.isRepeated ? 200 : 201).send(done.result);
  });
}

function rotateRoute(app: FastifyInstance, engineer: Engineer): void {
  const schema = describe({
    operation: 'rotateKey',
    tag: 'self',
    summary: 'Replace a key: 키 교체',
    description: 'A new key with the same name and scopes; the old one stays valid until `endsAt`.',
    params: KeyParams,
    headers: Type.Object({ ...KeyHeader.properties, ...MatchHeaders.properties }),
    body: { schema: RotationWish, example: { endsAt: '2026-12-07T09:00:00+09:00' } },
    replies: { 201: { description: 'The new key.', ...made }, 200: repeated },
    problems: [404, 409, 412],
  });
  app.post<OfKey & Body<typeof RotationWish>>(
    '/self/keys/:id/rotation',
    { schema },
    async (request, reply) => {
      const actor = toActor(request, 'rotateKey');
      const { id } = request.params;
      const { endsAt, expiresAt } = request.body;
      const wish = {
        id,
        endsAt: new Date(endsAt),
        expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
        expect: toExpect(request),
      };
      const done = await engineer.change(
        actor,
        { action: 'key_rotate', subject: id },
        (client) => engineer.keys.rotate(client, actor, wish),
        toOnce(request, 'rotateKey', withoutSecrets),
      );
      return reply.status(done.isRepeated ? 200 : 201).send(done.result);
    },
  );
}

/** What is kept for a repetition of the call. */
const withoutSecrets = ({ id, name, scopes, expiresAt }: Made) => ({ id, name, scopes, expiresAt });

function toOwnKey({ agency: _own, scopes, ...key }: ApiKeyEntry) {
  return { ...key, scopes: scopes as Static<typeof OwnKey>['scopes'] };
}
