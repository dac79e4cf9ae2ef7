/** Every template of config/templates. Each exists in every language and for every channel. */
export const templateNames = [
  'registered',
  'transferred',
  'interim-answered',
  'answered',
  'delayed',
  'new-complaint',
  'follow-up',
  'withdrawn',
  'deadline-near',
  'overdue',
] as const;
export type TemplateName = (typeof templateNames)[number];
