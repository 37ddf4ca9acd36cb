import { Badge, Button, Group, Loader, NativeSelect, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api.js';
import { useMe } from '../../me.js';
import { ActsTable } from '../../parts/acts-table.js';
import { useChange } from '../../parts/change.js';
import { Confirm } from '../../parts/confirm.js';
import { Moment } from '../../parts/moment.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { Section } from '../../parts/section.js';

const staffRoles = ['support', 'operator'] as const;
type StaffRole = (typeof staffRoles)[number];

/** Who runs the installation, and in which role. */
export function OperatorStaff() {
  const { t } = useTranslation();
  const me = useMe();
  const staff = useQuery({ queryKey: ['operator', 'staff'], queryFn: () => answerOf(api.GET('/staff')) });
  const removing = useChange({
    change: (userId: string) => answerOf(api.DELETE('/staff/{userId}', { params: { path: { userId } } })),
    touches: [['operator', 'staff'], ['me']],
  });
  return (
    <>
      <PageHead title={t('operator.staff')} about={t('operator.staffAbout')} />
      <ProblemAlert error={staff.error} />
      {staff.isPending && <Loader aria-label={t('loading')} />}
      {staff.data !== undefined && (
        <ActsTable minWidth={560} mb="lg" heads={[t('members.who'), t('members.role'), t('members.since')]}>
          {staff.data.items.map(({ userId, name, email, role, since }) => (
            <Table.Tr key={userId}>
              <Table.Td>
                {name} {userId === me.data?.person.id && <Badge variant="light">{t('members.you')}</Badge>}
                <Text size="xs" c="dimmed">
                  {email}
                </Text>
              </Table.Td>
              <Table.Td>{t(`operator.staffRoles.${role}`)}</Table.Td>
              <Table.Td>
                <Moment at={since} />
              </Table.Td>
              <Table.Td ta="right">
                <Confirm
                  button={t('accountActs.remove')}
                  label={`${t('accountActs.remove')}: ${name}`}
                  title={t('operator.removeStaff', { name })}
                  size="xs"
                  isDangerous
                  isQuiet
                  act={() => removing.mutateAsync(userId)}
                >
                  {t('operator.removeStaffText')}
                </Confirm>
              </Table.Td>
            </Table.Tr>
          ))}
        </ActsTable>
      )}
      <AddStaff />
    </>
  );
}

function AddStaff() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<StaffRole>('support');
  const adding = useChange({
    change: () => answerOf(api.POST('/staff', { body: { email: email.trim(), role } })),
    touches: [['operator', 'staff'], ['me']],
    said: t('operator.staffAdded'),
    after: () => setEmail(''),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!adding.isPending) adding.mutate();
  };
  return (
    <Section title={t('operator.addStaff')} about={t('operator.addStaffText')}>
      <form onSubmit={send} aria-busy={adding.isPending}>
        <Group align="flex-end">
          <TextInput
            label={t('fields.email')}
            type="email"
            required
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('members.role')}
            value={role}
            data={staffRoles.map((each) => ({ value: each, label: t(`operator.staffRoles.${each}`) }))}
            onChange={({ currentTarget: { value } }) => setRole(staffRoles.find((each) => each === value) ?? 'support')}
          />
          <Button type="submit" loading={adding.isPending}>
            {t('operator.add')}
          </Button>
        </Group>
        <Text size="sm" mt="xs">
          {t(`operator.staffRoleTexts.${role}`)}
        </Text>
        <ProblemAlert error={adding.error} />
      </form>
    </Section>
  );
}
