/** The parsed store, put into the Worker by `bundleWorker`. */
declare module 'virtual:store' {
  const store: import('./knowledge/schema.ts').Store
  export default store
}

/** Its pictures, likewise. */
declare module 'virtual:pictures' {
  const pictures: import('./pictures/painted.ts').Painted
  export default pictures
}
