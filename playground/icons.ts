import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit'

function icon(shape: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`
}

export const icons = {
  close: icon(svg`<path d="M6 6l12 12M18 6L6 18" />`),
  eye: icon(svg`<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12z" /><circle cx="12" cy="12" r="3" />`),
  hash: icon(svg`<path d="M5 9h15M4 15h15M10 4L8 20M16 4l-2 16" />`),
  inspect: icon(svg`<path d="M8 6l-6 6 6 6M16 6l6 6-6 6" />`),
  link: icon(
    svg`<path d="M10 14a5 5 0 0 0 7 0l3-3a5 5 0 0 0-7-7l-1 1" /><path d="M14 10a5 5 0 0 0-7 0l-3 3a5 5 0 0 0 7 7l1-1" />`,
  ),
  moon: icon(svg`<path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z" />`),
  send: icon(svg`<path d="M4 12l16-8-5 16-3-7z" />`),
  sun: icon(
    svg`<circle cx="12" cy="12" r="4" /><path d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5L19 19M5 19l1.5-1.5M17.5 6.5L19 5" />`,
  ),
  tryEntry: icon(svg`<path d="M12 5v14M5 12h14" />`),
}
