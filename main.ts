import { tellFailure } from './assembly/process.js';
import { startUp } from './assembly/up/up.js';

/** `pipewright up` and `npm start`: the whole product in one process. Resolves with the exit code. */
export async function up(): Promise<number> {
  try {
    return await startUp(process.env);
  } catch (error) {
    tellFailure('pipewright', error);
    return 1;
  }
}
