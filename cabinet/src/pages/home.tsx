import { SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Me } from '../api.js';
import { useMe } from '../me.js';
import { PageHead } from '../parts/page-head.js';
import { Promotions } from '../parts/promotions.js';
import { reaches } from '../role.js';
import { AskUs } from './home/ask-us.js';
import { Attention } from './home/attention.js';
import { FirstAccount } from './home/first-account.js';
import { NextSteps } from './home/next-steps.js';
import { RunningNow } from './home/running-now.js';
import { Waiting } from './home/waiting.js';

/** The page after signing in: what runs, what needs somebody, what to do next. */
export function Home() {
  const { t } = useTranslation();
  const me = useMe();
  if (me.data == null) return null;
  const { account, staff, person } = me.data;
  return (
    <>
      <PageHead title={t('home.title')} about={t('home.about', { name: person.name })} />
      <Stack gap="md">
        {staff === 'operator' && <Waiting />}
        {account === null ? (
          staff === null && <FirstAccount />
        ) : (
          <>
            {isMember(me.data) && <NextSteps mayWrite={reaches(account.role, 'editor')} />}
            <SimpleGrid cols={{ base: 1, lg: 2 }}>
              <Attention seesAll={account.as !== 'partner'} seesRequests={account.as !== 'support'} />
              <RunningNow />
            </SimpleGrid>
          </>
        )}
        <Promotions />
        {account !== null && account.as !== 'support' && <AskUs />}
      </Stack>
    </>
  );
}

function isMember({ account }: Me): boolean {
  return account?.as === 'person';
}
