import { assigneeAfter, expectedOf, originOf, partOf } from './expected.ts';
import type { Observer } from './observer.ts';
import type { Story } from './story.ts';

export interface Latency {
  what: string;
  /** Milliseconds from a person's action to the first look that found its effect. */
  times: number[];
}

/** The end-to-end times that this run has seen. */
export function measure(stories: Story[], observer: Observer, acted: Map<string, number>): Latency[] {
  const filing: number[] = [];
  const answering: number[] = [];
  const telling: number[] = [];
  for (const story of stories) {
    const origin = originOf(story);
    const add = (times: number[], step: number, fact: string) => {
      const [from, to] = [acted.get(`${story.mark}/${step}`), observer.firstSeen(story.mark, fact)];
      if (from !== undefined && to !== undefined && to > from) times.push(to - from);
    };
    const first = assigneeAfter(story, 0);
    if (first !== origin) add(filing, 0, `${first} holds it`);
    for (const fact of newMessages(story, 0)) add(telling, 0, fact);
    for (const [index, step] of story.steps.entries()) {
      for (const fact of newMessages(story, index + 1)) add(telling, index + 1, fact);
      if (step.do !== 'answer' && step.do !== 'interim') continue;
      if (origin && origin !== assigneeAfter(story, index))
        add(answering, index + 1, `${origin} ${partOf(step)}`);
    }
  }
  return [
    { what: 'filed → on the board of the assignee', times: filing },
    { what: 'answered → on the board of the origin', times: answering },
    { what: 'filed, answered, … → e-mail or text there', times: telling },
  ];
}

/** Messages of a kind that no earlier step has sent to the same person. */
function newMessages(story: Story, step: number): string[] {
  const before = step === 0 ? new Map() : expectedOf(story, step - 1).facts;
  return [...expectedOf(story, step).facts.keys()].filter(
    (fact) => /^(mail|text) to /.test(fact) && !before.has(fact),
  );
}
