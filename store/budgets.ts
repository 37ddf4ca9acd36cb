import type { Store } from './database.js';

/**
 * Request budgets of vendor accounts, shared by all workers: one row each with the moment from which turns are free.
 * A reservation is one statement, so workers never hand out the same turn. Times are ms since the epoch, by the
 * database's clock.
 */
export class BudgetRows {
  constructor(readonly store: Store) {}

  async reserve(
    key: string,
    count: number,
    intervalMs: number,
    burst: number,
  ): Promise<{ firstMs: number; nowMs: number }> {
    const result = await this.store.systemPool.query<{ first_ms: number; now_ms: number }>({
      name: 'reserve-turns',
      text: `with asked as (select clock_timestamp() as at, $2::float8 * $3::float8 as taken_ms,
                                   ($4::float8 - 1) * $3::float8 * interval '1 millisecond' as saved)
             insert into budget as b (key, free_at)
             select $1, at - saved + taken_ms * interval '1 millisecond' from asked
             on conflict (key) do update set updated_at = now(), free_at =
               greatest(b.free_at, (select at - saved from asked)) + (select taken_ms * interval '1 millisecond' from asked)
             returning (extract(epoch from free_at) * 1000)::float8 - (select taken_ms from asked) as first_ms,
                       (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`,
      values: [key, count, intervalMs, burst],
    });
    const row = result.rows[0];
    return { firstMs: row?.first_ms ?? 0, nowMs: row?.now_ms ?? 0 };
  }

  async pause(key: string, untilMs: number): Promise<void> {
    await this.store.systemPool.query(
      `insert into budget as b (key, free_at, refused_until) values ($1, to_timestamp($2::float8 / 1000), to_timestamp($2::float8 / 1000))
       on conflict (key) do update set free_at = greatest(b.free_at, excluded.free_at), refused_until = excluded.refused_until, updated_at = now()`,
      [key, untilMs],
    );
  }
}
