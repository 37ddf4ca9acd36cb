import type { JsonObject } from '../../kit/json.js';
import type { CreatioStore, Saved } from '../store.js';

const MOBILE = 'd4a2dc80-30ca-df11-9b2a-001d60e938c6';
const WORK = '3dddb3cc-53ee-49c4-a71f-e9e257f59e49';
const HOME = '0da6a26b-d7bc-df11-b00f-001d60e938c6';
const PRIMARY = '6a3fb10c-67cc-df11-9b2a-001d60e938c6';
const ADDITIONAL = '2b387201-67cc-df11-9b2a-001d60e938c6';
const FAX = '9a7ab41b-67cc-df11-9b2a-001d60e938c6';
const EMAIL = 'ee1c85c3-cfcb-df11-9b2a-001d60e938c6';
const WEB = '6a8ba927-67cc-df11-9b2a-001d60e938c6';
const SKYPE = '09e4bda6-cfcb-df11-9b2a-001d60e938c6';

/** The flat column that shows the first row of a communication type. */
export const flatColumns: Readonly<Record<'Contact' | 'Account', Readonly<Record<string, string>>>> = {
  Contact: { MobilePhone: MOBILE, Phone: WORK, HomePhone: HOME, Email: EMAIL, Skype: SKYPE },
  Account: { Phone: PRIMARY, AdditionalPhone: ADDITIONAL, Fax: FAX, Web: WEB },
};

/**
 * Keeps flat phones and e-mails and the rows of communications in step, as the platform's own event handlers do after
 * a save: the row marked primary (else the first) of a type stands in the flat column.
 */
export class CommunicationSync {
  readonly #store: CreatioStore;
  #isBusy = false;

  constructor(store: CreatioStore) {
    this.#store = store;
  }

  /** `changed` = the fields that the writer gave. */
  afterSave(saved: Saved, changed: JsonObject, by: string): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      const { name } = saved.entity;
      if (name === 'Contact' || name === 'Account') {
        if (saved.operation !== 'delete') this.#flatToRows(name, saved, changed, by);
      } else if (name === 'ContactCommunication') this.#rowsToFlat('Contact', saved.record, by);
      else if (name === 'AccountCommunication') this.#rowsToFlat('Account', saved.record, by);
    } finally {
      this.#isBusy = false;
    }
  }

  #flatToRows(owner: 'Contact' | 'Account', { id, record }: Saved, changed: JsonObject, by: string): void {
    for (const [column, type] of Object.entries(flatColumns[owner])) {
      if (!Object.hasOwn(changed, column)) continue;
      const { spec, rows } = this.#store.table(`${owner}Communication`);
      const first = this.#rowsOf(owner, id, type)[0];
      const number = record[column];
      if (typeof number !== 'string') {
        if (first !== undefined) this.#store.remove(spec, first);
      } else if (first === undefined) {
        const digits = number.replace(/\D/g, '');
        this.#store.insert(
          spec,
          {
            [`${owner}Id`]: id,
            CommunicationTypeId: type,
            Number: number,
            IsPrimary: true,
            SearchNumber: digits === '' ? null : [...digits].reverse().join(''),
          },
          by,
        );
      } else if (rows.record(first).Number !== number) this.#store.update(spec, first, { Number: number }, by);
    }
  }

  #rowsToFlat(owner: 'Contact' | 'Account', communication: JsonObject, by: string): void {
    const id = String(communication[`${owner}Id`] ?? '');
    const type = communication.CommunicationTypeId;
    const column = Object.entries(flatColumns[owner]).find(([, known]) => known === type)?.[0];
    const { spec, rows } = this.#store.table(owner);
    const row = rows.rowOf(id);
    if (column === undefined || row < 0) return;
    const first = this.#rowsOf(owner, id, String(type))[0];
    const number =
      first === undefined ? null : (this.#store.table(`${owner}Communication`).rows.record(first).Number ?? null);
    if ((rows.record(row)[column] ?? null) !== number) this.#store.update(spec, row, { [column]: number }, by);
  }

  /** Rows of one owner and type, primary ones first. */
  #rowsOf(owner: 'Contact' | 'Account', id: string, type: string): number[] {
    const { rows } = this.#store.table(`${owner}Communication`);
    const mine = rows.withValue(`${owner}Id`, id).filter((row) => rows.record(row).CommunicationTypeId === type);
    const rank = (row: number) => (rows.record(row).IsPrimary === true ? 0 : 1);
    return [...mine].sort((one, other) => rank(one) - rank(other) || one - other);
  }
}
