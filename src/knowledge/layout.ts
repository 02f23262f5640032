import { type ErrorCode, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'

/** Where things stand in one YAML file, and where it first stops being YAML. */
export interface Layout {
  /** The line of the value at a path, or of its field `key`; of the nearest thing around it where it isn't there. */
  lineOf: (path: readonly PropertyKey[], key?: string) => number
  fault: { code: ErrorCode; line: number } | undefined
}

/** Takes several times as long as reading the values alone: for when there is a line to name. */
export function composeLayout(text: string): Layout {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const line = (offset: number): number => lines.linePos(offset).line
  const error = document.errors[0]
  return {
    fault: error && { code: error.code, line: line(error.pos[0]) },
    lineOf: (path, key) => {
      for (let depth = path.length; depth >= 0; depth--) {
        const node = document.getIn(path.slice(0, depth), true)
        if (!isNode(node) || !node.range) continue
        const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined
        return line(isNode(pair?.key) && pair.key.range ? pair.key.range[0] : node.range[0])
      }
      return 1
    },
  }
}
