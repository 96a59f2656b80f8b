"""What the demo's customers answer to their reminders, and what becomes of it: promises, disputes and a plan."""
import datetime as dt

from demo_invoices import workday

#: What a customer writes, by what it says: {language: text}. ``{invoice}`` is one of the invoices of the reminder.
ANSWERS = {
    "promise": {
        "nl": "Dag, sorry voor de vertraging. We betalen factuur {invoice} volgende vrijdag.",
        "fr": "Bonjour, toutes nos excuses pour le retard. Nous paierons la facture {invoice} vendredi prochain.",
        "en": "Hello, sorry for the delay. We will pay invoice {invoice} next Friday.",
        "de": "Guten Tag, Entschuldigung für die Verspätung. Wir bezahlen die Rechnung {invoice} nächsten Freitag."},
    "paid": {
        "nl": "Beste, factuur {invoice} werd vorige week al betaald. Gelieve dit na te kijken.",
        "fr": "Bonjour, la facture {invoice} a déjà été payée la semaine dernière. Merci de vérifier.",
        "en": "Hello, invoice {invoice} was already paid last week. Please check.",
        "de": "Guten Tag, die Rechnung {invoice} wurde letzte Woche bereits bezahlt. Bitte prüfen Sie das."},
    "price": {
        "nl": "De prijs op factuur {invoice} klopt niet: er was 10 % korting afgesproken.",
        "fr": "Le prix sur la facture {invoice} n'est pas correct : une remise de 10 % était convenue.",
        "en": "The price on invoice {invoice} is wrong: a discount of 10 % was agreed.",
        "de": "Der Preis auf der Rechnung {invoice} stimmt nicht: vereinbart war ein Rabatt von 10 %."},
    "quantity": {
        "nl": "Op factuur {invoice} staan tien dozen, maar wij kregen er maar acht geleverd.",
        "fr": "La facture {invoice} mentionne dix boîtes, mais nous n'en avons reçu que huit.",
        "en": "Two boxes of invoice {invoice} are missing: we received only eight of ten.",
        "de": "Auf der Rechnung {invoice} stehen zehn Kartons, geliefert wurden aber nur acht."},
    "quality": {
        "nl": "De stoelen van factuur {invoice} zijn beschadigd aangekomen. Wij betalen niet tot dit opgelost is.",
        "fr": "Les chaises de la facture {invoice} sont arrivées endommagées. Nous ne payons pas avant une solution.",
        "en": "The chairs of invoice {invoice} arrived damaged. We will not pay until this is solved.",
        "de": "Die Stühle der Rechnung {invoice} sind beschädigt angekommen. Wir zahlen nicht, bis das gelöst ist."},
    "not_received": {
        "nl": "Factuur {invoice} hebben wij nooit ontvangen. Kunt u ze nog eens sturen?",
        "fr": "Nous n'avons jamais reçu la facture {invoice}. Pouvez-vous nous la renvoyer ?",
        "en": "We never received invoice {invoice}. Could you send it again?",
        "de": "Die Rechnung {invoice} haben wir nie erhalten. Können Sie sie noch einmal schicken?"},
    "order_number": {
        "nl": "Op factuur {invoice} ontbreekt ons bestelbonnummer. Zonder kunnen wij niet betalen.",
        "fr": "Notre numéro de bon de commande manque sur la facture {invoice}. Sans lui nous ne pouvons pas payer.",
        "en": "Our purchase order number is missing on invoice {invoice}. Without it we cannot pay.",
        "de": "Auf der Rechnung {invoice} fehlt unsere Bestellnummer. Ohne sie können wir nicht zahlen."},
    "plan": {
        "nl": "Het gaat momenteel moeilijk. Kunnen wij factuur {invoice} in drie schijven afbetalen?",
        "fr": "La situation est difficile. Pouvons-nous payer la facture {invoice} en trois fois ?",
        "en": "Things are difficult at the moment. Can we pay invoice {invoice} in three instalments?",
        "de": "Die Lage ist schwierig. Können wir die Rechnung {invoice} in drei Raten bezahlen?"},
    "wrong_contact": {
        "nl": "Ik werk hier niet meer op de boekhouding. Gelieve uw mails naar onze boekhouding te sturen.",
        "fr": "Je ne travaille plus à la comptabilité. Merci d'envoyer vos messages à notre comptabilité.",
        "en": "I no longer work in accounting. Please send your mails to our accounting department.",
        "de": "Ich arbeite nicht mehr in der Buchhaltung. Bitte schreiben Sie an unsere Buchhaltung."},
    "question": {
        "nl": "Waarom staan er kosten bij factuur {invoice}? Kunt u dat uitleggen?",
        "fr": "Pourquoi y a-t-il des frais sur la facture {invoice} ? Pouvez-vous m'expliquer ?",
        "en": "Why are there costs on invoice {invoice}? Could you explain?",
        "de": "Warum stehen Kosten bei der Rechnung {invoice}? Können Sie das erklären?"},
    "automatic": {
        "nl": "Ik ben afwezig tot en met volgende maandag. Dit is een automatisch antwoord.",
        "fr": "Je suis absent jusqu'à lundi prochain inclus. Ceci est une réponse automatique.",
        "en": "I am out of the office until next Monday. This is an automatic reply.",
        "de": "Ich bin bis nächsten Montag nicht im Büro. Dies ist eine automatische Antwort."},
    "thanks": {
        "nl": "Bedankt voor de herinnering!", "fr": "Merci pour le rappel !", "en": "Thank you for the reminder!",
        "de": "Danke für die Erinnerung!"},
}
#: How the subject of an answer begins, where it is not the customer who writes it.
SUBJECTS = {"automatic": {
    "nl": "Automatisch antwoord", "fr": "Réponse automatique", "en": "Automatic reply", "de": "Automatische Antwort"}}
#: What is answered after each of the earlier nights, the oldest first.
AFTER_NIGHT = (
    ("promise", "quality", "promise", "paid", "automatic"),
    ("promise", "promise", "price", "quantity", "thanks"),
    ("promise", "price", "quality", "not_received", "order_number", "paid", "plan", "wrong_contact", "question",
     "promise", "quantity", "automatic"),
)
#: So many answers to the last of these nights were dealt with already; the others wait to be read.
DEALT_WITH = 3
#: Days until the day that is promised; to the last of these nights, so that it has not come yet.
PROMISED_DAYS, PROMISED_DAYS_LAST = 7, 21
#: What is answered to a customer whose dispute was rejected, in its language.
REJECTED = {
    "nl": "We hebben de leverbon nagekeken: alles werd geleverd en ondertekend. De factuur klopt.",
    "de": "Wir haben den Lieferschein geprüft: alles wurde geliefert und unterschrieben. Die Rechnung stimmt.",
    "fr": "Nous avons vérifié le bon de livraison : tout a été livré et signé. La facture est correcte.",
    "en": "We have checked the delivery note: everything was delivered and signed for. The invoice is right."}
UPHELD = {
    "nl": "U hebt gelijk: de korting was afgesproken. U ontvangt een creditnota.",
    "de": "Sie haben recht: der Rabatt war vereinbart. Sie erhalten eine Gutschrift.",
    "fr": "Vous avez raison : la remise était convenue. Vous recevrez une note de crédit.",
    "en": "You are right: the discount was agreed. You will receive a credit note."}


def in_language(partner, texts):
    return texts.get((partner.lang or "")[:2], texts["en"])


def hear(env, night, number, clerk):
    """Let customers answer the mails of an earlier night, and let a clerk do what the older answers ask.

    :param number: the place of the night in ``AFTER_NIGHT``
    :param clerk: the ``res.users`` who works on the answers
    :return: number of answers
    """
    mails = _mails_to_answer(night)
    kinds = AFTER_NIGHT[number][:len(mails)]
    # evenly over the night's mails, so that every region answers
    chosen = [mails[len(mails) * place // len(kinds)] for place in range(len(kinds))]
    is_last = number == len(AFTER_NIGHT) - 1
    for place, (kind, mail) in enumerate(zip(kinds, chosen, strict=True)):
        answer = _answer(mail, kind)
        if not is_last or place < DEALT_WITH or kind == "plan":
            _deal_with(env, answer, _open_items(mail)[:1], kind, clerk, is_last, is_kept=place == 0 and not is_last)
            answer.action_seen()
    return len(kinds)


def _mails_to_answer(night):
    """The mails of a night, one a customer, of whose invoices something is left to pay."""
    mails, seen = [], set()
    sent = night.communication_ids.filtered(lambda one: one.state == "sent" and one.channel == "email")
    for mail in sent.sorted("id"):
        if mail.debtor_id.id not in seen and _open_items(mail):
            seen.add(mail.debtor_id.id)
            mails.append(mail)
    return mails


def _open_items(mail):
    return mail.line_ids.filtered("level_id").move_line_id.filtered(
        lambda item: not item.reconciled and item.currency_id == mail.currency_id)


def _answer(mail, kind):
    text = in_language(mail.partner_id, ANSWERS[kind]).format(invoice=_open_items(mail)[0].move_id.name)
    beginning = in_language(mail.partner_id, SUBJECTS.get(kind, {"en": "Re"}))
    return mail._take_answer("email", {
        "subject": f"{beginning}: {mail.subject}", "body": f"<p>{text}</p>", "email_from": mail.email,
        "date": dt.datetime.now()}, mail.partner_id)


# --- what becomes of them ----------------------------------------------------------------------------------------

def _deal_with(env, answer, item, kind, clerk, is_last, is_kept):
    said = {"communication_id": answer.id, "contact_id": answer.partner_id.id, "user_id": clerk.id,
            "note": answer.reply_proposal or answer.subject}
    if kind == "promise":
        _promise(env, answer, item, PROMISED_DAYS_LAST if is_last else PROMISED_DAYS, is_kept, said)
    elif kind in ("price", "quantity", "quality", "not_received"):
        _dispute(env, answer, item, kind, said)
    elif kind == "plan":
        _plan(env, answer, item, said)


def _plan(env, answer, item, said):
    """A payment plan in three parts that waits for the customer's word on its page."""
    today, currency = dt.date.today(), item.currency_id
    row = next(iter(env["dunning.run"]._decide_each(answer.company_id, today, item_ids=item.ids)), None)
    if not row or row.open <= row.covered:
        return
    total = row.open - row.covered
    part = currency.round(total / 3)
    plan = env["dunning.payment.plan"]._make(
        answer.debtor_id, item,
        [(workday(today + dt.timedelta(days=days)), amount)
         for days, amount in ((10, part), (40, part), (70, currency.round(total - 2 * part)))],
        with_charges=False, rhythm="hand", **said)
    plan._propose()


def _promise(env, answer, item, days, is_kept, said):
    """A promise to pay all of an invoice within some days, and its payment where it is kept."""
    today = dt.date.today()
    row = next(iter(env["dunning.run"]._decide_each(answer.company_id, today, item_ids=item.ids)), None)
    if not row or row.open <= row.covered:
        return
    env["dunning.promise"]._make(
        answer.debtor_id, item, row.open - row.covered, workday(today + dt.timedelta(days=days)), "mail", **said)
    if is_kept:
        env["account.payment.register"].with_context(
            active_model="account.move", active_ids=item.move_id.ids).create({
                "payment_date": today + dt.timedelta(days=5)})._create_payments()


def _dispute(env, answer, item, kind, said):
    """A dispute about a part of an invoice, or about all of it where it did not come or is damaged.

    Those about prices are upheld, those about quantities rejected; the others wait for their answer.
    """
    is_whole = kind in ("quality", "not_received")
    amount = item.amount_residual_currency if is_whole else item.currency_id.round(item.amount_residual_currency / 10)
    dispute = env["dunning.dispute"]._make(
        answer.debtor_id, {item: amount}, env.ref(f"debto_dunning.dispute_category_{kind}"), "mail", **said)
    outcome = {"price": "upheld", "quantity": "rejected"}.get(kind)
    if outcome:
        env["dunning.dispute.decide"].create({
            "dispute_id": dispute.id, "outcome": outcome, "amount_upheld": amount if outcome == "upheld" else 0,
            "cause_id": env.ref("debto_dunning.dispute_cause_agreed_price").id if outcome == "upheld" else False,
            "answer": in_language(answer.partner_id, UPHELD if outcome == "upheld" else REJECTED),
        }).action_decide()
