import { type Answer, type ComplaintContent, type FollowUp, toGivenInstant } from '../../schemas/index.ts';

/*
 * Contents from before instants had one form are mended when they are read. In their old form, other agencies' readers
 * rejected a whole reply.
 */

/** The content with its instant in the form that every reader understands. */
export function mendContent(content: ComplaintContent): ComplaintContent {
  return mend(content, 'filedAt');
}

/** The same for the data of an event. */
export function mendEventData(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  const { content, answer, followUp } = data as {
    content?: ComplaintContent;
    answer?: Answer;
    followUp?: FollowUp;
  };
  return {
    ...data,
    ...(content && { content: mendContent(content) }),
    ...(answer && { answer: mend(answer, 'answeredAt') }),
    ...(followUp && { followUp: mend(followUp, 'writtenAt') }),
  };
}

function mend<Name extends string, T extends { [name in Name]?: string }>(value: T, name: Name): T {
  const text = value[name];
  const given = text === undefined ? text : toGivenInstant(text);
  return given === text ? value : { ...value, [name]: given };
}
