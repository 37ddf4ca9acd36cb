import { Anchor, Badge, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DefinitionProblem } from './draft.js';

interface ProblemListProps {
  readonly problems: readonly DefinitionProblem[];
  goTo(line: number, column: number): void;
}

/** Everything that is wrong with a text; each leads to its place. */
export function ProblemList({ problems, goTo }: ProblemListProps) {
  const { t } = useTranslation();
  if (problems.length === 0) return <Text size="sm">{t('definition.noProblems')}</Text>;
  return (
    <List listStyleType="none" spacing="sm" size="sm" aria-label={t('definition.problems')}>
      {problems.map((problem) => (
        <List.Item key={`${problem.line}:${problem.column}:${problem.code}:${problem.path}`}>
          <Anchor
            component="button"
            type="button"
            size="sm"
            ta="left"
            className="break-anywhere"
            onClick={() => goTo(problem.line, problem.column)}
          >
            <span className="mono">
              {problem.line}:{problem.column}
            </span>{' '}
            {problem.message}
          </Anchor>{' '}
          <Badge size="xs" variant="light" color={problem.severity === 'error' ? 'red' : 'orange'}>
            {t(`definition.${problem.severity}`)}
          </Badge>
          <Text size="xs" c="dimmed">
            {problem.hint}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
