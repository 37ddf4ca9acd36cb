import { Box, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ContactLines } from '../parts/contact-lines.js';
import { PublicPage } from '../parts/public-page.js';
import { VisitorForm } from '../parts/visitor-form.js';

/** How to reach those who run this installation, and a form for whoever has no sign-in. */
export function Contacts() {
  const { t } = useTranslation();
  return (
    <PublicPage title={t('contacts.title')}>
      <Box mb="xl">
        <ContactLines />
      </Box>
      <Title order={2} size="h3" mb="sm">
        {t('contacts.ask')}
      </Title>
      <VisitorForm />
    </PublicPage>
  );
}
