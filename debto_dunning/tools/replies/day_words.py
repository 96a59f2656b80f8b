"""The words for days in Dutch, French, German and English, folded as :func:`words.fold` does."""

WEEKDAYS = [
    "maandag|lundi|montag|monday", "dinsdag|mardi|dienstag|tuesday", "woensdag|mercredi|mittwoch|wednesday",
    "donderdag|jeudi|donnerstag|thursday", "vrijdag|vendredi|freitag|friday",
    "zaterdag|samedi|samstag|sonnabend|saturday", "zondag|dimanche|sonntag|sunday",
]
#: Short forms count only before a date.
SHORT_WEEKDAYS = (
    r"ma|di|wo|do|vr|za|zo|lun|mar|mer|jeu|ven|sam|dim|mo|mi|fr|sa|so|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun")
MONTHS = [
    "januari|janvier|januar|january|jan|janv|jaenner|janner", "februari|fevrier|februar|february|feb|fevr|fev|febr",
    "maart|mars|marz|maerz|march|mrt|mrz|mar", "april|avril|apr|avr", "mei|mai|may", "juni|juin|june|jun",
    "juli|juillet|july|jul|juil", "augustus|aout|august|aug", "september|septembre|sep|sept", "oktober|octobre|october"
    "|okt|oct", "november|novembre|nov", "december|decembre|dezember|dec|dez",
]
WEEKDAY = "|".join(WEEKDAYS)
MONTH = "|".join(sorted("|".join(MONTHS).split("|"), key=len, reverse=True))

NUMBERS = {
    1: "een|un|une|one|a|an|ein|eine|einer|einem|einen", 2: "twee|deux|two|zwei", 3: "drie|trois|three|drei",
    4: "vier|quatre|four", 5: "vijf|cinq|five|funf", 6: "zes|six|sechs", 7: "zeven|sept|seven|sieben",
    8: "acht|huit|eight", 9: "negen|neuf|nine|neun", 10: "tien|dix|ten|zehn", 12: "twaalf|douze|twelve|zwolf",
    14: "veertien|quatorze|fourteen|vierzehn", 15: "vijftien|quinze|fifteen|funfzehn", 20: "twintig|vingt|twenty",
    21: "eenentwintig", 30: "dertig|trente|thirty|dreissig",
}
NUMBER = "|".join(sorted("|".join(NUMBERS.values()).split("|"), key=len, reverse=True))

UNITS = {
    "workday": r"werkdag(?:en)?|arbeitstagen?|jours? (?:ouvrables?|ouvres?)|(?:working|business) days?|werktagen?"
               r"|bankdagen",
    "day": r"dag(?:en)?|jours?|tage?n?|days?|d\b|kalenderdagen",
    "week": r"we(?:ek|ken)|semaines?|woche?n?|weeks?",
    "month": r"maand(?:en)?|mois|monate?n?|months?",
    "fortnight": r"quinzaine|fortnight|veertiendaagse",
    "eight": r"huitaine",
}

BEGIN = r"begin|debut|anfang|early(?: in)?|(?:the )?(?:beginning|start)(?: of)?|vroeg in|aanvang"
MIDDLE = r"half|midden|mi|mitte|mid|medio|(?:the )?middle(?: of)?|milieu"
END = (r"(?:op )?(?:het )?eind(?:e)?|(?:la )?fin|ende|(?:the )?(?:very )?end(?: of)?|ultimo|late(?: in)?"
       r"|laat in|courant|dans le courant"
       r"|in (?:de )?loop|in the course|im laufe|laatste(?: dag)?|dernier jour|letzten tag")
OF = r"(?:\s(?:van|der|des|de|du|of|le|la|the|dem|d|het|l|dieses|den|diesen|deze|dit|ce|cette|this|month|mois))*"
NEXT = (
    r"volgende|komende|aanstaande|prochaine?|suivante?|next|coming|following|nachste[nrms]?|kommende[nrms]?"
    r"|eerstvolgende")
THIS = r"deze|dit|cette|ce|cet|this|diese[nrms]?|lopende|current|courante?|en cours|laufende[nrms]?"
LAST_BEFORE = r"vorige|afgelopen|voorbije|verleden|last|past|letzte[nrms]?|vergangene[nrms]?"
LAST = rf"{LAST_BEFORE}|passee?|derniere?|jongstleden|jl"
WEEK = r"week|semaine|woche"
MONTH_WORD = r"maand|mois|monats?|month"
YEAR_WORD = r"jaar|annee|jahre?s?|year"

TODAY = (
    r"vandaag|aujourd hui|ce jour|heute|today|vanavond|ce soir|heute abend|tonight|this (?:evening|afternoon|morning)"
    r"|(?:deze|van) ?(?:na|voor)?middag|cet apres midi|cet aprem|vanmiddag|vanmorgen|vanochtend|deze (?:avond|ochtend"
    r"|morgen)|ce matin|heute (?:morgen|vormittag|mittag|nachmittag|noch)|eod|end of day|strakt?s|tantot")
TOMORROW = r"morgen(?:vroeg|ochtend|avond|middag|namiddag|voormiddag)?|demain|tomorrow"
AFTER_TOMORROW = r"overmorgen|apres demain|(?:the )?day after tomorrow|ubermorgen"
YESTERDAY = r"gisteren?|gister(?:en)?(?:avond|ochtend|middag|namiddag)?|yesterday|gestern|hier"
BEFORE_YESTERDAY = r"eergisteren|avant hier|(?:the )?day before yesterday|vorgestern"

AGO = r"geleden|ago|terug"
AGO_BEFORE = r"il y a|voici|vor"
WITHIN = (
    r"binnen(?: nu en)?|endeans|over|in|sous|dans|d ici(?: a)?|within|innerhalb(?: von)?|innert|binnen|na verloop van"
    r"|au plus tard dans|uiterlijk binnen|the next|les|de komende|de eerstkomende|komende|les prochains?|den nachsten"
    r"|de volgende|encore|nog|noch|comptez|allow|reken(?:t u)? op|another|give (?:me|us)|geef (?:me|ons|mij)"
    r"|donnez (?:moi|nous)|geben sie (?:mir|uns)")
BEFORE = r"voor|avant|before|vor|tegen|d ici|by|bis"
CHRISTMAS = r"(?:de )?kerst(?:mis|dag|vakantie)?|(?:la )?noel|christmas|xmas|weihnachten"
NEW_YEAR = (
    r"nieuwjaar|(?:le |la )?nouvel an|(?:la )?nouvelle annee|(?:the )?new year|neujahr|de jaarwisseling|jahreswechsel"
    r"|(?:het )?nieuwe jaar")

#: Words before a date that make it the date of a paper or of goods, not a day of payment.
PAPERS = (
    r"factu\w*|rechnung\w*|invoices?|levering\w*|livraisons?|delivery|deliveries|lieferung\w*|bestelling\w*|commandes?"
    r"|orders?|offertes?|devis|angebot\w*|quotes?|mails?|e ?mails?|brief|brieven|schrijven|courriers?|lettres?"
    r"|letters?|schreiben|gesprek|herinnering\w*|rappels?|mahnung\w*|reminders?|aanmaning\w*|vonnis|jugement|vervaldag\w*"
    r"|echeance|vervallen|echues?|fallig|due|creditnota\w*|bericht|message|bestelbon\w*|bon|contract\w*|werken|travaux"
    r"|zending\w*|recommande|\w+/\d+[\w/]*")
PAPER_BEFORE = (
    rf"\b(?:{PAPERS})\b(?:\s(?:n[^\s\d]{{0,3}}(?=\s)|[^\s\d]*\d\S*)){{0,3}}\s(?:van|dd|d\.d\.|du|de|vom|dated"
    rf"|of|from)\.?\s(?:de |den |the )?$"
    r"|\b(?:vervallen|echue?s?|fallig|due|geleverd|livree?s?|delivered|geliefert|besteld|commandee?s?|ordered|bestellt)"
    r"\s(?:op|le|on|am|sinds|depuis|since|seit)\s(?:de |den |the )?$"
    r"|\b(?:sinds|depuis|since|seit|sedert|as of|dated|d\.d\.|dd\.?|vervaldatum|vervaldag|factuurdatum|echeance"
    r"|due date|absente? jusqu au|geboren)\s?:?\s*(?:op |le |the |den |dem |de )?$")
