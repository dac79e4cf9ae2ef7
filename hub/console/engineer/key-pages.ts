import type { FastifyReply, FastifyRequest } from 'fastify';
import { type KeyScope, keyScopes } from '../../access/keys/scopes.ts';
import { toWorkedExamples } from '../../access/sheets/worked-examples.ts';
import { EngineerError } from '../../engineer/engineer-error.ts';
import type { MadeKey } from '../../engineer/own-keys.ts';
import { toKnownUrl } from '../../http/base-url.ts';
import { type FormProblems, noProblems, toFormProblems, toShown } from '../../web/form-problems.ts';
import type { Typed } from '../../web/forms.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { orNotFound, toOwnAgency, toOwnId } from './own-agency.ts';

const day = 86_400_000;
const blank: Typed = { name: '', days: '', ...Object.fromEntries(keyScopes.map((scope) => [scope, ''])) };
const overlaps = [0, 1, 7, 30, 90];

/** The agency's keys: made, replaced without a gap, revoked. A key is shown on the page that answers its form, once. */
export const keyPages: Pages = (app, deps) => {
  const { engineer } = deps;

  app.get('/engineer/keys', async (request, reply) => {
    toOwnAgency(deps, request);
    return showKeys(deps, request, reply);
  });

  app.post('/engineer/keys', async (request, reply) => {
    const { actor } = toOwnAgency(deps, request);
    const typed = request.typed();
    const scopes = keyScopes.filter((scope): scope is KeyScope => typed[scope] === 'yes');
    const wish = { name: typed.name ?? '', scopes, expiresAt: toTime(typed.days) };
    toKnownUrl(deps.settings.PUBLIC_URL, request);
    try {
      const { result } = await engineer.change(actor, { action: 'key_make', subject: wish.name }, (client) =>
        engineer.keys.make(client, actor, wish),
      );
      return showMade(deps, request, reply, result as MadeKey);
    } catch (error) {
      return showKeys(deps, request, reply, typed, toProblems(error, typed));
    }
  });

  app.post('/engineer/keys/:id/rotate', async (request, reply) => {
    const { actor } = toOwnAgency(deps, request);
    const id = toOwnId(request);
    const typed = request.typed();
    const endsAt = toTime(typed.overlap) ?? new Date();
    const wish = { id, endsAt, expiresAt: toTime(typed.days) };
    toKnownUrl(deps.settings.PUBLIC_URL, request);
    try {
      const { result } = await orNotFound(
        engineer.change(actor, { action: 'key_rotate', subject: id }, (client) =>
          engineer.keys.rotate(client, actor, wish),
        ),
      );
      return showMade(deps, request, reply, result as MadeKey);
    } catch (error) {
      if (!(error instanceof EngineerError)) throw error;
      return reply.redirect(`/engineer/keys?done=key_${error.kind === 'conflict' ? 'full' : 'days'}`, 303);
    }
  });

  app.post('/engineer/keys/:id/revoke', async (request, reply) => {
    const { actor } = toOwnAgency(deps, request);
    const id = toOwnId(request);
    await orNotFound(
      engineer.change(actor, { action: 'key_revoke', subject: id }, (client) =>
        engineer.keys.revoke(client, actor, { id }),
      ),
    );
    return reply.redirect('/engineer/keys?done=key_revoked', 303);
  });
};

/** Days from now. Nothing typed: never. What is no number is refused as a time. */
function toTime(days: string | undefined): Date | null {
  if (!days) return null;
  const count = Number(days);
  return new Date(Number.isFinite(count) ? Date.now() + count * day : 0);
}

function toProblems(error: unknown, typed: Typed): FormProblems {
  if (!(error instanceof EngineerError)) throw error;
  if (error.kind === 'conflict') return { fields: { name: 'problem.keys_full' }, others: [] };
  const places = { '/name': 'name', '/scopes': 'read', '/expiresAt': 'days' };
  return toFormProblems(error.problems, places, { ...typed, read: 'yes' });
}

async function showKeys(
  { engineer }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Typed = {},
  problems: FormProblems = noProblems,
) {
  const keys = await engineer.keys.list(request.signedIn().agency ?? '');
  const data = {
    valid: keys.filter((key) => key.valid),
    over: keys.filter((key) => !key.valid).slice(0, 20),
    scopes: keyScopes,
    overlaps,
    values: { ...blank, ...typed },
    problems: toShown(Object.keys(blank), problems).fields,
  };
  return reply.page('engineer-keys', data, problems === noProblems ? 200 : 422);
}

function showMade({ settings }: ConsoleDeps, request: FastifyRequest, reply: FastifyReply, made: MadeKey) {
  const agency = request.signedIn().agency ?? '';
  const baseUrl = toKnownUrl(settings.PUBLIC_URL, request);
  const examples = toWorkedExamples({
    agency,
    baseUrl,
    key: made.key,
    secret: made.signingSecret ?? '<SIGNING_SECRET>',
  });
  return reply.page('engineer-key-made', {
    made: { ...made, signingSecret: made.signingSecret ?? null },
    agency,
    examples,
  });
}
