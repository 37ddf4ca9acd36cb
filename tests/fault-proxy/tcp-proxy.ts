import * as net from 'node:net';
import { Random } from '../../sandbox/kit/random.js';

/** Faults of a connection that is not HTTP (a database, Temporal): played on what the target sends back. */
export type TcpFault = 'delay' | 'reset' | 'truncate' | 'drip';

export interface TcpFaults {
  readonly seed: number | string;
  /** Share of the connections, 0 to 1. */
  readonly rate: number;
  readonly kinds: readonly TcpFault[];
}

export interface TcpFaultProxy {
  readonly port: number;
  /** The fault of each connection, in order of their arrival. */
  readonly log: readonly (TcpFault | null)[];
  setFaults(faults: TcpFaults): void;
  /** Cuts every open connection at once. */
  cutAll(): void;
  stop(): Promise<void>;
}

/** Starts a TCP proxy on loopback in front of a port of this machine. */
export async function startTcpFaultProxy({
  targetPort,
  ...first
}: TcpFaults & { targetPort: number }): Promise<TcpFaultProxy> {
  let faults = first;
  let random = new Random(first.seed);
  const log: (TcpFault | null)[] = [];
  const open = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const fault = random.chance(faults.rate) ? random.pick(faults.kinds) : null;
    log.push(fault);
    const target = net.connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    couple(client, target);
    client.pipe(target);
    play(fault, target, client, random);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const cutAll = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    log,
    cutAll,
    setFaults(next) {
      faults = next;
      random = new Random(next.seed);
    },
    stop() {
      cutAll();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** One side's end is the other's end. */
function couple(one: net.Socket, other: net.Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.end());
  }
}

/** Passes on what the target sends, as the fault has it. */
function play(fault: TcpFault | null, target: net.Socket, client: net.Socket, random: Random): void {
  if (fault === null) {
    target.pipe(client);
    return;
  }
  if (fault === 'delay') {
    const timer = setTimeout(() => target.pipe(client), random.int(200, 1500));
    target.on('close', () => clearTimeout(timer));
    return;
  }
  if (fault === 'drip') {
    target.on('data', (piece: Buffer) => {
      target.pause();
      drip(piece, client, () => target.resume());
    });
    return;
  }
  let left = random.int(1, 2000);
  target.on('data', (piece: Buffer) => {
    client.write(piece.subarray(0, left));
    left -= piece.length;
    if (left > 0) return;
    if (fault === 'reset') client.resetAndDestroy();
    else client.end();
    target.destroy();
  });
}

function drip(piece: Buffer, client: net.Socket, done: () => void): void {
  const step = Math.max(1, Math.ceil(piece.length / 10));
  let at = 0;
  const next = () => {
    if (client.destroyed || at >= piece.length) return done();
    client.write(piece.subarray(at, at + step));
    at += step;
    setTimeout(next, 20);
  };
  next();
}
