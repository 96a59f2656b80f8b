"""The class of legal form found in a company's name. The classes group forms whose companies pay alike."""

import re

#: {class: forms at the end of a name, in lower case and without dots}
FORMS = {
    "public": "nv sa ag se plc spa inc corp asa oyj ab",
    "limited": "bv bvba srl sprl gmbh sarl sarls sas sasu eurl ltd limited llc ug lda sl slu zoo oy aps kft doo",
    "partnership": "vof snc cv cvba sc scrl scs commv maatschap kg ohg gbr llp lp sci gie",
    "association": "vzw asbl ivzw aisbl stichting fondation foundation ev verein gug stiftung",
}
#: {class: first words of a name}
FIRST_WORDS = {
    "government": "gemeente stad ocmw cpas provincie commune ville ministerie ministère stadt landkreis waterschap",
    "association": "stichting vereniging fondation association vzw asbl",
    "public": "nv",
    "limited": "bv bvba",
}
_LAST = {form: kind for kind, forms in FORMS.items() for form in forms.split()}
_FIRST = {word: kind for kind, words in FIRST_WORDS.items() for word in words.split()}
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


def legal_form(name):
    """``public``, ``limited``, ``partnership``, ``association`` or ``government``; None where the name has no form.

    The last word decides («Bakkerij Peeters BV», «Dupont S.A.»), else the first («Gemeente Aalst», «NV Bekaert»).
    """
    words = [word.replace(".", "").lower() for word in _WORD.findall(name or "")]
    if len(words) < 2:
        return None
    return _LAST.get(words[-1]) or _FIRST.get(words[0])
