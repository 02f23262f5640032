/** Words that carry grammar only. */
export const stopWords: ReadonlySet<string> = new Set(
  `a an the this that these those there here it its his him he she her hers they them their theirs we our ours you your yours i me my mine
  of and or but so as if then than also too very just only even really actually exactly basically s t d ll m re ve o up off be been being am as
  thing things something anything kind sort way like get got gets getting let lets well else
  say says said saying tell tells told telling speak speaks spoke know knows knew known mention mentions mentioned`.split(
    /\s+/,
  ),
)

/**
 * Words that say little about the subject and much about the question: who did it, whether it has happened, from where
 * to where. They count for as much as they tell entries apart, and less than words of the subject.
 */
export const lightWords: ReadonlySet<string> = new Set(
  `is are was were do does did doing done has have had having will would shall should can could may might must not no never
  in on at to from by with for about into onto over under between among within during per via upon toward towards through across out down
  because while whether either neither both still yet again ever already
  who whom whose what which when where why how whatever
  one ones some any each every all many much more most several other others another such same own
  nothing someone anyone somebody anybody nobody going go goes went gone make makes made take takes took taken give gives gave given come comes came
  talk talked think thinks thought want wants wanted now today`.split(/\s+/),
)

/** What people wrap a question in: politeness, chat, and what they need the answer for. */
export const fillers: ReadonlySet<string> = new Set(
  `please pls thanks thank thx hi hello hey yo ok okay lol lmao haha hmm um uh er wow bro dude man guys mate fam bruh nah yeah yep yes oh wait
  quick quickly question questions wondering wonder curious explain remind asking ask asked interested interesting need needs help looking look find
  essay paper homework assignment class seminar thesis project lesson lecture professor teacher student students school university presentation slides quiz exam test
  deadline here writing write reading read debate prep mun notes
  piece text according acc tells
  maybe perhaps possible possibly sure simply honestly literally kinda sorta anyway fyi asap tf fr ngl tbh smh istg yall lowkey
  good great nice cool right correct true dear sir madam kindly love`.split(/\s+/),
)
