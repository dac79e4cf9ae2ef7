import type { StepKind } from '../../../../schemas/index.ts';

/**
 * What the form of a step does, in English. The names of steps say what was done, which is wrong on a button that has not
 * been pressed. The Korean names serve for both.
 */
export const stepActions: Record<StepKind, string> = {
  officer_assigned: 'Assign to an officer',
  classified: 'Change the kind',
  extended: 'Extend the deadline',
  supplement_requested: 'Request a supplement',
  supplement_extended: 'Give more time to supplement',
  supplemented: 'Record a supplement',
  clock_stopped: 'Stop the clock',
  clock_resumed: 'Let the clock go on',
  survey_extended: 'Extend for a survey',
  transfer_refused: 'Refuse the transfer',
  refused: 'Refuse',
  returned: 'Return',
  closed: 'Close',
  reopened: 'Reopen',
  objected: 'Record an objection',
  objection_decided: 'Decide the objection',
  planned: 'Plan for the long term',
  plan_reviewed: 'Review the plan',
  part_asked: 'Ask for a part',
  cooperation_asked: 'Ask for cooperation',
  contribution_answered: 'Reply to a request',
  contribution_refused: 'Refuse a request',
  contribution_extended: 'Take more time to reply',
  contribution_moved: 'Ask another agency instead',
  contribution_taken_back: 'Take a request back',
  contribution_shared: 'Share a reply',
  joined: 'Join',
  parted: 'Part',
  represented: 'Name representatives',
  closed_as_repeat: 'Close as a repeat',
};
