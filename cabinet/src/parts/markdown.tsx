import { Anchor, Code, List, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The part of Markdown that pages use, made of elements: text never becomes markup. */
export function Markdown({ text }: { readonly text: string }) {
  const blocks = text.replaceAll('\r\n', '\n').split(/\n{2,}/);
  return keyed(blocks).map(([block, key]) => <Block key={key} text={block.trim()} />);
}

function Block({ text }: { readonly text: string }) {
  if (text === '') return null;
  const heading = /^(#{1,4}) +(.+)$/.exec(text);
  if (heading !== null) {
    return (
      <Title order={heading[1]?.length === 1 ? 2 : 3} size="h4" mt="md" mb="xs">
        <Line text={heading[2] ?? ''} />
      </Title>
    );
  }
  const lines = text.split('\n');
  const isOrdered = lines.every((line) => /^\d+\. /.test(line));
  if (isOrdered || lines.every((line) => /^[-*] /.test(line))) {
    return (
      <List type={isOrdered ? 'ordered' : 'unordered'} mb="sm">
        {keyed(lines).map(([line, key]) => (
          <List.Item key={key}>
            <Line text={line.replace(/^([-*]|\d+\.) +/, '')} />
          </List.Item>
        ))}
      </List>
    );
  }
  return (
    <Text mb="sm">
      <Line text={lines.join(' ')} />
    </Text>
  );
}

const marks = /(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`|\[[^\]]+\]\([^)\s]+\))/;

function Line({ text }: { readonly text: string }): ReactNode {
  return keyed(text.split(marks)).map(([part, key]) => <Part key={key} text={part} />);
}

function Part({ text }: { readonly text: string }): ReactNode {
  if (/^\*\*.+\*\*$/.test(text)) return <strong>{text.slice(2, -2)}</strong>;
  if (/^\*.+\*$/.test(text)) return <em>{text.slice(1, -1)}</em>;
  if (/^`.+`$/.test(text)) return <Code>{text.slice(1, -1)}</Code>;
  const link = /^\[(.+)\]\((.+)\)$/.exec(text);
  if (link === null) return text;
  const [, label = '', address = ''] = link;
  if (!/^(https?:\/\/|mailto:|\/(?![/\\]))/.test(address)) return label;
  return (
    <Anchor href={address} underline="always" rel="noreferrer">
      {label}
    </Anchor>
  );
}

/** Parts never move, so their places are their keys. */
function keyed(parts: readonly string[]): readonly (readonly [string, string])[] {
  return parts.map((part, at) => [part, String(at)] as const);
}
