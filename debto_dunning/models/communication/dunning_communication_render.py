from markupsafe import Markup, escape

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import format_amount, format_date
from odoo.tools.misc import formatLang

from ...tools import epc, sentences
from ..policy.dunning_level import PLACEHOLDER

#: Accent of a message by its tone.
COLORS = {"friendly": "#2f7d6b", "neutral": "#35618e", "firm": "#a85b00", "final": "#a12622"}
#: Up to so many invoices are named in a subject or a sentence; of more than that the first ones only.
MOST_NAMES, FIRST_NAMES = 10, 3


class DunningCommunication(models.Model):
    """What a reminder says: its texts, its table and its payment codes, in the debtor's language."""

    _inherit = "dunning.communication"

    # colleagues without access to invoices read what is planned as they read what was sent
    body_planned = fields.Html(
        "Text as Planned", compute="_compute_body_planned", compute_sudo=True, sanitize=False,
        help="What would go out now, for reminders that have not left yet.")

    @api.depends("state", "line_ids.void", "line_ids.amount_asked", "opening", "channel")
    def _compute_body_planned(self):
        for communication in self:
            if communication.kind == "contact" or communication.state not in ("draft", "queued"):
                communication.body_planned = False
            else:
                communication.body_planned = communication._without_tokens(communication._preview())

    # ------------------------------------------------------------------
    # Entry points of the channels
    # ------------------------------------------------------------------

    def _render_mail(self):
        """Subject and text of the message, as a mail says them and as the log keeps them of a letter too.

        :return: dict with ``subject`` and ``body``
        """
        self.ensure_one()
        values = self._render_values()
        body = self.env["ir.qweb"].with_context(lang=values["lang"])._render("debto_dunning.reminder_mail", values)
        return {"subject": values["subject"], "body": body}

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    def _language(self):
        """The debtor's language where it is installed, else the company's."""
        installed = dict(self.env["res.lang"].get_installed())
        for partner in (self.partner_id, self.customer_id, self.company_id.partner_id):
            if partner.lang in installed:
                return partner.lang
        return self.env.lang or "en_US"

    def _render_values(self):
        """Everything that the templates of mail and letter show: dict.

        At most as many invoices as the company's limit have a row of their own; one row holds the sum of the others,
        and :meth:`_has_list` says so. No total leaves anything out. A message whose kind shows no lines has its words
        instead of them.
        """
        self.ensure_one()
        communication = self.with_context(lang=self._language())
        kind = communication._message_kind()
        if not kind.shows_lines:
            return communication._frame_values(kind) | communication._words_values(kind)
        steps, left, informed = communication._steps(), communication._left_lines(), communication._informed_lines()
        # of invoices by the thousand only what is needed is read
        communication.line_ids.move_id.fetch(["move_type", "name", "partner_bank_id", "payment_reference"])
        words = communication._text_values(steps)
        rows_left = communication.company_id.dunning_row_limit
        sections, shown_steps = communication._section_values(steps, rows_left, words)
        rows_left -= len(shown_steps)
        shown_left, rows_left = left[:rows_left], rows_left - len(left[:rows_left])
        shown_informed = informed[:rows_left]
        with_codes = communication._has_item_codes(steps)
        highest = steps.level_id.sorted("number")[-1:]
        return communication._frame_values(kind) | {
            "subject": communication._message_subject(steps, words),
            "words": "",
            "sections": sections,
            "credits": communication._credit_values(
                steps, communication.company_id.dunning_row_limit) + communication._settled_charge_rows(steps | left),
            "informed": communication._informed_values(shown_informed),
            "informed_more": communication._more_values(informed[len(shown_informed):], shown_informed),
            "in_all": communication._in_all(informed) if informed else "",
            "left": [communication._left_values(line) for line in shown_left],
            "left_more": communication._more_values(left[len(shown_left):], shown_left),
            "calculations": communication._line_calculations(shown_steps | shown_left),
            "closing": communication._paragraphs(communication._notice_closing())
            if communication._omits_step_texts() else communication._fill_paragraphs(highest.closing, words),
            "list_note": communication._list_note(),
            "attachment_note": communication._attachment_note(steps),
            "total_code": communication._total_code(steps, left, with_codes),
            "accounts": communication._account_values(communication._account_shares(steps | left)),
            "portal_url": communication._page_url(),
            "payment_link": communication._payment_link(),
        }

    def _frame_values(self, kind):
        """What every message shows: whom it addresses, who signs, and the total where it asks for money.

        :param kind: its :class:`MessageKind`
        """
        return {
            "communication": self,
            "company": self.company_id,
            "contact": self.partner_id,
            "lang": self.env.lang,
            "greeting": self._greeting(),
            "opening": self._paragraphs(self.opening),
            "asks_money": kind.asks_money,
            "total": self._money(self.amount_total) if kind.asks_money else "",
            "color": COLORS.get(self.tone, COLORS["neutral"]),
            "collector": self._signer() or self.company_id.partner_id,
            "today": format_date(self.env, self.company_id._dunning_today()),
        }

    def _words_values(self, kind):
        """What the templates show of a message that says its words instead of its lines.

        :param kind: its :class:`MessageKind`
        """
        words, lines = self._message_words(), self.line_ids.filtered(lambda line: not line.void)
        return {
            "subject": words["subject"],
            "words": words["body"],
            "sections": [], "credits": [], "informed": [], "informed_more": False, "in_all": "", "left": [],
            "left_more": False, "calculations": [], "closing": "", "list_note": "", "attachment_note": "",
            "total_code": kind.asks_money and self._total_code(lines, lines, with_codes=False),
            "accounts": self._account_values(self._account_shares(lines)) if kind.asks_money else [],
            "portal_url": "",
            "payment_link": self._payment_link(),
        }

    def _section_values(self, steps, limit, words):
        """The invoices by step, the highest step first.

        :param steps: lines with a step
        :param limit: so many of them get a row
        :param words: :meth:`_text_values` of all of them
        :return: list of dicts, and the lines that have a row
        """
        omits_texts, with_codes = self._omits_step_texts(), self._has_item_codes(steps)
        sections, shown, announced = [], steps.browse(), self._announced_costs()
        by_level = steps.grouped("level_id")
        for level in steps.level_id.sorted("number", reverse=True):
            lines = by_level[level]
            words_of_step = words if lines == steps else self._text_values(lines)
            first = lines[:limit - len(shown)]
            shown |= first
            sections.append({
                "level": level,
                "words": "" if omits_texts else self._fill_paragraphs(level.body, words_of_step),
                "notice": self._notice_html(lines),
                "has_charges": any(line.amount_cost or line.amount_interest for line in lines),
                "rows": [self._row_values(line, with_codes, announced.get(line)) for line in first],
                "more": self._more_values(lines[len(first):], first),
            })
        return sections, shown

    def _more_values(self, lines, shown):
        """One row for ``lines``, which have none of their own; False where there are none.

        :param shown: the lines above it
        """
        if not lines:
            return False
        count = formatLang(self.env, len(lines), digits=0)
        if shown:
            text = self.env._("and %s more, together", count)
        else:
            text = self.env._("1 invoice") if len(lines) == 1 else self.env._("%s invoices, together", count)
        besides = sum(self._charges_due(lines.filtered(lambda line: not line.level_id)).values())
        return {"text": text, "besides": self._money(besides) if besides else "", **{
            key: self._money(total) if (total := sum(lines.mapped(name))) or key == "open" else ""
            for key, name in (("open", "amount_open"), ("cost", "amount_cost"), ("interest", "amount_interest"))}}

    def _signer(self):
        """The user whose name stands below the message; empty where the company signs."""
        user = self.debtor_id._responsible()
        return user if user.id != SUPERUSER_ID else user.browse()

    def _get_share_url(self, redirect=False, signup_partner=False, pid=None, share_token=True):
        # OVERRIDES portal, whose dialogue to share anybody may open for any record: reading the key is checked
        self.ensure_one()
        self.check_access("read")
        return f"/my/reminders/{self.id}" + (f"?access_token={self.access_token}" if share_token else "")

    def _notice_closing(self):
        """The closing words of a notice that leaves the texts of its steps out."""
        return self.env._(
            "Have you paid already, do you disagree with an invoice, or can you not pay everything at once? Then just "
            "answer this message.")

    def _message_subject(self, steps=None, words=None):
        """The subject in the language of the environment; of a message by steps that of the highest one, if its texts
        are used.

        :param steps: :meth:`_steps` of the message, where the caller has them
        :param words: :meth:`_text_values` of them
        """
        if not self._message_kind().shows_lines:
            return self._message_words()["subject"]
        steps = self._steps() if steps is None else steps
        highest = steps.level_id.sorted("number")[-1:]
        if not highest:
            return self._left_charges_subject()
        words = words or self._text_values(steps)
        if self._omits_step_texts():
            return self.env._(
                "Reminder: %(total)s was due on %(date)s", total=words["total"], date=words["oldest_due_date"])
        return self._fill(highest.subject, words)

    def _left_charges_subject(self):
        """The subject of a message that asks for nothing but charges left open."""
        return self.env._("Paid late: costs and interest of %s", self._document_names(self._left_lines()))

    def _document_names(self, lines):
        """The numbers of the invoices of ``lines``, separated by commas; where they are many, the first and how many
        more there are.
        """
        return self._shortened_names([line.document for line in lines if line.document])

    @api.model
    def _shortened_names(self, names):
        """Names separated by commas; where they are many, the first and how many more there are."""
        if len(names) <= MOST_NAMES:
            return ", ".join(names)
        return self.env._(
            "%(names)s and %(count)s more", names=", ".join(names[:FIRST_NAMES]),
            count=formatLang(self.env, len(names) - FIRST_NAMES, digits=0))

    def _greeting(self):
        contact = self.partner_id
        if contact.is_company or not contact.name:
            return self.env._("Dear Sir or Madam,")
        return self.env._("Dear %s,", contact.name)

    def _row_values(self, line, with_code, announced=0):
        """The row of a line.

        :param announced: the costs that follow if the notice is not heeded, where the row tells them
        """
        item = line.move_line_id
        payload = with_code and item and item._dunning_epc_payload(line._amount_all())
        today = self.company_id._dunning_today()
        return {
            "document": line.document or "",
            "date": format_date(self.env, line.document_date) if line.document_date else "",
            "due": format_date(self.env, line.due_date) if line.due_date else "",
            "days": max(0, (today - line.due_date).days) if line.due_date else 0,
            "open": self._money(line.amount_open),
            "disputed": self.env._("of which %s in dispute, not asked", self._money(line.amount_disputed))
            if line.amount_disputed else "",
            "asked": self._money(line._amount_all()),
            "cost": self._money(line.amount_cost) if line.amount_cost else "",
            "interest": self._money(line.amount_interest) if line.amount_interest else "",
            "delivered": self._delivered_products(line) if line.is_notice else "",
            "announced": self.env._("Compensation if not paid in time: %s", self._money(announced))
            if announced else "",
            "reference": line.move_id.payment_reference or line.document or "",
            "code": epc.data_uri(epc.epc_png(payload, scale=3)) if payload else False,
        }

    def _informed_values(self, lines):
        """Rows of what is overdue without a step, with the costs and interest that were asked of it before."""
        due = self._charges_due(lines)
        return [{
            **self._row_values(line, False),
            "besides": self._money(due[line.move_line_id]) if line.move_line_id in due else "",
        } for line in lines]

    def _in_all(self, informed):
        """What is due in all: what the message asks, and what it lists for information."""
        return self._money(self.amount_total + sum(informed.mapped("amount_asked")) + sum(
            self._charges_due(informed).values()))

    def _charges_due(self, lines):
        """What is due of costs and interest that were asked before: {item: amount}."""
        if not lines:
            return {}
        charges = self.env["dunning.charge"].search([
            ("move_line_id", "in", lines.move_line_id.ids), ("amount_due", ">", 0)])
        return {charge.move_line_id: owed.due for charge, owed in charges._owed().items() if owed.due > 0}

    def _credit_values(self, steps, limit=None):
        """Rows of what is taken off the total: credit notes, then what else was received, as negative amounts.

        :param limit: so many rows at most; where there are more, the last is the sum of the others
        """
        rows = self._credits(steps)
        if limit and len(rows) > limit:
            others = rows[limit - 1:]
            rows[limit - 1:] = [{
                "document": self.env._("and %s more, together", formatLang(self.env, len(others), digits=0)),
                "date": False, "amount": sum(row["amount"] for row in others)}]
        return [{
            "document": row["document"],
            "date": format_date(self.env, row["date"]) if row["date"] else "",
            "amount": self._money(-row["amount"]),
        } for row in rows]

    def _credits(self, steps):
        """What is taken off the total: dicts ``document``, ``date`` (may be empty) and ``amount`` (positive)."""
        left = sum(steps.mapped("amount_covered"))
        if self.currency_id.is_zero(left):
            return []
        notes = self.env["account.move.line"].search([
            ("partner_id", "child_of", self.customer_id.id), ("parent_state", "=", "posted"),
            ("move_id.move_type", "=", "out_refund"), ("account_id.account_type", "=", "asset_receivable"),
            ("reconciled", "=", False), ("amount_residual_currency", "<", 0),
            ("currency_id", "=", self.currency_id.id), ("company_id", "in", self.company_id._dunning_companies().ids),
        ], order="date")
        rows = []
        for note in notes:
            amount = min(left, -note.amount_residual_currency)
            if amount <= 0:
                break
            left -= amount
            rows.append({"document": note.move_id.name, "date": note.date, "amount": amount})
        if not self.currency_id.is_zero(left):
            rows.append({"document": self.env._("Received, being matched"), "date": False, "amount": left})
        return rows

    def _has_item_codes(self, steps):
        return 0 < len(steps) <= self.company_id.dunning_qr_limit

    def _total_code(self, steps, left, with_codes):
        """The payment code for the total, as a data URI; False for a single item, which has its own."""
        if len(steps) == 1 and with_codes and not left:
            return False
        payload = self.company_id._dunning_epc_total_payload(
            steps.move_line_id | left.charge_id.move_line_id, self.amount_total)
        return epc.data_uri(epc.epc_png(payload, scale=3)) if payload else False

    def _payment_link(self):
        """The address at which the message is paid; empty in print, which outlives the address of a service."""
        if self._channels_in_writing().get(self.channel) == "post":
            return ""
        return self.env["dunning.payment.link"]._payment_link_url(self)

    def _money(self, amount):
        return format_amount(self.env, amount, self.currency_id or self.company_id.currency_id)

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _text_values(self, steps=None):
        """The value of each of ``dunning.level._placeholders``: {name: plain text, escaped when put into markup}.

        :param steps: lines that the text is about; default: all steps of the message
        """
        if steps is None:
            steps = self._steps()
        oldest = min((line.due_date for line in steps if line.due_date), default=None)
        today = self.company_id._dunning_today()
        # who sends may lack access to other users; their name, telephone and address are meant for the customer
        collector = self._signer().sudo()
        return {
            "customer": self.customer_id.name or "",
            "contact": self.partner_id.name or "",
            "company": self.company_id.name,
            "invoices": self._document_names(steps),
            "total": self._money(sum(line._amount_all() for line in steps)),
            "count": str(len(steps)),
            "oldest_due_date": format_date(self.env, oldest) if oldest else "",
            "days_overdue": str(max(0, (today - oldest).days)) if oldest else "",
            "today": format_date(self.env, today),
            "collector": collector.name or self.company_id.name,
            "phone": collector.phone or self.company_id.phone or "",
            "email": collector.email or self.company_id.email or "",
        }

    def _without_gaps(self, text, values):
        """``text`` without the sentences that name what is not known, as a telephone number that nobody entered."""
        return sentences.without((text or "").replace("\r\n", "\n"), lambda sentence: any(
            values.get(name) == "" for name in PLACEHOLDER.findall(sentence)))

    def _fill(self, text, values=None):
        """``text`` with its placeholders replaced, in one pass: braces in a customer's name stay as they are.

        :param values: what :meth:`_text_values` says; default: of all steps of the message
        """
        values = values or self._text_values()
        text = self._without_gaps(text, values)
        return PLACEHOLDER.sub(lambda match: values.get(match.group(1), match.group(0)), text)

    def _fill_paragraphs(self, text, values=None):
        """As :meth:`_fill`, but as HTML paragraphs; the values are escaped."""
        values = {name: escape(value) for name, value in (values or self._text_values()).items()}
        text = self._without_gaps(text, values)
        return Markup(PLACEHOLDER.sub(
            lambda match: str(values.get(match.group(1), match.group(0))), str(self._paragraphs(text))))

    # ------------------------------------------------------------------
    # Timeline
    # ------------------------------------------------------------------

    def _timeline_entries(self, debtor=None, move=None):
        """What a timeline shows besides reminders: list of (time, words).

        Other rooms and addons extend it.

        :param debtor: of the timeline of a customer
        :param move: of the timeline of an invoice
        """
        return []

    def _timeline(self, debtor, communications, next_date, next_level, reason):
        """What was sent to a debtor, newest last, and what is planned next, as an HTML list."""
        states = dict(self._fields["state"]._description_selection(self.env))
        channels = dict(self._fields["channel"]._description_selection(self.env))
        return self._timeline_list([
            (communication.date, Markup("<li><strong>%s</strong> %s, %s: %s</li>") % (
                format_date(self.env, communication.date), communication.subject,
                channels[communication.channel], states[communication.state]))
            for communication in communications.sorted("date")
        ], self._timeline_entries(debtor=debtor), next_date, next_level, reason)

    def _timeline_of_lines(self, move, lines, next_date, next_level, reason):
        """The same for one invoice: its own steps and amounts, not those of the message they went in."""
        states = dict(self._fields["state"]._description_selection(self.env))
        channels = dict(self._fields["channel"]._description_selection(self.env))
        void = self.env._("counts no more")
        return self._timeline_list([
            (line.communication_id.date, Markup("<li%s><strong>%s</strong> %s, %s, %s: %s</li>") % (
                Markup(" class='text-decoration-line-through'") if line.void else "",
                format_date(self.env, line.date), line._step_name(),
                channels[line.channel], line.communication_id.currency_id.format(line._amount_all()),
                void if line.void and line.state == "sent" else states[line.state]))
            for line in lines.sorted(lambda line: (line.communication_id.date, line.id))
        ], self._timeline_entries(move=move), next_date, next_level, reason)

    def _timeline_list(self, reminders, others, next_date, next_level, reason):
        """The rows of a timeline as an HTML list; False where there is none.

        :param reminders: list of (time, markup)
        :param others: list of (time, words)
        """
        rows = reminders + [
            (time, Markup("<li><strong>%s</strong> %s</li>") % (format_date(self.env, time), words))
            for time, words in others]
        entries = [markup for _time, markup in sorted(rows, key=lambda row: row[0])]
        if next_date:
            entries.append(Markup("<li class='text-muted'><strong>%s</strong> %s%s</li>") % (
                format_date(self.env, next_date), next_level.name or "",
                Markup(" — %s") % reason if reason else ""))
        elif reason:
            entries.append(Markup("<li class='text-muted'>%s</li>") % reason)
        return Markup("<ul class='list-unstyled mb-0'>%s</ul>") % Markup().join(entries) if entries else False
