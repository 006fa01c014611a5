// The light build ships without types; it has the same classes without Redis.
declare module 'bottleneck/light.js' {
  export { default } from 'bottleneck';
}
