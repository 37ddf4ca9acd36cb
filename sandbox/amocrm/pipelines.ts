import type { JsonObject } from '../kit/json.js';
import type { Random } from '../kit/random.js';

/** Leads that were won or lost have these statuses in every pipeline. */
export const WON = 142;
export const LOST = 143;

export interface Status {
  readonly id: number;
  name: string;
  sort: number;
  color: string;
  readonly isEditable: boolean;
  /** 1 = the status of incoming leads. */
  readonly type: 0 | 1;
}

export interface Pipeline {
  readonly id: number;
  name: string;
  sort: number;
  isMain: boolean;
  isUnsortedOn: boolean;
  readonly isArchive: boolean;
  statuses: Status[];
}

const PLANS: readonly { readonly name: string; readonly stages: readonly string[] }[] = [
  { name: 'Воронка', stages: ['Первичный контакт', 'Переговоры', 'Принимают решение', 'Согласование договора'] },
  { name: 'Sprzedaż Polska', stages: ['Pierwszy kontakt', 'Wycena', 'Negocjacje', 'Umowa wysłana'] },
  { name: 'Vânzări România', stages: ['Contact inițial', 'Ofertă trimisă', 'Negociere'] },
  { name: 'Продажі Україна', stages: ['Перший контакт', 'Узгодження', 'Рахунок виставлено'] },
];

const COLORS = ['#99ccff', '#ffff99', '#ffcc66', '#ffcccc', '#c1e0ff', '#deff81'];

/** The account's pipelines with their statuses. */
export class PipelineBook {
  readonly pipelines: Pipeline[] = [];
  readonly lossReasons: JsonObject[] = [];
  readonly #random: Random;
  #lastId: number;

  constructor(random: Random) {
    this.#random = random;
    this.#lastId = 3_100_000 + random.int(0, 900_000);
    for (const { name, stages } of PLANS) {
      const pipeline = this.add(name, { isMain: this.pipelines.length === 0, isUnsortedOn: true });
      for (const stage of stages) this.addStatus(pipeline, stage);
    }
    ['Слишком дорого', 'Пропала потребность', 'Выбрали других', 'Nie dzwonić'].forEach((name, index) => {
      this.lossReasons.push({ id: 9_203_001 + index * 4, name, sort: (index + 1) * 100_000 });
    });
  }

  get main(): Pipeline {
    const main = this.pipelines.find(({ isMain }) => isMain) ?? this.pipelines[0];
    if (main === undefined) throw new RangeError('The account has no pipeline.');
    return main;
  }

  get(id: number): Pipeline | undefined {
    return this.pipelines.find((pipeline) => pipeline.id === id);
  }

  status(pipelineId: number, statusId: number): Status | undefined {
    return this.get(pipelineId)?.statuses.find(({ id }) => id === statusId);
  }

  /** The pipeline that has a status of its own with this id; won and lost belong to all and so to none. */
  pipelineOf(statusId: number): Pipeline | undefined {
    if (statusId === WON || statusId === LOST) return undefined;
    return this.pipelines.find(({ statuses }) => statuses.some(({ id }) => id === statusId));
  }

  /** Where a new lead begins: the first status that is not for incoming leads. */
  firstStatus(pipeline: Pipeline): Status {
    const first = pipeline.statuses.find(({ type }) => type === 0);
    if (first === undefined) throw new RangeError(`Pipeline ${pipeline.id} has no status.`);
    return first;
  }

  add(name: string, given: { isMain?: boolean; isUnsortedOn?: boolean; sort?: number }): Pipeline {
    const pipeline: Pipeline = {
      id: this.newId(),
      name,
      sort: given.sort ?? (this.pipelines.length + 1) * 10,
      isMain: given.isMain ?? false,
      isUnsortedOn: given.isUnsortedOn ?? true,
      isArchive: false,
      statuses: [
        { id: this.newId(), name: 'Неразобранное', sort: 10, color: '#c1c1c1', isEditable: false, type: 1 },
        { id: WON, name: 'Успешно реализовано', sort: 10_000, color: '#CCFF66', isEditable: false, type: 0 },
        { id: LOST, name: 'Закрыто и не реализовано', sort: 11_000, color: '#D5D8DB', isEditable: false, type: 0 },
      ],
    };
    if (pipeline.isMain) for (const other of this.pipelines) other.isMain = false;
    this.pipelines.push(pipeline);
    return pipeline;
  }

  addStatus(pipeline: Pipeline, name: string, given: { sort?: number; color?: string } = {}): Status {
    const own = pipeline.statuses.filter(({ id }) => id !== WON && id !== LOST);
    const status: Status = {
      id: this.newId(),
      name,
      sort: given.sort ?? (own.length + 1) * 10,
      color: given.color ?? COLORS[own.length % COLORS.length] ?? '#99ccff',
      isEditable: true,
      type: 0,
    };
    pipeline.statuses.push(status);
    pipeline.statuses.sort((one, other) => one.sort - other.sort);
    return status;
  }

  newId(): number {
    this.#lastId += this.#random.int(1, 9);
    return this.#lastId;
  }
}
