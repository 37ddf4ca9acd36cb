// Runs the test files in an order drawn from the run's seed, so that no file comes to rely on another.
import { createHash } from 'node:crypto';

export default class SeededSequencer {
  #seed;

  constructor({ globalConfig }) {
    this.#seed = globalConfig.seed;
  }

  sort(tests) {
    const placeOf = ({ path }) => createHash('sha256').update(`${this.#seed} ${path}`).digest('hex');
    return [...tests].sort((a, b) => placeOf(a).localeCompare(placeOf(b)));
  }

  shard(tests, { shardIndex, shardCount }) {
    return tests.filter((_, index) => index % shardCount === shardIndex - 1);
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
