/**
 * Words of the stories that must not get out: notes, answers that were not released, and what agencies ask of each other.
 * The one place that says where such words may be read.
 */
import { fieldsOf, isBetween, listToldAgencies } from './contributions.ts';
import { assigneeAfter, officers } from './expected.ts';
import type { Story } from './story.ts';

export interface Secret {
  words: string;
  /** Places outside that may show it, as the observer names them. */
  mayReach: string[];
}

export function listSecrets(story: Story): Secret[] {
  const before = story.before ? listSecrets(story.before) : [];
  return [...before, ...story.steps.flatMap((_step, index) => listOf(story, index))];
}

function listOf(story: Story, index: number): Secret[] {
  const step = story.steps[index];
  if (!step || step.heard) return [];
  const nowhere = (words: string): Secret => ({ words, mayReach: [] });
  if (step.do === 'note') return [nowhere(step.text)];
  if ('returned' in step && step.returned)
    return [nowhere(step.returned.decided), nowhere(step.returned.comment)];
  // The assignee writes replies into the answer, so they may be read everywhere.
  if (!isBetween(step) || step.kind === 'contribution_answered') return [];
  const { text, reason } = fieldsOf(step);
  const told = listToldAgencies(story.steps, index, assigneeAfter(story, index));
  const words = text ?? reason;
  return words ? [{ words, mayReach: told.map((agency) => `mail to ${officers[agency]}`) }] : [];
}
