import type { Post } from '../../../schemas/index.ts';

/**
 * Says in a post when its person sent it, so that the clock counts from then, and boards show it: what the hub held must
 * not make it late. An officer's document comes into being when it is signed, and takes effect when it arrives (Regulation
 * on Administrative Work, 행정업무의 운영 및 혁신에 관한 규정, article 6). The event itself has the time at which it was
 * entered, so that events stay in order.
 */
export function datePost(post: Post, sentAt: Date): Post {
  const at = sentAt.toISOString();
  const { answers, followUps, steps } = post;
  return {
    ...post,
    ...(answers && { answers: answers.map((one) => ({ answeredAt: at, ...one })) }),
    ...(followUps && { followUps: followUps.map((one) => ({ writtenAt: at, ...one })) }),
    ...(steps && { steps: steps.map((one) => ({ at, ...one })) }),
  };
}
