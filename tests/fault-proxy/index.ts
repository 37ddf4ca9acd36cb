export { type FaultProxy, type ProxyEntry, type ProxyFault, type ProxyFaults, startFaultProxy } from './http-proxy.js';
export { startTcpFaultProxy, type TcpFault, type TcpFaultProxy, type TcpFaults } from './tcp-proxy.js';
