import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { dropAfterAnswer } from '../../http/body-stream.ts';
import { Refusal } from '../../http/problem.ts';

/** Below `app`, a body is a streamed file of any media type. Returns the options of a route that takes one. */
export function streamBodies(app: FastifyInstance) {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', ({ headers }, payload, done) => {
    const refusal = findFileRefusal(headers);
    if (refusal) done(refusal);
    else done(null, payload);
  });
  dropAfterAnswer(app);
  return { config: { carriesFiles: true } };
}

/** A file is kept as it is: what is compressed on the way would be kept compressed, with the wrong size and digest. */
function findFileRefusal({ 'content-encoding': coding, 'content-type': type }: IncomingHttpHeaders) {
  if (coding !== undefined && coding.toLowerCase() !== 'identity')
    return new Refusal(
      'unsupported-encoding',
      'send a file as it is, without Content-Encoding',
      [],
      undefined,
      {
        'accept-encoding': 'identity',
      },
    );
  // RFC 9110, 8.3.1: a range of types is no type. A client that sends one was generated from no type at all.
  if (type?.includes('*'))
    return new Refusal(
      'unsupported-media-type',
      `${type} is a range of media types: send application/octet-stream`,
    );
  return undefined;
}
