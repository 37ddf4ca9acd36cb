import { notifications } from '@mantine/notifications';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import i18n from '../i18n.js';

interface ChangeOptions<Input, Answer> {
  change(input: Input): Promise<Answer>;
  /** What is to be asked again afterwards. */
  readonly touches: readonly QueryKey[];
  /** Said for a moment when it is done. */
  readonly said?: string;
  after?(answer: Answer): unknown;
}

/** A change on the server: what it touches is asked again before it counts as done. */
export function useChange<Input = void, Answer = unknown>({
  change,
  touches,
  said,
  after,
}: ChangeOptions<Input, Answer>) {
  const queries = useQueryClient();
  return useMutation<Answer, Error, Input>({
    mutationFn: (input) => change(input),
    onSuccess: async (answer) => {
      await Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey })));
      if (said !== undefined) tell(said);
      await after?.(answer);
    },
  });
}

export function tell(message: string): void {
  notifications.show({ message, closeButtonProps: { 'aria-label': i18n.t('accountActs.close') } });
}
