import { fileURLToPath } from 'node:url';
import type { Directory } from '../configuration/directory.ts';
import { createWording } from '../web/texts.ts';
import { createViews, type RenderView } from '../web/views.ts';
import { consoleTexts } from './console-texts.ts';

/** Each area of the console keeps its views beside its pages. */
const areas = [
  'complaints',
  'agencies',
  'catalogue',
  'repairs',
  'oversight',
  'people',
  'configuration',
  'rules',
  'rehearsal',
  'workbench',
  'engineer',
  'insight',
  'desk',
];
const folders = ['', ...areas.map((area) => `${area}/`)].map((area) =>
  fileURLToPath(new URL(`./${area}views/`, import.meta.url)),
);

export const createConsoleViews = (directory: Directory): RenderView =>
  createViews(directory, { folders, wording: createWording(consoleTexts) });
