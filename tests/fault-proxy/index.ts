export { type FaultProxy, type ProxyFault, startFaultProxy } from './http-proxy.js';
export { startTcpFaultProxy } from './tcp-proxy.js';
