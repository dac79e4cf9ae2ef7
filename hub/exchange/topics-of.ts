import { isLead } from '../complaints/joining/is-lead.ts';
import type { Decision } from '../complaints/state.ts';
import type { Directory } from '../configuration/directory.ts';
import type { NoticePlan } from '../notify/plan.ts';
import type { Topic } from '../queue/topics.ts';
import { toSubject } from './endpoints/endpoints.ts';

/** The topics that need a look after a commit: the boards that are behind, and the channels of new notices. */
export function topicsOf(
  decisions: Decision[],
  notices: NoticePlan[],
  { findAgency }: Pick<Directory, 'findAgency'>,
): Set<Topic> {
  const topics = new Set<Topic>(
    notices.filter(({ state }) => state === 'due').map(({ channel }): Topic => `notify:${channel}`),
  );
  if (decisions.some(({ matter, events }) => events.length > 0 && isLead(matter))) topics.add('joined:');
  for (const { matter, named } of decisions) {
    for (const link of [...matter.links, ...(matter.partLinks ?? [])])
      if (link.state === 'open' && link.held < matter.complaint.lastSeq) topics.add(`deliver:${link.agency}`);
    for (const { agency } of matter.links)
      for (const { name } of findAgency(agency)?.webhooks ?? [])
        topics.add(`webhook:${toSubject(agency, name)}`);
    for (const { via, agency } of named) if (via === 'board') topics.add(`fetch-files:${agency}`);
  }
  return topics;
}
