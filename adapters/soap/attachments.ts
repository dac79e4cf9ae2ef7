import { randomUUID } from 'node:crypto';
import type { BoardAdapter } from '../contract.ts';
import { createMappedFiles, urlOf } from '../kit/mapped/mapped-files.ts';
import type { SoapClient } from './client.ts';
import type { SoapSettings } from './config.ts';
import type { SoapMappings } from './mapping.ts';
import { toQuestion, toRequest } from './questions.ts';

/** What the methods share. It lives as long as the adapter. */
export interface SoapParts {
  settings: SoapSettings;
  mappings: SoapMappings;
  client: SoapClient;
}

/** The file methods that the settings describe. */
export function createSoapFiles(
  parts: SoapParts,
): Pick<BoardAdapter, 'fetchAttachment' | 'pushAttachment' | 'findAttachment'> {
  const { settings, mappings, client } = parts;
  const { fetch, push, find } = mappings.attachments;
  const isMtom = settings.attachments?.push?.mtom === true;
  return createMappedFiles({
    ...(settings.attachments?.fetch?.by === 'url' && {
      open: (wanted, signal) => client.stream(urlOf(wanted), signal),
    }),
    ...(fetch && {
      open: async ({ reference, ref }, signal) => {
        const request = (await fetch.request.evaluate({ ...ref, attachment: reference })) ?? {};
        return client.fetch(fetch.operation, request, fetch.content, signal);
      },
    }),
    ...(push && {
      push: {
        ...push,
        async prepare(input, { attachment, content }) {
          // The request is first written with this token. The content replaces it when the request is sent.
          const token = `content-${randomUUID()}`;
          const request = await toRequest(settings, push, { ...input, content: token });
          const { size, mediaType } = attachment;
          const file = { token, size, mediaType, content, isMtom };
          return (signal) => client.call(push.operation, request, signal, file);
        },
      },
    }),
    ...(find && { find: { ...find, prepare: toQuestion(client, find) } }),
  });
}
