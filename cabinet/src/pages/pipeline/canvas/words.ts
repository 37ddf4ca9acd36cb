import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Part } from './parts.js';

export interface Words {
  readonly title: string;
  readonly detail: string;
}

/** What a part is called, and what it does. */
export function useWords(part: Part): Words {
  const { t } = useTranslation();
  return wordsOf(part, t);
}

export function wordsOf(part: Part, t: TFunction): Words {
  const { kind, name, detail } = part;
  if (kind === 'step') return { title: name === '' ? t('canvas.kinds.step') : t(`canvas.steps.${name}`, name), detail };
  if (kind === 'map')
    return { title: t('canvas.kinds.map'), detail: t('canvas.fieldCount', { count: Number(detail) }) };
  if (kind === 'slot' || kind === 'flow') return { title: name, detail };
  if (kind === 'target' && name !== '') return { title: `${t('canvas.kinds.target')}: ${name}`, detail };
  const empty = kind === 'trigger' || kind === 'errors' ? t(`canvas.empty.${kind}`) : '';
  return { title: t(`canvas.kinds.${kind}`), detail: detail || empty };
}
