import { Badge, Button, Group, Loader, NativeSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseAccount } from '../account-choice.js';
import { type AnswerOf, answerOf, api } from '../api.js';
import { useMe } from '../me.js';
import { ActsTable } from '../parts/acts-table.js';
import { useChange } from '../parts/change.js';
import { Confirm } from '../parts/confirm.js';
import { Moment } from '../parts/moment.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemAlert } from '../parts/problem.js';
import { Section } from '../parts/section.js';
import { type Role, roles, useMay } from '../role.js';

type Member = AnswerOf<'listMembers'>['items'][number];
type Invitation = AnswerOf<'listInvitations'>['items'][number];

/** Who belongs to the account and who is invited. */
export function Members() {
  const { t } = useTranslation();
  const mayAdminister = useMay('admin');
  const members = useQuery({ queryKey: ['members'], queryFn: () => answerOf(api.GET('/members')) });
  return (
    <>
      <PageHead title={t('members.title')} about={t('members.about')}>
        <Button variant="default" component={Link} to="/partners">
          {t('partners.title')}
        </Button>
      </PageHead>
      <ProblemAlert error={members.error} />
      {members.isPending && <Loader aria-label={t('loading')} />}
      {members.data !== undefined && <MemberTable items={members.data.items} />}
      {members.data?.items.length === 1 && <Text my="md">{t('members.alone')}</Text>}
      {mayAdminister && <Invitations />}
    </>
  );
}

function useRoleNames() {
  const { t } = useTranslation();
  return roles.map((role) => ({ value: role, label: t(`members.roles.${role}`) }));
}

function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}

function MemberTable({ items }: { readonly items: readonly Member[] }) {
  const { t } = useTranslation();
  return (
    <ActsTable
      minWidth={600}
      mb="md"
      heads={[t('members.who'), t('members.role'), t('members.twoFactor'), t('members.since')]}
    >
      {items.map((member) => (
        <MemberRow key={member.userId} member={member} />
      ))}
    </ActsTable>
  );
}

function MemberRow({ member }: { readonly member: Member }) {
  const { t } = useTranslation();
  const mayAdminister = useMay('admin');
  const me = useMe();
  const names = useRoleNames();
  const isMe = me.data?.person.id === member.userId;
  const path = { params: { path: { userId: member.userId } } };
  const changing = useChange({
    change: (role: Role) => answerOf(api.PATCH('/members/{userId}', { ...path, body: { role } })),
    touches: [['members'], ['me']],
    said: t('accountActs.saved'),
  });
  const removing = useChange({
    change: () => answerOf(api.DELETE('/members/{userId}', path)),
    touches: [['members']],
  });
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600} component="div">
          {member.name} {isMe && <Badge variant="light">{t('members.you')}</Badge>}
        </Text>
        <Text size="xs" c="dimmed">
          {member.email}
        </Text>
      </Table.Td>
      <Table.Td>
        {mayAdminister ? (
          <NativeSelect
            aria-label={t('members.roleOf', { name: member.name })}
            size="xs"
            value={member.role}
            data={names}
            disabled={changing.isPending}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (isRole(value)) changing.mutate(value);
            }}
          />
        ) : (
          t(`members.roles.${member.role}`)
        )}
        <ProblemAlert error={changing.error} />
      </Table.Td>
      <Table.Td>{t(member.hasTwoFactor ? 'connectorForm.yes' : 'connectorForm.no')}</Table.Td>
      <Table.Td>
        <Moment at={member.since} />
      </Table.Td>
      <Table.Td>
        {isMe ? (
          <Leave />
        ) : (
          mayAdminister && (
            <Confirm
              isDangerous
              size="xs"
              button={t('accountActs.remove')}
              title={t('members.removeTitle', { name: member.name })}
              text={t('members.removeText')}
              act={() => removing.mutateAsync()}
            />
          )
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Leave() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const leave = async (): Promise<void> => {
    await answerOf(api.POST('/account/leave'));
    chooseAccount(null);
    await navigate({ to: '/' });
    await queries.resetQueries();
  };
  return (
    <Confirm
      isDangerous
      size="xs"
      button={t('members.leave')}
      title={t('members.leaveTitle')}
      text={t('members.leaveText')}
      act={leave}
    />
  );
}

function Invitations() {
  const { t } = useTranslation();
  const invitations = useQuery({ queryKey: ['invitations'], queryFn: () => answerOf(api.GET('/invitations')) });
  return (
    <>
      <Invite />
      <Section title={t('members.invited')}>
        <ProblemAlert error={invitations.error} />
        {invitations.data?.items.length === 0 && <Text size="sm">{t('members.noneInvited')}</Text>}
        <Stack gap="sm">
          {invitations.data?.items.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </Stack>
      </Section>
    </>
  );
}

function InvitationRow({ invitation: { id, email, role, expiresAt } }: { readonly invitation: Invitation }) {
  const { t } = useTranslation();
  const withdrawing = useChange({
    change: () => answerOf(api.DELETE('/invitations/{id}', { params: { path: { id } } })),
    touches: [['invitations']],
  });
  return (
    <Group justify="space-between">
      <div>
        <Text fw={600}>{email}</Text>
        <Text size="xs" c="dimmed">
          {t(`members.roles.${role}`)}, {t('members.until')} <Moment at={expiresAt} />
        </Text>
      </div>
      <Confirm
        isDangerous
        size="xs"
        button={t('accountActs.withdraw')}
        title={t('members.withdrawTitle', { email })}
        text={t('members.withdrawText')}
        act={() => withdrawing.mutateAsync()}
      />
    </Group>
  );
}

function Invite() {
  const { t } = useTranslation();
  const names = useRoleNames();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const inviting = useChange({
    change: () => answerOf(api.POST('/invitations', { body: { email: email.trim(), role } })),
    touches: [['invitations']],
    said: t('members.sent', { email }),
    after: () => setEmail(''),
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!inviting.isPending) inviting.mutate();
  };
  return (
    <Section title={t('members.invite')}>
      <form onSubmit={send} aria-busy={inviting.isPending}>
        <Stack>
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
            description={t(`members.roleTexts.${role}`)}
            value={role}
            data={names}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (isRole(value)) setRole(value);
            }}
          />
          <ProblemAlert error={inviting.error} />
          <div>
            <Button type="submit" loading={inviting.isPending}>
              {t('members.invite')}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}
