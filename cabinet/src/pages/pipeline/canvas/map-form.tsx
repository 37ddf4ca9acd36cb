import { Button, Checkbox, Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject, JsonValue } from '../../../../../core/json.js';
import * as edits from '../../../../../definitions/text/edits.js';
import { isMap, type JsonMap, textOf } from '../known.js';
import type { Bench, Choices } from './bench.js';
import { Committed } from './live-input.js';
import { entriesOf, type Part } from './parts.js';
import { casts, type MappedKind, mappedKinds, readJson, showJson } from './settings.js';

interface MapFormProps {
  readonly bench: Bench;
  readonly part: Part;
  readonly choices: Choices;
}

/** The fields that a target gets, and from where. */
export function MapForm({ bench, part, choices }: MapFormProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const { edit, isReadOnly } = bench;
  const { flow, index } = part;
  const rows = entriesOf(part.value);
  return (
    <Stack gap="xs">
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('canvas.noFields')}
        </Text>
      )}
      {rows.length > 0 && (
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('canvas.field')}</Table.Th>
              <Table.Th>{t('canvas.from')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(([field, value]) => (
              <Table.Tr key={field}>
                <Table.Td className="mono break-anywhere">{field}</Table.Td>
                <Table.Td className="mono break-anywhere">{mappedWords(value)}</Table.Td>
                <Table.Td>
                  <Group gap={4} justify="flex-end" className="mapped-acts">
                    <Button
                      size="compact-xs"
                      variant={open === field ? 'outline' : 'default'}
                      aria-expanded={open === field}
                      aria-label={t('canvas.changeOne', { name: field })}
                      onClick={() => setOpen(open === field ? null : field)}
                    >
                      {t('canvas.change')}
                    </Button>
                    {!isReadOnly && (
                      <Button
                        size="compact-xs"
                        variant="light"
                        color="red"
                        aria-label={t('canvas.removeOne', { name: field })}
                        onClick={() => edit((text) => edits.removeMapped(text, flow, field, index))}
                      >
                        {t('canvas.remove')}
                      </Button>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {open !== null && isMap(part.value) && open in part.value && (
        <MappedForm
          key={open}
          bench={bench}
          part={part}
          field={open}
          value={part.value[open]}
          choices={choices}
          renamed={setOpen}
        />
      )}
      {!isReadOnly && (
        <Group>
          <Button size="compact-sm" variant="default" onClick={() => bench.map(flow, part.name)}>
            {t('canvas.openMapping')}
          </Button>
        </Group>
      )}
      {!isReadOnly && <AddMapped bench={bench} part={part} choices={choices} />}
    </Stack>
  );
}

function AddMapped({ bench, part, choices }: MapFormProps) {
  const { t } = useTranslation();
  const [field, setField] = useState('');
  const [from, setFrom] = useState('');
  const taken = new Set(entriesOf(part.value).map(([name]) => name));
  return (
    <form
      aria-label={t('canvas.addField')}
      onSubmit={(event) => {
        event.preventDefault();
        const [name, path] = [field.trim(), from.trim()];
        if (name === '' || path === '') return;
        if (!bench.edit((text) => edits.setMapped(text, part.flow, name, path, part.index))) return;
        setField('');
        setFrom('');
      }}
    >
      <Group gap="xs" align="flex-end" wrap="nowrap" grow preventGrowOverflow={false}>
        <Committed
          isEager
          isMono
          label={t('canvas.field')}
          value={field}
          offers={choices.targetFields.filter(({ name }) => !taken.has(name))}
          commit={setField}
        />
        <Committed
          isEager
          isMono
          label={t('canvas.from')}
          value={from}
          offers={choices.sourceFields}
          commit={setFrom}
        />
        <Button type="submit" size="sm" flex="0 0 auto" disabled={field.trim() === '' || from.trim() === ''}>
          {t('canvas.add')}
        </Button>
      </Group>
    </form>
  );
}

interface MappedFormProps extends MapFormProps {
  readonly field: string;
  readonly value: unknown;
  renamed(name: string): void;
}

function MappedForm({ bench, part, field, value, choices, renamed }: MappedFormProps) {
  const { t } = useTranslation();
  const { edit, isReadOnly } = bench;
  const given: JsonMap = isMap(value) ? value : { from: textOf(value) };
  const kind: MappedKind = mappedKinds.find((each) => each in given) ?? 'from';
  const put = (next: JsonObject): void => {
    const rest = Object.entries(next).filter(
      ([name, each]) => each !== null || name === 'default' || name === 'missing',
    );
    const whole = Object.fromEntries(rest);
    const only = rest.length === 1 && typeof whole.from === 'string' ? whole.from : whole;
    edit((text) => edits.setMapped(text, part.flow, field, only, part.index));
  };
  const set = (name: string, next: JsonValue | undefined): void => {
    const { [name]: _before, ...rest } = given as JsonObject;
    put(next === undefined || next === null ? rest : { ...(given as JsonObject), [name]: next });
  };
  const become = (next: MappedKind): void => {
    const { values, as, currency, region } = given as JsonObject;
    const kept = next === 'from' || next === 'expr' ? { values, as, currency, region } : {};
    const known = Object.entries(kept).filter(([, each]) => each !== undefined);
    const flow = bench.graph.parts.find((each) => each.kind === 'flow' && each.name !== part.flow)?.name ?? part.flow;
    const path = textOf(given.from) || textOf(given.by) || choices.sourceFields[0]?.name || 'id';
    const begun: JsonObject =
      next === 'ref'
        ? { ref: flow, by: path }
        : next === 'expr'
          ? { expr: `record.${path}` }
          : next === 'from'
            ? { from: path }
            : { value: '' };
    put({ ...begun, ...(Object.fromEntries(known) as JsonObject) });
  };
  const text = (name: string, more: { offers?: Choices['sourceFields']; hint?: string } = {}) => (
    <Committed
      key={name}
      isMono
      label={t(`canvas.settings.${name}`)}
      description={more.hint}
      value={textOf(given[name])}
      isReadOnly={isReadOnly}
      offers={more.offers ?? []}
      commit={(next) => set(name, next.trim() === '' ? null : next)}
    />
  );
  const flows = [...bench.known.flows.keys()].map((name) => ({ name, title: '' }));
  const missing = given.missing === null ? 'null' : textOf(given.missing);
  const cast = textOf(given.as);
  return (
    <Stack gap="xs" className="mapped-form" role="group" aria-label={t('canvas.changeOne', { name: field })}>
      <Committed
        isMono
        label={t('canvas.field')}
        value={field}
        isReadOnly={isReadOnly}
        offers={choices.targetFields}
        commit={(name) => {
          const wanted = name.trim();
          if (wanted === '') return;
          if (edit((whole) => edits.renameMapped(whole, part.flow, field, wanted, part.index))) renamed(wanted);
        }}
      />
      <NativeSelect
        size="sm"
        label={t('canvas.settings.kind')}
        value={kind}
        disabled={isReadOnly}
        onChange={(event) => become(mappedKinds.find((each) => each === event.currentTarget.value) ?? 'from')}
        data={mappedKinds.map((each) => ({ value: each, label: t(`canvas.mapped.${each}`) }))}
      />
      {kind === 'from' && text('from', { offers: choices.sourceFields })}
      {kind === 'expr' && text('expr', { hint: t('canvas.hints.condition') })}
      {kind === 'value' && (
        <Committed
          isMono
          label={t('canvas.settings.value')}
          value={showJson(given.value)}
          isReadOnly={isReadOnly}
          commit={(next) => set('value', readJson(next) ?? '')}
        />
      )}
      {kind === 'ref' && (
        <>
          {text('ref', { offers: flows })}
          {text('by', { offers: choices.sourceFields, hint: t('canvas.hints.refBy') })}
          <NativeSelect
            size="sm"
            label={t('canvas.settings.missing')}
            value={missing === '' ? 'wait' : missing}
            disabled={isReadOnly}
            onChange={(event) => {
              const { missing: _before, ...rest } = given as JsonObject;
              const chosen = event.currentTarget.value;
              if (chosen === 'wait') put(rest);
              else put({ ...rest, missing: chosen === 'null' ? null : chosen });
            }}
            data={['wait', 'dead_letter', 'null'].map((each) => ({ value: each, label: t(`canvas.choices.${each}`) }))}
          />
          <Checkbox
            label={t('canvas.settings.late')}
            checked={given.late === true}
            disabled={isReadOnly}
            onChange={(event) => set('late', event.currentTarget.checked ? true : null)}
          />
        </>
      )}
      {(kind === 'from' || kind === 'expr') && (
        <>
          {text('values', { offers: bench.known.tables.map((name) => ({ name, title: '' })) })}
          <NativeSelect
            size="sm"
            label={t('canvas.settings.as')}
            value={cast}
            disabled={isReadOnly}
            onChange={(event) => set('as', event.currentTarget.value === '' ? null : event.currentTarget.value)}
            data={[
              { value: '', label: t('canvas.asIs') },
              ...casts.map((each) => ({ value: each, label: t(`canvas.casts.${each}`) })),
            ]}
          />
          {cast === 'money' && text('currency')}
          {cast === 'phone' && text('region')}
          <Committed
            isMono
            label={t('canvas.settings.default')}
            description={t('canvas.hints.default')}
            value={'default' in given ? JSON.stringify(given.default) : ''}
            isReadOnly={isReadOnly}
            commit={(next) => {
              const { default: _before, ...rest } = given as JsonObject;
              put(next.trim() === '' ? rest : { ...rest, default: readJson(next) });
            }}
          />
        </>
      )}
    </Stack>
  );
}

/** Where a field comes from, in a few signs. */
function mappedWords(value: unknown): string {
  if (!isMap(value)) return showJson(value);
  if (typeof value.ref === 'string') return `→ ${value.ref} (${textOf(value.by)})`;
  if ('value' in value) return `= ${showJson(value.value)}`;
  const said = textOf(value.from) || textOf(value.expr);
  const words = said.length > 60 ? `${said.slice(0, 60)}…` : said;
  return typeof value.values === 'string' ? `${words} [${value.values}]` : words;
}
