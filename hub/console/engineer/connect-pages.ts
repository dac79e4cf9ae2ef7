import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyRequest } from 'fastify';
import { toWorkedExamples } from '../../access/sheets/worked-examples.ts';
import { toDescribedUrl } from '../../http/base-url.ts';
import { PageError } from '../../web/page-error.ts';
import type { Pages } from '../visit/console-context.ts';
import { toOwnAgency } from './own-agency.ts';

const adapters = new URL('../../../adapters/', import.meta.url);
/** Programs to copy, by the name of the download. */
const programs: Record<string, string> = {
  'client.sh': 'examples/client.sh',
  'client.py': 'examples/client.py',
  'client.ts': 'examples/client.ts',
  'Client.java': 'examples/Client.java',
  'MinwonHub.php': 'clients/php/MinwonHub.php',
  'soap-client.py': 'examples/soap/client.py',
  'soap-client.php': 'examples/soap/client.php',
  'webhook-receiver.py': 'examples/webhook-receiver.py',
  'webhook-receiver.ts': 'examples/webhook-receiver.ts',
};

/** What an engineer needs to connect: addresses, descriptions, examples filled in, programs. */
export const connectPages: Pages = (app, deps) => {
  const { settings } = deps;

  app.get('/engineer/connect', async (request, reply) => {
    const { agency } = toOwnAgency(deps, request);
    const baseUrl = toDescribedUrl(settings.PUBLIC_URL, request);
    const placeholders = { key: '<API_KEY>', secret: '<SIGNING_SECRET>' };
    return reply.page('engineer-connect', {
      agency,
      baseUrl,
      examples: toWorkedExamples({ agency, baseUrl, ...placeholders }),
      programs: Object.keys(programs),
      signs: settings.SIGNING_SECRET !== undefined,
    });
  });

  app.get('/engineer/programs/:name', async (request, reply) => {
    toOwnAgency(deps, request);
    const name = toProgram(request);
    const text = await readFile(fileURLToPath(new URL(programs[name] ?? '', adapters)), 'utf8');
    return reply
      .type('text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('x-content-type-options', 'nosniff')
      .send(text);
  });
};

function toProgram(request: FastifyRequest): string {
  const { name } = request.params as { name: string };
  if (!Object.hasOwn(programs, name)) throw new PageError('not_found');
  return name;
}
