import { Autocomplete, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LiveSource, Named } from '../../../parts/editor/live-source.js';

interface CommittedProps {
  readonly label: string;
  readonly value: string;
  readonly description?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly isRequired?: boolean | undefined;
  readonly isReadOnly?: boolean | undefined;
  readonly isMono?: boolean;
  /** What may be chosen; anything else may be typed too. */
  readonly offers?: readonly Named[];
  /** Called with each key, not only at the end. */
  readonly isEager?: boolean;
  commit(value: string): void;
}

/** A text that is taken over when it is done: by Enter, by a choice, or when the field is left. */
export function Committed(props: CommittedProps) {
  const { label, value, offers = [], commit, isEager = false, isMono = false } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const captions = new Map(offers.map(({ name, title }) => [name, title]));
  const take = (next: string): void => {
    if (next !== value) commit(next);
  };
  return (
    <Autocomplete
      size="sm"
      label={label}
      description={props.description}
      placeholder={props.placeholder}
      required={props.isRequired ?? false}
      readOnly={props.isReadOnly ?? false}
      value={text}
      onChange={(next) => {
        setText(next);
        if (isEager) commit(next);
      }}
      onOptionSubmit={take}
      onBlur={() => take(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) take(text);
      }}
      data={offers.map(({ name }) => name)}
      limit={200}
      maxDropdownHeight={260}
      spellCheck={false}
      autoComplete="off"
      {...(isMono && { classNames: { input: 'mono' } })}
      filter={({ options, search }) => {
        const wanted = search.trim().toLowerCase();
        // What stands there already hides nothing.
        if (wanted === '' || captions.has(search)) return options;
        return options.filter(
          (each) =>
            'value' in each && `${each.value} ${captions.get(String(each.value)) ?? ''}`.toLowerCase().includes(wanted),
        );
      }}
      renderOption={({ option }) => (
        <span>
          <span className="mono">{option.value}</span>{' '}
          <Text span size="xs" c="dimmed">
            {captions.get(option.value)}
          </Text>
        </span>
      )}
    />
  );
}

/** Fields of `slot.stream` with caption and type, as they are now at the vendor. */
export function useFields(live: LiveSource, stream: string): readonly Named[] {
  const asked = useQuery({
    queryKey: ['canvas-fields', stream],
    queryFn: () => live.fields(stream),
    enabled: stream.includes('.'),
    staleTime: 10_000,
  });
  return (asked.data ?? []).map(({ name, title, type }) => ({
    name,
    title: [title, type].filter(Boolean).join(' · '),
  }));
}

/** All streams of all slots, as `slot.stream`. */
export function useAllStreams(live: LiveSource, slots: readonly string[]): readonly Named[] {
  const asked = useQuery({
    queryKey: ['canvas-streams', ...slots],
    queryFn: async () => {
      const found = await Promise.all(
        slots.map(async (slot) =>
          (await live.streams(slot)).map(({ name, title }) => ({ name: `${slot}.${name}`, title })),
        ),
      );
      return found.flat();
    },
    enabled: slots.length > 0,
    staleTime: 10_000,
  });
  return asked.data ?? [];
}
