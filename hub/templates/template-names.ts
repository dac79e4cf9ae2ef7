/** Every template of config/templates. Each exists in every language and for every channel. */
export const templateNames = [
  'registered',
  'transferred',
  'interim-answered',
  'answered',
  'step',
  'delayed',
  'new-complaint',
  'follow-up',
  'step-came',
  'contribution',
  'withdrawn',
  'deadline-near',
  'overdue',
  'owed',
  'reminder',
] as const;
export type TemplateName = (typeof templateNames)[number];

/** A template or a shared part: language, file, and what it is for. */
const sourceName = /^(ko|en)\/([a-z0-9-]+)(?:\.(email|sms))?\.(txt|html)$/;

/** Whether a file may have this name: one of a notice, or a shared part, which names no channel. */
export function isTemplateSource(name: string): boolean {
  const [, , notice, channel, form] = sourceName.exec(name) ?? [];
  if (notice === undefined) return false;
  if (channel === undefined) return true;
  return templateNames.some((known) => known === notice) && !(channel === 'sms' && form === 'html');
}
