/** Words that carry grammar and no subject. Negations stay: "was Iran not invited" asks something else. */
export const stopWords: ReadonlySet<string> = new Set(
  `a an the this that these those there here it its he him his she her hers they them their theirs we our ours you your yours i me my mine
  is am are was were be been being do does did doing done have has had having will would shall should can could may might must
  of in on at to from by with for about as into onto over under between among within during per via upon toward towards through across
  and or but so if then than because while whether either neither both nor also too very just only even still yet again ever already
  who whom whose what which when where why how whatever
  s t d ll m re ve o up out off down s one ones some any each every all many much more most several other others another such same own
  as well else really actually exactly basically kind sort type way thing things something anything someone anyone somebody anybody nothing
  get got gets getting go going goes went gone let lets make makes made take takes took taken give gives gave given come comes came
  say says said saying tell tells told telling speak speaks spoke talk talked mention mentions mentioned according
  know knows knew known think thinks thought want wants wanted like`.split(/\s+/),
)

/** What people wrap a question in: politeness, chat, and what they need the answer for. */
export const fillers: ReadonlySet<string> = new Set(
  `please pls thanks thank thx hi hello hey yo ok okay lol lmao haha hmm um uh er wow bro dude man guys mate fam bruh nah yeah yep yes well oh wait
  quick quickly question questions wondering wonder curious explain remind asking ask asked interested interesting need needs help looking look find
  essay paper homework assignment class seminar thesis project lesson lecture professor teacher student students school university presentation slides quiz exam test
  deadline reporter here writing write reading read debate prep model un mun delegate delegation representing represent briefing notes summary summarize
  article articles piece story report reports text source sources news according tells
  maybe perhaps possible possibly sure simply honestly literally kinda sorta anyway btw fyi asap
  good great nice cool right correct true really dear sir madam kindly love`.split(/\s+/),
)
