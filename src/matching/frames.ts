/**
 * Drops what people put before a question and that asks for nothing: "I was wondering", "could you tell me", "for my
 * essay:". `text` is in lower case. "If" and "whether" stay: they ask for yes or no.
 */
export function dropFrame(text: string): string {
  if (!opening.test(text)) return text
  let rest = text.replace(afterthought, '')
  for (let times = 0; times < 3; times++) {
    const frame = frames.exec(rest)?.[0]
    if (frame === undefined || frame.length === rest.length) break
    rest = rest.slice(frame.length)
  }
  // "Can you tell me?" is all that was asked.
  return /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(rest) ? rest : text
}

/** ", can you explain?", ", if you know" */
const afterthought =
  /[\s,.;:!?–—-]+(?:(?:can|could|would|will) (?:you|u|someone|anyone|somebody|anybody)(?: please)? (?:explain|tell|help|clarify|say)(?: (?:me|us|that|it))?|(?:does|do) (?:anyone|anybody|someone|somebody|you)(?: here)? know|if (?:you|anyone|anybody|someone) (?:know|knows|can say)|any (?:idea|ideas|clue)|tell (?:me|us)|(?:please )?explain|i wonder|i was wondering|just (?:curious|wondering|asking)|asking for a friend)[\s,.!?]*$/

/** Few questions have a frame, and this finds out faster. */
const opening = /\b(?:i|me|us|my|you|u|anyone|anybody|someone|somebody|friend|idea|clue|for|writing|preparing)\b/

const me = '(?:me|us)'
const learn =
  '(?:know|learn|hear|find out|understand|see|ask(?: you)?|read|be told|get|figure out|work out|establish|confirm|remember|recall|check|knowing|learning|hearing|finding out|understanding)'
const soft = '(?:please|kindly|maybe|perhaps|just|really|very much|actually|also|quickly|still|then|so)'
const task =
  '(?:essay|paper|homework|assignment|class|seminar|thesis|project|report|lecture|presentation|slides?|quiz|exam|test|debate|speech|mun|model un|notes|summary|timeline|article|blog|piece|chart|map|profile|footnote|bibliography|podcast|newsletter|story|column|research)'

const frames = new RegExp(
  `^[\\s,.;:!?–—-]*(?:(?:${[
    `(?:hi|hey|hello|yo|ok|okay|so|and|well|wait|um|please|sorry|excuse me|guys|folks|everyone|all|there|dear|sir|madam|quick question|question)[\\s,.:!-]`,
    `i(?:'d| would)(?: ${soft})? (?:like|love|want|appreciate|be (?:very |so |really )?(?:grateful|glad|happy|curious|interested|thankful|pleased|obliged))(?: it)?(?: if (?:you|someone|anyone|somebody) (?:could|would|can))?(?: (?:to|in))?(?: ${learn}| tell ${me})`,
    `i(?:'m| am| was|'ve been| have been)?(?: ${soft})? (?:wondering|wonder|curious|interested|trying|hoping|hope|looking|keen|not sure|unsure|unclear)(?: (?:to|in) ${learn})?(?: about)?`,
    `i(?: ${soft})? (?:want|wanted|need|wish|have)(?:ed)? to (?:${learn}|ask)`,
    `i (?:don't|do not|dont|can't|cannot|cant) (?:know|remember|recall|get|understand|see|tell)`,
    `i(?:'ve)?(?: ${soft})? (?:heard|hear|read|thought|saw|gather|gathered|seem to (?:remember|recall)|was told|keep (?:hearing|reading))(?: (?:somewhere|here|online|on the news))?(?: that\\b|(?=,? (?:is|was|did|does|are|were)\\b))`,
    `(?:can|could|would|will|might|may)(?: you| u| someone| anyone| somebody| anybody| i)(?: ${soft})? (?:tell|explain|remind|show|clarify|enlighten|let|inform|say|ask|know|help)(?: to)?(?: ${me})?(?: (?:know|understand|out|find out|see))?(?: ${soft})?`,
    `(?:do|does|would|did) (?:you|u|anyone|anybody|someone|somebody)(?: here| ${soft}| happen to)* (?:know|remember|recall|understand)`,
    `(?:please )?(?:tell|remind|explain to|enlighten|inform|help|show) ${me}(?: (?:about|on|understand|know))?`,
    `(?:any|got any|have you any|does anyone have any) (?:idea|clue)(?: about)?`,
    `for (?:my|a|an|the|our|this|some)(?: [\\w'-]+){0,3}? ${task}(?: on [\\w' -]{1,40}(?=[,:]))?,?(?: i (?:need|want|would like|have) to (?:${learn})| i (?:need|want))?`,
    `(?:i'm |i am )?(?:writing|doing|preparing|drafting|making|finishing) (?:my|a|an|the|some|our)(?: [\\w'-]+){0,3}? ${task}(?: (?:on|about) [\\w' -]{1,40}(?=[,:.;]))?[,:.;]`,
    `(?:a|one|some|my)(?: [\\w'-]+){0,2}? (?:friend|brother|sister|dad|father|mum|mom|mother|uncle|cousin|teacher|professor|colleague|roommate|flatmate|buddy|mate|boss|guy)(?: (?:of mine|at work|in this server|here|on here|online))? (?:says|said|told me|tells me|claims|claimed|swears|insists|insisted|thinks|believes|reckons|asks|asked)(?: (?:me|that))*`,
    `(?:someone|somebody|people|some people)(?: (?:here|online|in this server|on here|at work))? (?:says|said|say|told me|claims|claimed|claim|swears|insists|thinks|believes|reckons)(?: that)?`,
  ].join('|')})(?![\\w']))[\\s,.;:!?–—-]*`,
)
