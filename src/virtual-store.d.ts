/** The parsed store, put into the Worker by `bundleWorker`. */
declare module 'virtual:store' {
  const store: import('./knowledge/schema.ts').Store
  export default store
}
