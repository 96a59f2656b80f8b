from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from .dunning_credit_errors import CreditAnswerUnusable, shown_to_user
from .dunning_credit_provider import STATUSES
from .optional_integer import OptionalInteger

#: Statuses of a company that no longer pays by itself.
CEASED_STATUSES = ("insolvent", "struck_off")


class DunningDebtor(models.Model):
    """What outside services say of the debtor, and what follows when it is insolvent or struck off."""

    _inherit = "dunning.debtor"

    credit_report_ids = fields.One2many(
        "dunning.credit.report", "debtor_id", string="Credit Reports", readonly=True,
        groups="debto_dunning.group_dunning_user")
    credit_report_id = fields.Many2one(
        "dunning.credit.report", "Newest Credit Report", readonly=True, ondelete="set null", copy=False,
        groups="debto_dunning.group_dunning_user")
    credit_score = OptionalInteger(
        readonly=True, copy=False, aggregator="avg",
        help="Of the newest credit report that gives one. 0: safe, 100: worst.")
    credit_status = fields.Selection(STATUSES, "Status There", readonly=True, copy=False)
    credit_asked_on = fields.Date(
        "Credit Report Asked On", readonly=True, copy=False, help="Also when the service had none.")
    credit_failure = fields.Char("Why There Is No Report", readonly=True, copy=False)
    credit_watched_by_id = fields.Many2one(
        "dunning.credit.provider", "Watched By", readonly=True, ondelete="set null", copy=False)
    is_insolvent = fields.Boolean(
        "Insolvent", readonly=True, tracking=True, copy=False,
        help="Insolvent or struck off, says a credit report: claims go to the liquidator, reminders stay away.")
    delivery_hold = fields.Boolean(
        "Deliveries on Hold", tracking=True, copy=False, help="Orders, deliveries and invoices show a warning.")
    delivery_warning = fields.Char(
        readonly=True, copy=False, help="The sentence that was put on the customer's own warnings.")
    insolvency_released = fields.Char(
        readonly=True, copy=False, help="The status that a person has found to be of no consequence.")

    _insolvent_idx = models.Index("(company_id) WHERE is_insolvent")

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        res = super().write(vals)
        if "delivery_hold" in vals or "is_insolvent" in vals:
            self._sync_delivery_warning()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_credit_reports(self):
        # through the ORM, so that the answers kept with them go too; whoever may delete the debtor may delete these
        self.sudo().credit_report_ids.unlink()
        for debtor in self.filtered("delivery_warning"):
            debtor._replace_warning(False)

    # ------------------------------------------------------------------
    # A report arrives
    # ------------------------------------------------------------------

    def _ask_credit_report(self, provider=None):
        """Ask for a report now.

        :raises UserError: says what the service answered or what is missing
        :return: the report
        """
        self.ensure_one()
        # the one who asks need not read the provider's credentials
        provider = (provider or self.env["dunning.credit.provider"]).sudo()
        provider = provider or provider._for_debtor(self)
        if not provider:
            raise UserError(self.env._(
                "No credit information service covers %(name)s (%(country)s). An administrator sets one up in "
                "Invoicing ▸ Configuration ▸ Dunning.", name=self.display_name,
                country=self.partner_id.country_id.name or self.env._("no country")))
        self._lock_for_credit_report()
        try:
            return provider._create_report(self, provider._fetch_answer(self))
        except CreditAnswerUnusable:
            # whoever asks again wants another answer than this one
            provider.env["dunning.credit.answer"]._mark_unusable(provider, self)
            raise

    def _lock_for_credit_report(self):
        """Keep others from changing the debtor while the service answers: the report is paid for once.

        :raises UserError: somebody else does at this moment
        """
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError:
            raise UserError(self.env._(
                "Somebody else is working on %s at this moment. Try again in a minute.", self.display_name)) from None

    def _credit_arrived(self, report):
        """Bring the debtor up to date with its reports, the newest first, and register an insolvency."""
        self.ensure_one()
        reports = self.credit_report_ids
        with_score = reports.filtered(lambda each: each.score is not False)[:1]
        with_status = reports.filtered(lambda each: each.status != "unknown")[:1]
        asked_on = report.date if report.provider_id.code == "file" else self.company_id._dunning_today()
        self.write({
            "credit_report_id": reports[:1].id,
            "credit_score": with_score.score,
            "credit_status": with_status.status or "unknown",
            "credit_asked_on": max(asked_on, self.credit_asked_on or asked_on),
            "credit_failure": False,
        })
        if with_status.status in CEASED_STATUSES:
            if with_status.status != self.insolvency_released and not self.is_insolvent:
                self._become_insolvent(with_status)
        elif with_status:
            self.insolvency_released = False
            if self.is_insolvent and report == with_status:
                self._message_log(body=self.env._(
                    "The newest credit report says “%s” again. If that is right, end the hold.",
                    report.status_text or report.status))
        self._refresh(self.company_id, partner_ids=self.partner_id.ids)

    def _become_insolvent(self, report):
        """Hold deliveries and reminders, and tell the person in charge what the law wants next."""
        self.write({"is_insolvent": True, "delivery_hold": True})
        localized = self.company_id._dunning_localized(self)
        user = self._activity_user()
        localized = localized.with_context(lang=user.lang) if user.lang else localized
        localized.activity_schedule(
            "debto_dunning.activity_insolvent", user_id=user.id,
            summary=(localized.env._("%s is struck off: find out who liquidates", self.display_name)
                     if report.status == "struck_off"
                     else localized.env._("%s is insolvent: file the claim", self.display_name)),
            note=localized._insolvency_note(report))

    def _insolvency_note(self, report):
        """The service's words and the next legal step in the customer's country, as HTML."""
        quoted = self.env._("%(provider)s, %(date)s: “%(words)s”.", provider=report.provider_id.name, date=report.date,
                          words=report.status_text or report.status)
        country = self.partner_id.country_id.code
        return Markup("<p>%s</p>") % " ".join([
            quoted,
            self._strike_off_step() if report.status == "struck_off" else self._insolvency_step(country),
            self.env._(
                "Ask your accountant whether the VAT of the unpaid invoices can be had back. If you sold under "
                "retention of title, claim the goods at once. Deliveries are on hold, reminders stay away."),
        ])

    def _insolvency_step(self, country):
        """The next step for a creditor, by country; only what the law of each says plainly."""
        steps = {
            "BE": self.env._(
                "File your claim in the bankruptcy with the trustee through the Central Solvency Register (RegSol), "
                "before the date that the judgment names."),
            "NL": self.env._(
                "File your claim with the trustee (curator); the Central Insolvency Register says who it is."),
            "DE": self.env._(
                "File your claim in writing with the insolvency administrator (Insolvenzverwalter), within the time "
                "that the court's opening order names."),
            "FR": self.env._(
                "Declare your claim (déclaration de créance) to the court's representative within two months of the "
                "publication of the judgment in the BODACC; creditors outside mainland France have two months more."),
            "LU": self.env._(
                "File your claim (déclaration de créance) with the registry of the district court sitting in "
                "commercial matters (tribunal de commerce), before the date that the judgment names."),
        }
        return steps.get(country) or self.env._(
            "Find out which court opened the proceedings and who the liquidator is, and file your claim there before "
            "the time runs out.")

    def _strike_off_step(self):
        return self.env._(
            "The company is no longer in the register. Look up in the register who liquidates it, and have a lawyer "
            "say whether anybody answers for its debts.")

    # ------------------------------------------------------------------
    # Warning on orders and deliveries
    # ------------------------------------------------------------------

    @api.model
    def _delivery_warning_fields(self):
        """Names of the text fields of ``res.partner`` that Odoo shows as a warning on orders or deliveries.

        Addons that join this one with sales or stock extend the list.
        """
        return []

    def _sync_delivery_warning(self):
        """Write our sentence into Odoo's own warnings of the customer, or remove it; other lines stay."""
        for debtor in self:
            company = debtor.company_id
            # sudo: the language of the company's own address, which a user need not see
            localized = debtor.with_context(lang=company.sudo().partner_id.lang or debtor.env.lang)
            # Odoo's fields are the same in every company, and seen in each: the text says neither whose it is nor why
            wanted = debtor.delivery_hold and localized.env._("Ask accounting first, before anything is delivered.")
            # also where nothing changed: an addon with another field may have been installed since
            if wanted or debtor.delivery_warning:
                debtor._replace_warning(wanted)

    def _replace_warning(self, wanted):
        """Replace our line in each warning of the customer by ``wanted``; False removes it."""
        self._write_delivery_warning(self._delivery_warning_fields(), wanted)
        if self.delivery_warning != wanted:
            # sudo: the sentence is the system's to write; whoever holds deliveries may not type it in
            self.sudo().delivery_warning = wanted

    def _write_delivery_warning(self, names, wanted, leaves_shared=True):
        """Replace our line in these fields of the customer by ``wanted``; False removes it.

        :param leaves_shared: the line stays where another company wants the same
        """
        # the user who releases or imports need not be allowed to edit customers
        partner = self.partner_id.sudo()
        # sudo: another company may have put the same sentence there, and still wants it
        debtors = self.sudo().with_context(active_test=False)
        is_shared = leaves_shared and self.delivery_warning and debtors.search_count([
            ("partner_id", "=", partner.id), ("id", "!=", self.id), ("delivery_warning", "=", self.delivery_warning)])
        for name in names:
            before = partner[name] or False
            lines = [line for line in (before or "").split("\n")
                     if line and (is_shared or line != self.delivery_warning)]
            if wanted and wanted not in lines:
                lines.append(wanted)
            text = "\n".join(lines) or False
            if text != before:
                partner[name] = text

    @api.model
    def _connect_delivery_warnings(self):
        """Write the warnings of all customers on hold into the fields of an addon that was just installed."""
        self.search([("delivery_hold", "=", True)])._sync_delivery_warning()

    @api.model
    def _disconnect_delivery_warnings(self, names):
        """Remove our lines from these fields, whose addon goes."""
        for debtor in self.with_context(active_test=False).search([("delivery_warning", "!=", False)]):
            debtor._write_delivery_warning(names, False, leaves_shared=False)

    # ------------------------------------------------------------------
    # Merge
    # ------------------------------------------------------------------

    def _absorb_credit(self, target):
        """Move reports, events and what follows from them to ``target``, the debtor that stays."""
        reports = self.credit_report_ids
        events = self.env["dunning.credit.event"].search([("debtor_id", "in", (self | target).ids)])
        known = {(event.provider_id, event.provider_key) for event in events if event.debtor_id == target}
        moved = events.filtered(lambda event: event.debtor_id == self)
        twice = moved.filtered(lambda event: event.provider_key and (event.provider_id, event.provider_key) in known)
        twice.unlink()  # the service told the same of both
        (moved - twice).debtor_id = target
        reports.debtor_id = target
        was_insolvent, was_held = self.is_insolvent, self.delivery_hold
        self.write({"delivery_hold": False, "is_insolvent": False, "credit_report_id": False})
        if reports:
            target._credit_arrived(reports[0])
        if was_held or was_insolvent:
            target.write({"delivery_hold": target.delivery_hold or was_held,
                          "is_insolvent": target.is_insolvent or was_insolvent})

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_ask_credit_report(self):
        """Buy a report and show it."""
        self.ensure_one()
        self.check_access("write")
        with shown_to_user():
            report = self._ask_credit_report()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit Report"),
            "res_model": "dunning.credit.report",
            "res_id": report.id,
            "view_mode": "form",
        }

    def action_release_insolvency(self):
        """End the hold: a person found that the customer is in business, or that the matter is settled."""
        self.check_access("write")
        for debtor in self.sudo():  # the fields are read-only for hands; the button is the way
            has_ceased = debtor.credit_status in CEASED_STATUSES
            debtor.write({"insolvency_released": has_ceased and debtor.credit_status,
                          "is_insolvent": False, "delivery_hold": False})
            debtor.activity_unlink(["debto_dunning.activity_insolvent"])
            debtor._message_log(body=self.env._("Hold for insolvency ended by %s.", self.env.user.name))
            debtor._refresh(debtor.company_id, partner_ids=debtor.partner_id.ids)
