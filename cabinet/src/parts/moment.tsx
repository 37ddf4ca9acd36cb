import { useTranslation } from 'react-i18next';

/** An instant in the reader's own zone and language. */
export function Moment({ at }: { readonly at: string | null }) {
  const { i18n } = useTranslation();
  if (at === null) return '-';
  const shown = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <time dateTime={at} title={at}>
      {shown.format(new Date(at))}
    </time>
  );
}
