/** What the hub promises of every board, looked at in the board's own pages. */
export const commonPromises = {
  complaint_in: 'a complaint of the board reaches the hub, whole',
  complaint_out: 'a complaint of another agency stands on the board, whole',
  answer_in: 'an answer that an officer writes on the board comes back',
  answer_out: 'an answer of another agency stands on the board as an answer',
  passer_by: 'a passer-by’s comment is no answer',
  follow_up: 'the writer’s own comment is a follow-up, not an answer and not a new complaint',
  guest_reads: 'a guest who wrote a complaint can read its answer',
  writer_reads: 'a member who wrote a complaint can read its answer',
  others_excluded: 'no other member and no guest can read a private post or its answer',
  list_discreet: 'lists show strangers neither the name nor the title of a private post',
  counters: 'the board’s own counters and states agree with what it shows',
  line_ends: 'line ends and signs arrive as they were written, both ways',
  nothing_doubled: 'nothing stands twice, at the hub or on the board',
  killed: 'a hub that is killed (kill -9) loses and doubles nothing',
} as const;
export type PromiseId = keyof typeof commonPromises;
