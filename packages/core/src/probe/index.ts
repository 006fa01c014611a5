export {
  type Answer,
  type Expectation,
  expectationText,
  meansGateway,
  parseStatusRanges,
  type StatusRange,
  unhealthy,
} from './health.ts';
export { httpGet } from './http-get.ts';
export { type Health, type ProbeOptions, type ProbeResult, probe } from './probe.ts';
