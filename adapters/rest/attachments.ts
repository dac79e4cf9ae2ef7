import type { BoardAdapter, WantedAttachment } from '../contract.ts';
import { toMultipart } from '../kit/http/multipart.ts';
import { createMappedFiles, openBase64, toWantedInput, urlOf } from '../kit/mapped/mapped-files.ts';
import type { RestClient } from './client.ts';
import type { RestSettings } from './config.ts';
import { fillPath, type RestMappings, toQuery } from './mapping.ts';
import { isMissing, toKeyHeader, toQuestion } from './questions.ts';

/** What the methods share. It lives as long as the adapter and never changes. */
export interface RestParts {
  settings: RestSettings;
  mappings: RestMappings;
  client: RestClient;
}

/** The file methods that the settings describe. */
export function createRestFiles(
  parts: RestParts,
): Pick<BoardAdapter, 'fetchAttachment' | 'pushAttachment' | 'findAttachment'> {
  const { settings, mappings, client } = parts;
  const { fetch, push, find } = settings.attachments ?? {};
  const { fields: toFields, partId, find: asked } = mappings.attachments;
  const fetched = mappings.attachments.fetch;
  return createMappedFiles({
    ...(fetch && {
      async open(wanted, signal) {
        const input = toWantedInput(wanted);
        const query = toQuery(await fetched.query?.evaluate(input));
        const request = { method: 'GET', query, ...placeOf(fetch.path, wanted) };
        if (!fetched.content) return client.stream(request, signal);
        return openBase64(fetched.content, { ...input, reply: await client.call(request, signal) });
      },
    }),
    ...(push && {
      push: {
        ...(partId && { partId }),
        async prepare(input, { attachment, content }) {
          const path = fillPath(push.path, input);
          const fields = client.fill(toQuery(await toFields?.evaluate(input)));
          const { headers, body } = toMultipart(fields, { ...attachment, field: push.field, content });
          const keyed = { ...headers, ...toKeyHeader(settings, input) };
          return (signal) => client.call({ method: push.method, path, headers: keyed, body }, signal);
        },
      },
    }),
    ...(find &&
      asked && {
        find: { ...asked, prepare: toQuestion(client, find.path, asked.query), isAbsent: isMissing },
      }),
  });
}

function placeOf(path: string | undefined, wanted: WantedAttachment): { path: string; url?: string } {
  if (path === undefined) return { path: '', url: urlOf(wanted) };
  return { path: fillPath(path, toWantedInput(wanted)) };
}
