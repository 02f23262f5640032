/** The parsed store, put into the Worker by `bundleWorker`: what is read in its phrasings instead of the phrasings. */
declare module 'virtual:store' {
  const knowledge: {
    store: import('./knowledge/schema.ts').Store
    hash: string
    readings: import('./matching/readings.ts').Readings
  }
  export default knowledge
}

/** Its pictures, likewise. */
declare module 'virtual:pictures' {
  const pictures: import('./pictures/painted.ts').Painted
  export default pictures
}
