import { Button, Group, NativeSelect, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject, JsonValue } from '../../../../../core/json.js';
import * as edits from '../../../../../definitions/text/edits.js';
import type { Adding, Bench } from './bench.js';
import { Committed } from './live-input.js';
import { useChoices } from './part-form.js';
import { stepKinds } from './settings.js';
import { ConnectorChoice } from './slot-form.js';
import { StepInput } from './step-form.js';

interface AddFormProps {
  readonly bench: Bench;
  readonly adding: Adding;
  /** What was added, by its id. */
  done(id: string, place: Adding['place']): void;
  cancel(): void;
}

/** What is needed for something new; it comes into the text at once when the button is pressed. */
export function AddForm(props: AddFormProps) {
  const { t } = useTranslation();
  const { adding, cancel } = props;
  const title = t(`canvas.adding.${adding.kind}`);
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {title}
        </Title>
        <Button size="compact-sm" variant="default" onClick={cancel}>
          {t('canvas.cancel')}
        </Button>
      </Group>
      {adding.kind === 'slot' && <AddSlot {...props} />}
      {adding.kind === 'flow' && <AddFlow {...props} />}
      {adding.kind === 'step' && <AddStep {...props} />}
      {adding.kind === 'target' && <AddTarget {...props} />}
      {adding.kind === 'reference' && <AddReference {...props} />}
    </section>
  );
}

interface BodyProps {
  readonly isReady: boolean;
  readonly children: React.ReactNode;
  add(): void;
}

function Body({ isReady, children, add }: BodyProps) {
  const { t } = useTranslation();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) add();
      }}
    >
      <Stack gap="xs">
        {children}
        <Group>
          <Button type="submit" size="sm" disabled={!isReady}>
            {t('canvas.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function AddSlot({ bench, adding, done }: AddFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [connector, setConnector] = useState('http');
  return (
    <Body
      isReady={name.trim() !== ''}
      add={() => {
        const slot = name.trim();
        if (bench.edit((text) => edits.addSlot(text, slot, connector))) done(`slot:${slot}`, adding.place);
      }}
    >
      <Committed
        isEager
        isRequired
        label={t('canvas.settings.name')}
        description={t('canvas.hints.name')}
        value={name}
        commit={setName}
      />
      <ConnectorChoice bench={bench} value={connector} choose={setConnector} />
    </Body>
  );
}

function AddFlow({ bench, adding, done }: AddFormProps) {
  const { t } = useTranslation();
  const { streams } = useChoices(bench, '');
  const [name, setName] = useState('');
  const [source, setSource] = useState('');
  const [target, setTarget] = useState('');
  return (
    <Body
      isReady={name.trim() !== '' && source.trim() !== '' && target.trim() !== ''}
      add={() => {
        const flow = name.trim();
        const given = { source: source.trim(), target: target.trim() };
        if (bench.edit((text) => edits.addFlow(text, flow, given))) done(`flow:${flow}`, adding.place);
      }}
    >
      <Committed
        isEager
        isRequired
        label={t('canvas.settings.name')}
        description={t('canvas.hints.name')}
        value={name}
        commit={setName}
      />
      <Committed
        isEager
        isRequired
        isMono
        label={t('canvas.kinds.source')}
        description={t('canvas.hints.stream')}
        value={source}
        offers={streams}
        commit={setSource}
      />
      <Committed
        isEager
        isRequired
        isMono
        label={t('canvas.kinds.target')}
        value={target}
        offers={streams}
        commit={setTarget}
      />
    </Body>
  );
}

function FlowChoice({
  bench,
  value,
  choose,
}: {
  readonly bench: Bench;
  readonly value: string;
  choose(flow: string): void;
}) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      size="sm"
      label={t('canvas.kinds.flow')}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[...bench.known.flows.keys()]}
    />
  );
}

const begunStep: Readonly<Record<string, JsonValue>> = {
  where: '',
  set: { '': '' },
  require: [{ that: '', message: '' }],
};

function AddStep({ bench, adding, done }: AddFormProps) {
  const { t } = useTranslation();
  const [flow, setFlow] = useState(adding.flow ?? [...bench.known.flows.keys()].at(-1) ?? '');
  const [kind, setKind] = useState<string>('where');
  const [value, setValue] = useState<JsonValue>('');
  const choices = useChoices(bench, flow);
  const count = bench.graph.parts.filter((each) => each.flow === flow && each.kind === 'step').length;
  const isReady = flow !== '' && JSON.stringify(value) !== JSON.stringify(begunStep[kind] ?? {});
  return (
    <Body
      isReady={isReady}
      add={() => {
        const step: JsonObject = { [kind]: value };
        if (bench.edit((text) => edits.addStep(text, flow, step))) done(`step:${flow}:${count}`, undefined);
      }}
    >
      <FlowChoice bench={bench} value={flow} choose={setFlow} />
      <NativeSelect
        size="sm"
        label={t('canvas.settings.kind')}
        value={kind}
        onChange={(event) => {
          setKind(event.currentTarget.value);
          setValue(begunStep[event.currentTarget.value] ?? {});
        }}
        data={stepKinds.map((each) => ({ value: each, label: t(`canvas.stepKinds.${each}`) }))}
      />
      <StepInput key={kind} isEager name={kind} value={value} choices={choices} put={setValue} />
    </Body>
  );
}

function AddTarget({ bench, adding, done }: AddFormProps) {
  const { t } = useTranslation();
  const [flow, setFlow] = useState(adding.flow ?? [...bench.known.flows.keys()].at(-1) ?? '');
  const [name, setName] = useState('');
  const [stream, setStream] = useState('');
  const { streams } = useChoices(bench, flow);
  const count = bench.graph.parts.filter((each) => each.flow === flow && each.kind === 'target').length;
  return (
    <Body
      isReady={flow !== '' && name.trim() !== '' && stream.trim() !== ''}
      add={() => {
        const target = { name: name.trim(), stream: stream.trim(), write: 'upsert', map: {} };
        if (bench.edit((text) => edits.addTarget(text, flow, target))) done(`target:${flow}:${count}`, undefined);
      }}
    >
      <FlowChoice bench={bench} value={flow} choose={setFlow} />
      <Committed
        isEager
        isRequired
        label={t('canvas.settings.name')}
        description={t('canvas.hints.name')}
        value={name}
        commit={setName}
      />
      <Committed
        isEager
        isRequired
        isMono
        label={t('canvas.settings.stream')}
        value={stream}
        offers={streams}
        commit={setStream}
      />
    </Body>
  );
}

function AddReference({ bench, adding, done }: AddFormProps) {
  const { t } = useTranslation();
  const flows = [...bench.known.flows.keys()];
  const [flow, setFlow] = useState(adding.flow ?? flows.at(-1) ?? '');
  const [ref, setRef] = useState(adding.to ?? flows.find((each) => each !== flow) ?? '');
  const [field, setField] = useState('');
  const [by, setBy] = useState('');
  const choices = useChoices(bench, flow);
  return (
    <Body
      isReady={[flow, ref, field.trim(), by.trim()].every(Boolean)}
      add={() => {
        const given = { ref, by: by.trim() };
        if (bench.edit((text) => edits.setRef(text, flow, field.trim(), given))) done(`map:${flow}:0`, undefined);
      }}
    >
      <FlowChoice bench={bench} value={flow} choose={setFlow} />
      <Committed
        isEager
        isRequired
        isMono
        label={t('canvas.settings.ref')}
        value={ref}
        offers={flows.map((name) => ({ name, title: '' }))}
        commit={setRef}
      />
      <Committed
        isEager
        isRequired
        isMono
        label={t('canvas.field')}
        description={t('canvas.hints.refField')}
        value={field}
        offers={choices.targetFields}
        commit={setField}
      />
      <Committed
        isEager
        isRequired
        isMono
        label={t('canvas.settings.by')}
        description={t('canvas.hints.refBy')}
        value={by}
        offers={choices.sourceFields}
        commit={setBy}
      />
    </Body>
  );
}
