import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { chooseAccount } from '../../account-choice.js';
import { answerOf, api } from '../../api.js';
import { Section } from '../../parts/section.js';
import { TextForm } from '../../parts/text-form.js';

/** Somebody who belongs to no account, such as one who left the last: they may begin a new one. */
export function FirstAccount() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const create = async ({ name = '' }: Readonly<Record<string, string>>): Promise<void> => {
    const { id } = await answerOf(api.POST('/accounts', { body: { name } }));
    chooseAccount(id);
    await queries.resetQueries();
  };
  return (
    <Section title={t('home.noAccount')} about={t('home.noAccountText')}>
      <TextForm
        fields={[{ name: 'name', label: t('accountPage.name'), autoComplete: 'organization' }]}
        button={t('home.createAccount')}
        submit={create}
      />
    </Section>
  );
}
