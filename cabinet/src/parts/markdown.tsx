import { Anchor, Blockquote, Code, Divider, List, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { blocksOf, type MarkdownBlock } from './markdown-blocks.js';

/** Markdown as pages need it; every part becomes an element, so no text ever becomes markup. */
export function Markdown({ text }: { readonly text: string }) {
  return blocksOf(text).map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name than their place
    <Block key={at} block={block} />
  ));
}

function Block({ block }: { readonly block: MarkdownBlock }) {
  switch (block.kind) {
    case 'heading':
      return (
        <Title order={block.level} size="h4" mt="md" mb="xs">
          <Line text={block.text} />
        </Title>
      );
    case 'list':
      return (
        <List type={block.isOrdered ? 'ordered' : 'unordered'} mb="sm">
          {keyed(block.items).map(([item, key]) => (
            <List.Item key={key}>
              <Line text={item} />
            </List.Item>
          ))}
        </List>
      );
    case 'quote':
      return (
        <Blockquote p="sm" mb="sm">
          <Line text={block.text} />
        </Blockquote>
      );
    case 'code':
      return (
        <Code block mb="sm">
          {block.text}
        </Code>
      );
    case 'rule':
      return <Divider my="md" />;
    case 'paragraph':
      return (
        <Text mb="sm">
          <Line text={block.text} />
        </Text>
      );
  }
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
