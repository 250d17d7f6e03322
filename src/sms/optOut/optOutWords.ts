// The words by which people end, resume and ask about messages, and which of them a text is.

/** stop: wants no more messages. start: wants them again. help: asks who writes. */
export type OptOutWord = "stop" | "start" | "help";

/** Words of one language that one source names. Letter case, accents, spaces and punctuation do not matter. */
interface Family {
  language: string;
  words: readonly string[];
  source: string;
}

/**
 * Every word stands alone: the whole text is the word. Where a word is widely known, its first source is named.
 *
 * Left out on purpose, because people send them for other reasons, and a wrong START breaks an opt-out: YES and Y (Twilio and Braze take
 * them for START), NO, VOLVER, RECIBIR, VOLTAR, RECEBER, INICIO (menus; Sinch, Textizen: START), SALIR (Sinch: STOP), NO MAS (an answer to
 * many questions), TD (AWS: STOP; also a bank and a touchdown), AUXILIO (Textizen: HELP; also a cry for help), GOODBYE (Braze, on wish).
 * STOP MARKETING and the like (Sinch) are about some messages only, which this app does not tell apart.
 */
const families: Record<OptOutWord, readonly Family[]> = {
  stop: [
    {
      // "Reasonable means per se", in force since 2025-04-11: 47 CFR 64.1200(a)(10), FCC 24-24.
      language: "en",
      words: ["STOP", "QUIT", "END", "REVOKE", "OPT OUT", "CANCEL", "UNSUBSCRIBE"],
      source: "https://www.ecfr.gov/current/title-47/section-64.1200",
    },
    {
      language: "en",
      words: ["STOPALL", "OPTOUT"],
      source: "https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out",
    },
    {
      language: "en",
      words: ["OPT-OUT", "REMOVE"],
      source: "https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html",
    },
    {
      // In Norway some gateways keep STOP for themselves.
      language: "en",
      words: ["UNSUB"],
      source: "https://help.brevo.com/hc/en-us/articles/208723209",
    },
    {
      // The rules for Canada's short codes (CWTA), of which ARRET is the mandatory word.
      language: "fr",
      words: ["ARRET", "ARRETE", "ARRETT"],
      source: "https://www.twilio.com/docs/proxy/opt-out-keywords",
    },
    {
      language: "es",
      words: ["ALTO"],
      source: "https://www.twilio.com/help/faq/short-codes/what-are-the-requirements-for-a-spanish-language-short-code",
    },
    {
      language: "es",
      words: ["DETENER"],
      source:
        "https://community.sinch.com/t5/Conversation-API/Can-I-customize-opt-in-and-opt-out-keywords-for-use-with-consent/m-p/18980",
    },
    {
      language: "pt",
      words: ["PARAR", "CANCELAR"],
      source:
        "https://community.sinch.com/t5/Conversation-API/Can-I-customize-opt-in-and-opt-out-keywords-for-use-with-consent/m-p/18980",
    },
    {
      // STOP as German, Norwegian and Swedish spell it; another spelling that anyone understands counts as well.
      language: "de, nb, sv",
      words: ["STOPP"],
      source:
        "https://compliancepoint.com/marketing-compliance/fccs-consent-revocation-rule-language-analysis-and-compliance-insights",
    },
  ],
  start: [
    {
      language: "en",
      words: ["START", "UNSTOP"],
      source: "https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq#opt-out-handling",
    },
    {
      language: "en",
      words: ["SUBSCRIBE"],
      source:
        "https://community.sinch.com/t5/Conversation-API/Can-I-customize-opt-in-and-opt-out-keywords-for-use-with-consent/m-p/18980",
    },
  ],
  help: [
    {
      language: "en",
      words: ["HELP", "INFO"],
      source: "https://www.braze.com/docs/user_guide/message_building_by_channel/sms/keywords/optin_optout",
    },
    {
      language: "fr",
      words: ["AIDE"],
      source:
        "https://support.infobip.com/docs/essentials/usa-and-canada-compliance/canadian-mandatory-keyword-responses",
    },
    {
      language: "es",
      words: ["AYUDA"],
      source: "https://www.twilio.com/help/faq/short-codes/what-are-the-requirements-for-a-spanish-language-short-code",
    },
  ],
};

/** A longer text, in UTF-16 code units, is no single word, however much of it is punctuation; and hostile ones cost nothing. */
const longest = 320;

/** Made at first use: a cold start does without. */
let meanings: Map<string, OptOutWord> | undefined;

/**
 * Which word of opting out or in a text is.
 * @param message the words of a received text, of any length and content
 * @returns undefined for a text that is anything more, or anything else
 */
export function optOutWord(message: string): OptOutWord | undefined {
  if (message.length > longest) return undefined;
  meanings ??= new Map(
    (["stop", "start", "help"] as const).flatMap((meaning) =>
      families[meaning].flatMap(({ words }) => words.map((word) => [bare(word), meaning] as const)),
    ),
  );
  return meanings.get(bare(message));
}

/** Letters and digits alone, in their plain form: "Arrêt!", "ＡＲＲＥＴ" and "arret" are one word, as are "opt-out" and "optout". */
function bare(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toUpperCase();
}
