/** What Discord takes for the description of an attachment. */
const most = 1024

/** What a picture shows in words, as much of it as there is room for. */
export function altText(lead: string, items: readonly string[]): string {
  let text = lead
  for (const [at, item] of items.entries()) {
    const rest = ` And ${items.length - at} more.`
    const longer = `${text} ${item}${item.endsWith('…') ? '' : '.'}`
    if (longer.length + (at < items.length - 1 ? rest.length : 0) > most) return (text + rest).slice(0, most)
    text = longer
  }
  return text.slice(0, most)
}
